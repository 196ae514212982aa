/** The smallest replacement that turns one text into another, so that cursor and scroll position stay. */

/** UTF-16 offsets into the old text, and what comes in their place. */
export interface EditSpan {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Undefined where the texts are equal. Never parts a surrogate pair or the two halves of a line's end. */
export function editSpan(before: string, after: string): EditSpan | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  if (isJoined(before, start) || isJoined(after, start)) start -= 1;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  if (isJoined(before, before.length - same) || isJoined(after, after.length - same)) same -= 1;
  return { start, end: before.length - same, text: after.slice(start, after.length - same) };
}

/** Whether the characters on both sides of an offset belong together. */
function isJoined(text: string, offset: number): boolean {
  return /^(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|\r\n)$/.test(text.slice(offset - 1, offset + 1));
}

/** Texts that differ in nothing but the ends of their lines. */
export const sameText = (one: string, other: string): boolean =>
  one.replaceAll('\r\n', '\n') === other.replaceAll('\r\n', '\n');

/** A text with the ends of lines that a document has. */
export const withLineEnds = (text: string, end: '\n' | '\r\n'): string => {
  const plain = text.replaceAll('\r\n', '\n');
  return end === '\n' ? plain : plain.replaceAll('\n', end);
};
