/** Cuts given words into the pieces that a line may break between. */

export interface Token {
  readonly text: string;
  /** A space stands before it. */
  readonly spaced: boolean;
}

/** Han characters, and runs of letters, of figures, or of signs; signs before what they belong to stay with it. */
const piece =
  /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]|[^\s\p{L}\p{N}]*(?:[\p{L}\p{M}'’]+|[\p{N}.,:]*\p{N})|[^\s\p{L}\p{N}]+/gu;

/** Without spaces between them: a change of style may fall there, and a line of Chinese breaks there. */
export function tokensOf(text: string): Token[] {
  return text.split(/\s+/u).flatMap((word, index) =>
    (word.match(piece) ?? (word === '' ? [] : [word])).map((part, at) => ({
      text: part,
      spaced: index > 0 && at === 0,
    })),
  );
}

/** @returns the tokens as text; no space before the first. */
export function joinTokens(tokens: readonly Token[]): string {
  return tokens.map((token, index) => (token.spaced && index > 0 ? ` ${token.text}` : token.text)).join('');
}

/** White space as single spaces. */
export const plainText = (text: string): string => text.trim().replace(/\s+/gu, ' ');
