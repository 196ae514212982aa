/** The tiny pair: random weights, scaled so that answers are decided clearly and depend on what was asked. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cached, root } from './cache.ts';
import { type Tensor, writeGguf } from './gguf-writer.ts';
import { languageMetadata, visionMetadata } from './metadata.ts';
import { languageTensors, type TensorShape, tinyShape, visionTensors } from './shapes.ts';
import { encode, type PlainType } from './tensor-types.ts';
import { type ControlToken, controlTokens, learnVocabulary, type Vocabulary } from './vocabulary.ts';
import { weightsOf } from './weights.ts';

export interface TinyOptions {
  /** Of the language model's matrices; `f32` unless given, with which all processors agree best. */
  readonly language?: PlainType;
  /** Of the projector's matrices; `f32` unless given. */
  readonly projector?: PlainType;
}

/** Paths of the two files. */
export interface ModelPair {
  readonly model: string;
  readonly mmproj: string;
}

/** The pages that the vocabulary is learnt from, in this order. */
export const pages = ['dashboard', 'article', 'checkout', 'product'];

const vocabularySize = 1024;

/** Ids at the end that stand for no text, as the real vocabulary has some. */
const unusedTokens = 8;

/** What changes the bytes of the files: the sources beside this one, and the pages. */
const inputs = (() => {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const sources = readdirSync(here).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  return [...sources.sort().map((name) => path.join(here, name)), ...pages.map(pageFile)];
})();

export function pageFile(page: string): string {
  return path.join(root, 'test/fixtures/pages', `${page}.html`);
}

/** The tiny pair's vocabulary; learning it takes about a second. */
export function tinyVocabulary(): Vocabulary {
  const text = pages.map((page) => readFileSync(pageFile(page), 'utf8')).join('\n');
  return learnVocabulary(text, vocabularySize, unusedTokens);
}

/** Ids of the tiny pair's control tokens by name. */
export const tinyTokenIds: Readonly<Record<ControlToken, number>> = (() => {
  const first = vocabularySize - unusedTokens - controlTokens.length;
  const id = (token: ControlToken) => first + controlTokens.indexOf(token);
  return {
    '<|endoftext|>': id('<|endoftext|>'),
    '<|im_start|>': id('<|im_start|>'),
    '<|im_end|>': id('<|im_end|>'),
    '<|vision_start|>': id('<|vision_start|>'),
    '<|vision_end|>': id('<|vision_end|>'),
    '<|vision_pad|>': id('<|vision_pad|>'),
    '<|image_pad|>': id('<|image_pad|>'),
    '<|video_pad|>': id('<|video_pad|>'),
  };
})();

/** Paths of the tiny pair, which is made first where it is not there or its sources have changed. */
export async function tinyModel(options: TinyOptions = {}): Promise<ModelPair> {
  const { language = 'f32', projector = 'f32' } = options;
  const hash = createHash('sha256');
  for (const file of inputs) hash.update(readFileSync(file));
  const key = hash.digest('hex').slice(0, 12);
  return {
    model: await cached(`tiny-${language}-${key}.gguf`, (file) => writeTinyLanguage(file, language)),
    mmproj: await cached(`tiny-mmproj-${projector}-${key}.gguf`, (file) => writeTinyVision(file, projector)),
  };
}

/** Writes the tiny language model to `file`, which must not exist. */
export async function writeTinyLanguage(file: string, type: PlainType): Promise<void> {
  const vocabulary = tinyVocabulary();
  const { language, vision } = tinyShape;
  const metadata = languageMetadata('Tiny', type, language, vision.deepStackAt.length, vocabulary);
  const shapes = languageTensors(language, vocabulary.tokens.length);
  await writeGguf(
    file,
    metadata,
    shapes.map((shape) => tensor(shape, type, () => weightsOf(shape, vocabulary))),
  );
}

/** Writes the tiny projector to `file`, which must not exist. */
export async function writeTinyVision(file: string, type: PlainType): Promise<void> {
  const { language, vision } = tinyShape;
  const metadata = visionMetadata('Tiny', type, vision, language.width);
  const shapes = visionTensors(vision, language.width);
  await writeGguf(
    file,
    metadata,
    shapes.map((shape) => tensor(shape, type, () => weightsOf(shape))),
  );
}

function tensor(shape: TensorShape, type: PlainType, numbers: () => Float32Array): Tensor {
  const stored = storedType(shape, type);
  return { ...shape, type: stored, pieces: () => [encode(stored, numbers())] };
}

/** As the converter does it: norms, biases and positions stay exact, and a convolution is never quantised. */
export function storedType({ name, shape }: TensorShape, type: PlainType): PlainType {
  if (shape.length === 1 || name.includes('position_embd')) return 'f32';
  return name.includes('patch_embd') && type === 'q8_0' ? 'f32' : type;
}
