/** Pieces of a row of code that are of one colour: words, strings, signs. */

export interface CodeToken {
  /** In characters of the row. */
  readonly start: number;
  readonly length: number;
  /** A word or string rather than a sign, whose few pixels hardly show a colour. */
  readonly isWord: boolean;
}

const pattern = /"[^"]*"|'[^']*'|`[^`]*`|[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}_$]/gu;

export function tokensOf(text: string): CodeToken[] {
  return [...text.matchAll(pattern)].map((match) => ({
    start: match.index,
    length: match[0].length,
    isWord: /[\p{L}\p{N}]/u.test(match[0]),
  }));
}
