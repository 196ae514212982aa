/** Random weights by the role of a tensor: how wide they spread decides how clearly a tiny model decides. */
import { bell, randomFor } from './random.ts';
import type { TensorShape } from './shapes.ts';
import { bytesOfToken, tokenTypes, type Vocabulary } from './vocabulary.ts';

/**
 * Changing it gives another model of the same kind. Of the first sixty, this one's best token led the second
 * by the most where it led by least: 0.05 in 288 steps of a dozen requests.
 */
const seed = 'pixelwright-9';

/**
 * Spreads, relative to what keeps the spread of a layer's input, by the end of the tensor's name.
 * Attention adds little, because its rounding is what differs most between processors, and is nearly an
 * average, because one that picks sharply makes small differences large. Steep gates keep the layers from
 * being so even that a token predicts itself. The last norm sets how far apart the log-probabilities are.
 */
const spreads: readonly (readonly [ending: string, spread: number])[] = [
  ['attn_q_norm.weight', 1.5],
  ['attn_k_norm.weight', 1.5],
  ['attn_output.weight', 0.15],
  ['ffn_gate.weight', 2],
  ['output_norm.weight', 8],
];

/** Standard deviation of an embedding's numbers: small beside what the layers add, since the output shares them. */
const embeddingSpread = 0.25;

/** What the embeddings of tokens that should not be said are multiplied by; their inputs are normed anyway. */
const silence = 0.05;

/** The numbers of a tensor; `vocabulary` is needed for the embeddings. */
export function weightsOf({ name, shape }: TensorShape, vocabulary?: Vocabulary): Float32Array {
  const random = randomFor(`${seed} ${name}`);
  const length = shape.reduce((product, side) => product * side, 1);
  const numbers = Float32Array.from({ length }, () => bell(random));
  const own = spreads.find(([ending]) => name.endsWith(ending))?.[1] ?? 1;
  if (name === 'token_embd.weight') {
    const width = shape[0] ?? 1;
    return numbers.map(
      (value, index) => value * embeddingSpread * loudness(vocabulary, Math.floor(index / width)),
    );
  }
  if (name === 'v.position_embd.weight') return numbers.map((value) => 0.5 * value);
  if (name.endsWith('.bias')) return numbers.map((value) => 0.1 * value);
  if (shape.length === 1) return numbers.map((value) => own * (1 + 0.1 * value));
  const inputs = length / (shape.at(-1) ?? 1);
  return numbers.map((value) => (own * value) / Math.sqrt(inputs));
}

/** Tokens that are text of their own may be said; parts of characters, controls and unused ones may not. */
function loudness(vocabulary: Vocabulary | undefined, id: number): number {
  if (vocabulary === undefined) throw new TypeError('The embeddings need a vocabulary; none came.');
  const token = vocabulary.tokens[id] ?? '';
  if (token === '<|im_end|>') return 1;
  return vocabulary.types[id] === tokenTypes.normal && isText(bytesOfToken(token)) ? 1 : silence;
}

function isText(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes).toString('utf8');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return !text.includes('\ufffd') && !/[\x00-\x08\x0b-\x1f\x7f]/.test(text);
}
