/** The bench's pair: Qwen3-VL-2B's exact shape and types of weights, filled with random numbers. */
import { readFileSync } from 'node:fs';
import { cached } from '../cache.ts';
import { type Tensor, writeGguf } from '../gguf-writer.ts';
import { languageMetadata, visionMetadata } from '../metadata.ts';
import { randomFor } from '../random.ts';
import { languageTensors, shape2b, type TensorShape, visionTensors } from '../shapes.ts';
import { encode, type TensorType } from '../tensor-types.ts';
import { type ModelPair, pageFile, pages, storedType } from '../tiny.ts';
import { randomPieces } from './random-blocks.ts';
import { benchVocabulary } from './vocabulary.ts';

export interface BenchOptions {
  /** Of the projector's matrices; `q8_0` unless given. */
  readonly projector?: 'q8_0' | 'f16';
  readonly signal?: AbortSignal;
  /** Hears a sentence about what takes long or is not as it should be. */
  readonly report?: (sentence: string) => void;
}

/** In the files' names; raise it when other bytes come out. Not a hash: these files are too large to pile up. */
const revision = 1;

/** Paths of the bench's pair, which is made first where it is not there: about a minute, and 1.6 or 2 GB. */
export async function benchModel(options: BenchOptions = {}): Promise<ModelPair> {
  const { projector = 'q8_0', signal = new AbortController().signal, report = () => undefined } = options;
  const language = `bench-2b-q4_k_m-r${revision}.gguf`;
  const vision = `bench-2b-mmproj-${projector}-r${revision}.gguf`;
  return {
    model: await cached(language, async (file) => {
      report(`Making ${language}.`);
      await writeLanguage(file, signal, report);
    }),
    mmproj: await cached(vision, async (file) => {
      report(`Making ${vision}.`);
      await writeVision(file, projector, signal);
    }),
  };
}

async function writeLanguage(
  file: string,
  signal: AbortSignal,
  report: (sentence: string) => void,
): Promise<void> {
  const text = pages.map((page) => readFileSync(pageFile(page), 'utf8')).join('\n');
  const { vocabulary, reason } = await benchVocabulary(text, signal);
  if (reason !== undefined) report(`The vocabulary is not Qwen's, but one of its size: ${reason}.`);
  const { language, vision } = shape2b;
  const metadata = languageMetadata('Bench 2B', 'q4_k_m', language, vision.deepStackAt.length, vocabulary);
  const shapes = languageTensors(language, vocabulary.tokens.length);
  await writeGguf(
    file,
    metadata,
    shapes.map((shape) => tensor(shape, mixedType(shape, language.layers))),
    signal,
  );
}

async function writeVision(file: string, type: 'q8_0' | 'f16', signal: AbortSignal): Promise<void> {
  const { language, vision } = shape2b;
  const shapes = visionTensors(vision, language.width);
  await writeGguf(
    file,
    visionMetadata('Bench 2B', type, vision, language.width),
    shapes.map((shape) => tensor(shape, storedType(shape, type))),
    signal,
  );
}

/**
 * The mix that llama-quantize calls Q4_K_M (llama-quant.cpp, llama_tensor_get_type_impl): Q6_K for
 * embeddings that the output shares, and for values and FFN outputs of the first and last eighth of the
 * layers and of each third one between.
 */
export function mixedType({ name, shape }: TensorShape, layers: number): TensorType {
  if (shape.length === 1) return 'f32';
  if (name === 'token_embd.weight') return 'q6_k';
  if (!/attn_v|ffn_down/.test(name)) return 'q4_k';
  const layer = Number(name.split('.')[1]);
  const eighth = Math.floor(layers / 8);
  const isFine = layer < eighth || layer >= Math.floor((7 * layers) / 8) || (layer - eighth) % 3 === 2;
  return isFine ? 'q6_k' : 'q4_k';
}

/** Norms do nothing and biases add nothing; matrices keep the spread of what goes in. */
function tensor({ name, shape }: TensorShape, type: TensorType): Tensor {
  const length = shape.reduce((product, side) => product * side, 1);
  const inputs = length / (shape.at(-1) ?? 1);
  const spread = name === 'token_embd.weight' || name === 'v.position_embd.weight' ? 0.02 : inputs ** -0.5;
  const pieces = (): Iterable<Uint8Array> => {
    if (shape.length === 1)
      return [encode('f32', new Float32Array(length).fill(name.endsWith('.bias') ? 0 : 1))];
    const random = randomFor(`bench ${name}`);
    if (type !== 'f32') return randomPieces(type, shape, spread, random);
    // Uniform numbers; those from -1/2 to 1/2 have the standard deviation 1 / √12.
    const uniform = Float32Array.from({ length }, () => random() / 2 ** 32 - 0.5);
    return [
      encode(
        'f32',
        uniform.map((value) => value * spread * Math.sqrt(12)),
      ),
    ];
  };
  return { name, shape, type, pieces };
}
