/** Ends a stream that repeats itself, and says what of it is worth keeping. */
import type { EnginePart } from '../engine.ts';
import { LoopDetector } from './loop-detector.ts';

/**
 * Passes parts on until the text is caught in a loop; then stops the engine and finishes with
 * `repetition`. Text behind `repetition.keep` has been passed on already: the caller drops it.
 * @param now milliseconds, for the timings of a stopped stream.
 */
export async function* guardLoops(
  parts: AsyncIterable<EnginePart>,
  now: () => number = () => performance.now(),
): AsyncGenerator<EnginePart, void, undefined> {
  const detector = new LoopDetector();
  const start = now();
  let firstText: number | undefined;
  for await (const part of parts) {
    yield part;
    if (part.type !== 'text-delta') continue;
    firstText ??= now();
    const repetition = detector.push(part.text);
    if (!repetition) continue;
    const timings = { firstTextMs: firstText - start, totalMs: now() - start };
    yield { type: 'finish', reason: 'repetition', repetition, timings };
    return;
  }
}
