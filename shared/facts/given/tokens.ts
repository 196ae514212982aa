/** Cuts given words into the pieces that a line may break between. */

export interface Token {
  readonly text: string;
  /** A space stands before it. */
  readonly spaced: boolean;
  /** A line break of the giver's stands before it. */
  readonly broken: boolean;
}

/** Han characters, and runs of letters, of figures, or of signs; signs before what they belong to stay with it. */
const piece =
  /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]|[^\s\p{L}\p{N}]*(?:[\p{L}\p{M}'’]+|[\p{N}.,:]*\p{N})|[^\s\p{L}\p{N}]+/gu;

/** Without spaces between them: a change of style may fall there, and a line of Chinese breaks there. */
export function tokensOf(text: string): Token[] {
  return text
    .trim()
    .split(/(\s+)/u)
    .flatMap((part, index, parts): Token[] => {
      if (index % 2 === 1 || part === '') return [];
      const space = parts[index - 1] ?? '';
      return (part.match(piece) ?? [part]).map((one, at) => ({
        text: one,
        spaced: space !== '' && at === 0,
        broken: space.includes('\n') && at === 0,
      }));
    });
}

/** @returns the tokens as text; no space before the first, none between Chinese lines that were put together. */
export function joinTokens(tokens: readonly Token[]): string {
  return tokens.map((token, index) => (token.spaced && index > 0 ? ` ${token.text}` : token.text)).join('');
}
