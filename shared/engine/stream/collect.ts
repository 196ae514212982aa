/** Reads a stream to its end. */
import { PixelwrightError } from '../../errors.ts';
import type { EnginePart, FinishPart } from '../engine.ts';

export interface Answer {
  /** Without what a loop added. */
  readonly text: string;
  readonly finish: FinishPart;
}

/**
 * The whole text and the reason why it ended.
 * @param onPart sees every part as it comes, for progress.
 * @throws PixelwrightError `truncated` if the stream ends without a `finish` part.
 */
export async function collect(
  parts: AsyncIterable<EnginePart>,
  onPart: (part: EnginePart) => void = () => {},
): Promise<Answer> {
  let text = '';
  for await (const part of parts) {
    onPart(part);
    if (part.type === 'text-delta') text += part.text;
    if (part.type === 'finish') return { text: text.slice(0, part.repetition?.keep), finish: part };
  }
  throw new PixelwrightError('truncated', 'The engine ended its answer without saying why.', {
    next: 'Run again; if it stays so, the engine does not keep its protocol.',
    details: { receivedCharacters: text.length },
  });
}
