/** Hands on values as fast as they can be taken, and leaves out those that a newer one has made old. */

/**
 * @param take is never called again before its last call has ended.
 * @param failed is told what `take` throws; later values go on.
 * @returns to be called with each value; resolves nothing, never throws.
 */
export function latestOnly<Value>(
  take: (value: Value) => Promise<unknown>,
  failed: (error: unknown) => void,
): (value: Value) => void {
  let waiting: { readonly value: Value } | undefined;
  let busy = false;
  const go = async (): Promise<void> => {
    busy = true;
    for (let next = waiting; next !== undefined; next = waiting) {
      waiting = undefined;
      await take(next.value).catch(failed);
    }
    busy = false;
  };
  return (value) => {
    waiting = { value };
    if (!busy) void go();
  };
}
