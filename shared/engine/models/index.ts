/** Models on this machine: which are known, which are here, and how they come here. */
export {
  type CatalogueEntry,
  catalogue,
  type ProjectorQuantisation,
  type Quantisation,
} from './catalogue.ts';
export { checkPair } from './check-pair.ts';
export { chooseModel, type FreeMemory, type ModelChoice, neededBytes } from './choose-model.ts';
export { type FindOptions, type FoundModel, findModel, type ModelSettings } from './find-model.ts';
export { formatDuration, formatSize } from './format.ts';
export { type GgufHeader, readGgufHeader } from './gguf-header.ts';
export { type ListedFile, listModels, type ModelList } from './list.ts';
export { memoryAtHand } from './memory-at-hand.ts';
export { type PulledModel, type PullOptions, pullModel } from './pull.ts';
export { type Removed, removeModel } from './remove.ts';
export type { TransferProgress } from './transfer-meter.ts';
export { type Verified, verifyModels } from './verify.ts';
