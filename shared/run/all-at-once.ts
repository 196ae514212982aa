/** Several requests to an engine beside each other, of which the first that fails ends the others. */
import pLimit from 'p-limit';
import type { RunContext } from '../context.ts';
import { throwIfCancelled } from '../errors.ts';

/** The engine computes a few requests together in little more time than one. */
const mostAtOnce = 4;

/**
 * @param work is given a context of its own, whose signal fires when another fails.
 * @returns the results in order, or throws the first error once all have ended.
 */
export async function allAtOnce<Thing, Result>(
  things: readonly Thing[],
  context: RunContext,
  work: (thing: Thing, index: number, context: RunContext) => Promise<Result>,
): Promise<Result[]> {
  const failed = new AbortController();
  const own = { ...context, signal: AbortSignal.any([context.signal, failed.signal]) };
  const limit = pLimit(mostAtOnce);
  const results = await Promise.allSettled(
    things.map((thing, index) =>
      limit(async () => {
        try {
          throwIfCancelled(own.signal);
          return await work(thing, index, own);
        } catch (error) {
          failed.abort(error);
          throw error;
        }
      }),
    ),
  );
  throwIfCancelled(context.signal);
  return results.map((result) => {
    if (result.status === 'rejected') throw failed.signal.reason;
    return result.value;
  });
}
