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
export { type GgufHeader, readGgufHeader } from './gguf-header.ts';
