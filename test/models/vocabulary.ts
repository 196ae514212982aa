/** Vocabularies in the form of Qwen's: byte-level byte-pair encoding, then control tokens, then padding. */

/** Types of tokens as GGUF numbers them. */
export const tokenTypes = { normal: 1, control: 3, userDefined: 4, unused: 5 } as const;

export interface Vocabulary {
  /** Texts by id: ordinary ones in GPT-2's byte alphabet, the others as they are. */
  readonly tokens: readonly string[];
  /** Values of `tokenTypes` by id. */
  readonly types: readonly number[];
  /** Pairs of ordinary tokens, the one to be joined first standing first: `a b`. */
  readonly merges: readonly string[];
}

/** The control tokens that Qwen3-VL's chat format and pictures need, in the order of their ids. */
export const controlTokens = [
  '<|endoftext|>',
  '<|im_start|>',
  '<|im_end|>',
  '<|vision_start|>',
  '<|vision_end|>',
  '<|vision_pad|>',
  '<|image_pad|>',
  '<|video_pad|>',
] as const;

export type ControlToken = (typeof controlTokens)[number];

/**
 * Where llama.cpp's and Qwen's pre-tokeniser `qwen2` cuts text before pairs are joined; single digits
 * stay alone. Spelled without inline flags, which Node 20 does not know.
 */
const words =
  /'(?:[sS]|[tT]|[rR][eE]|[vV][eE]|[mM]|[lL][lL]|[dD])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+/gu;

/** GPT-2's alphabet: a printable character for each byte, by byte. */
export const byteAlphabet: readonly string[] = (() => {
  let spare = 256;
  return Array.from({ length: 256 }, (_, byte) => {
    const printable = (byte > 32 && byte < 127) || (byte > 160 && byte !== 173);
    return String.fromCodePoint(printable ? byte : spare++);
  });
})();

const byteOf: ReadonlyMap<string, number> = new Map(byteAlphabet.map((letter, byte) => [letter, byte]));

/** The bytes that an ordinary token stands for. */
export function bytesOfToken(token: string): Uint8Array {
  return Uint8Array.from(token, (letter) => byteOf.get(letter) ?? 0);
}

/**
 * Learns pairs from `text` until the vocabulary, control tokens and `padding` unused ones included, has
 * `size` entries. Of pairs that are equally frequent the one that comes first in the text is taken.
 * @throws RangeError when the text has too few pairs.
 */
export function learnVocabulary(text: string, size: number, padding: number): Vocabulary {
  const wanted = size - 256 - controlTokens.length - padding;
  const merges = learnMerges(text, wanted);
  if (merges.length < wanted) {
    throw new RangeError(`The text should have ${wanted} pairs to learn; it has ${merges.length}.`);
  }
  const ordinary = [...byteAlphabet, ...merges.map((pair) => pair.replace(' ', ''))];
  const tokens = [...ordinary, ...controlTokens, ...paddingTokens(size - padding, size)];
  const types = tokens.map((_, id) => {
    if (id < ordinary.length) return tokenTypes.normal;
    return id < size - padding ? tokenTypes.control : tokenTypes.unused;
  });
  return { tokens, types, merges };
}

/** Names for ids that no text has, as Qwen's converter gives them. */
export function paddingTokens(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, index) => `[PAD${from + index}]`);
}

function learnMerges(text: string, count: number): string[] {
  const frequencies = new Map<string, number>();
  for (const word of text.match(words) ?? []) frequencies.set(word, (frequencies.get(word) ?? 0) + 1);
  const parts = [...frequencies].map(([word, frequency]) => ({
    frequency,
    letters: Array.from(Buffer.from(word), (byte) => byteAlphabet[byte] ?? ''),
  }));
  const merges: string[] = [];
  while (merges.length < count) {
    const best = mostFrequentPair(parts);
    if (best === undefined) break;
    merges.push(best);
    for (const part of parts) part.letters = joined(part.letters, best);
  }
  return merges;
}

interface Part {
  readonly frequency: number;
  letters: string[];
}

function mostFrequentPair(parts: readonly Part[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { letters, frequency } of parts) {
    for (const [index, right] of letters.entries()) {
      if (index === 0) continue;
      const pair = `${letters[index - 1]} ${right}`;
      counts.set(pair, (counts.get(pair) ?? 0) + frequency);
    }
  }
  let best: string | undefined;
  for (const [pair, count] of counts) {
    if (best === undefined || count > (counts.get(best) ?? 0)) best = pair;
  }
  return best;
}

function joined(letters: readonly string[], pair: string): string[] {
  const result: string[] = [];
  for (const letter of letters) {
    const before = result.at(-1);
    // What was joined just now begins nothing: `before` is then longer than the pair's left half.
    if (before !== undefined && `${before} ${letter}` === pair) result[result.length - 1] = before + letter;
    else result.push(letter);
  }
  return result;
}
