/** Draws the tokens that follow, as long as guesses prove right: the answer is the same as without guesses. */
import type { FinishReason } from '../../engine.ts';
import type { ScheduledRequest } from './request.ts';
import type { Turns } from './turns.ts';

export interface Verified {
  /** Guesses that were right, from the first on. */
  readonly accepted: number;
  /** Why the answer ends, if it does. */
  readonly reason: FinishReason | undefined;
}

/**
 * @param draft guesses that were decoded with the token before them.
 * @param logits of that token (0) and of each guess (1, 2, …).
 * @param turns given away now and then.
 */
export async function verify(
  scheduled: ScheduledRequest,
  draft: readonly number[],
  logits: (index: number) => Float32Array,
  turns: Turns,
): Promise<Verified> {
  const { sampler, drafter, onDraw } = scheduled.request;
  for (let index = 0; ; index++) {
    await turns.pause();
    const values = logits(index);
    const token = await sampler.sample(values);
    // Cancelled in a pause, or while a grammar was asked: what was drawn is told to nobody.
    if (scheduled.over) return { accepted: index, reason: undefined };
    onDraw?.({ token, logits: values });
    sampler.accept(token);
    drafter?.accept(token);
    const reason = scheduled.take(token);
    const right = index < draft.length && draft[index] === token;
    if (reason !== undefined || !right) return { accepted: right ? index + 1 : index, reason };
  }
}
