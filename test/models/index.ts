/** Random-weight Qwen3-VL files of the real architecture: tiny ones for tests, one of the 2B's size for benches. */
export { type BenchOptions, benchModel } from './bench/pair.ts';
export { type ModelPair, type TinyOptions, tinyModel, tinyTokenIds, tinyVocabulary } from './tiny.ts';
