/** Rows of code in the words that somebody perceived: places and colours stay as they were measured. */
import { withWordsOf } from '../code/place-words.ts';
import type { CodeSpan, TextLine } from '../page-facts.ts';
import type { GivenText } from './given.ts';

/** A reading this sure stands against another of its length. */
const sureReading = 0.93;

/** @returns undefined where the text names anything but rows of code. */
export function rowsOfCode(given: GivenText, lines: readonly TextLine[]): TextLine[] | undefined {
  const own = given.lines.flatMap((index) => lines[index] ?? []);
  if (own.length === 0 || own.some(({ code }) => code === undefined)) return undefined;
  const [only] = own;
  // Of several rows nobody knows which has which words.
  if (only === undefined || own.length > 1) return own;
  const text = withWordsOf(only.text, given.text);
  if (text === only.text || (text.length === only.text.length && only.confidence >= sureReading)) return own;
  return [{ ...only, text, ...(only.code && { code: { ...only.code, spans: stretched(only, text) } }) }];
}

/** The colours of the letters, moved where the new text has more or fewer of them at once. */
function stretched({ text: before, code }: TextLine, text: string): CodeSpan[] {
  const spans = code?.spans ?? [];
  if (text.length === before.length) return [...spans];
  const head = commonHead(before, text);
  const tail = Math.min(
    commonHead(reversed(before), reversed(text)),
    Math.min(before.length, text.length) - head,
  );
  const grown = text.length - before.length;
  const move = (place: number): number =>
    place <= head
      ? place
      : place >= before.length - tail
        ? place + grown
        : Math.min(place, text.length - tail);
  return spans.flatMap(({ start, length, color }) => {
    const [from, to] = [move(start), move(start + length)];
    return to > from ? [{ start: from, length: to - from, color }] : [];
  });
}

const reversed = (text: string): string => [...text].reverse().join('');

function commonHead(a: string, b: string): number {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a[length] === b[length]) length += 1;
  return length;
}
