/** Pictures for the native engine: from files to the embeddings that the language model reads. */
export type { EncodeJob } from './encode-job.ts';
export {
  defaultWork,
  type ImageInput,
  type LoadVisionOptions,
  loadVisionEncoder,
  type PrepareOptions,
  type VisionEncoder,
} from './encoder.ts';
export { defaultImageBudget, type ImageBudget, type ModelFit } from './fit.ts';
export type { ImageSize, PreparedImage } from './preprocess.ts';
