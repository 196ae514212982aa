/** The only door into the core: what hosts may use. */

export { diagramPaths } from './compose/diagram/paths.ts';
export {
  type Fragment,
  type FragmentImport,
  type FragmentLanguage,
  type FragmentOptions,
  pageFragment,
} from './compose/fragment/index.ts';
export { requireComponents, requireScriptable } from './compose/target.ts';
export type { Engine, EngineInfo, Usage } from './engine/engine.ts';
export {
  createHostEngine,
  type HostReport,
  type HostStatus,
  hostReport,
  isLoopback,
  type Mount,
  type RunningHost,
  serveHost,
  stopHost,
  wantedModel,
} from './engine/host/index.ts';
export {
  type FoundModel,
  findModel,
  formatDuration,
  formatSize,
  type ListedFile,
  listModels,
  type ModelList,
  type ModelSettings,
  memoryAtHand,
  type PulledModel,
  pullModel,
  removeModel,
  type TransferProgress,
  type Verified,
  verifyModels,
} from './engine/models/index.ts';
export type { PageFacts } from './facts/page-facts.ts';
export { type PictureSource, type ReadOptions, readEncoded, type SourcePicture } from './image/index.ts';
export type { MessageToPage } from './panel-protocol.ts';
export { openAllowedFolder } from './run/allowed-folder.ts';
export { annotate } from './run/annotate.ts';
export { type AskImageOptions, askImage, type ImageAnswer } from './run/ask-image.ts';
export { expectedPaths } from './run/assets.ts';
export { type CompareImagesOptions, compareImages, type ImageComparison } from './run/compare-images.ts';
export type { ComparePageOptions } from './run/compare-page.ts';
export type { MadePages } from './run/convert/made-pages.ts';
export {
  convertDiagram,
  type DiagramReport,
  type DiagramResult,
  type DiagramRunOptions,
  takenForScreen,
} from './run/convert-diagram.ts';
export type {
  CandidateReport,
  ConvertOptions,
  ConvertReport,
  ConvertResult,
  Measured,
  PictureReport,
} from './run/convert-result.ts';
export { type DescribeOptions, type Description, describePicture } from './run/describe-image.ts';
export { diagnose, type Finding } from './run/doctor.ts';
export { type EditedFiles, editFiles } from './run/edit/edit-files.ts';
export {
  howToGetAModel,
  noModelNote,
  openEngine,
  requireBuilt,
  requireEngine,
} from './run/engine.ts';
export { type DataExtraction, type ExtractDataOptions, extractData } from './run/extract-data.ts';
export { type ExtractTextOptions, extractText, type TextExtraction } from './run/extract-text.ts';
export {
  type AddOn,
  type AddOnPlan,
  addAddOn,
  type GpuReport,
  type InstalledAddOn,
  listGpus,
  planAddOn,
  removeAddOn,
  type Toolkit,
} from './run/gpu.ts';
export { type LoadOptions, loadOptions } from './run/load-picture.ts';
export { type Located, type LocateOptions, locate } from './run/locate.ts';
export type { ModelRunOptions, PictureFacts } from './run/model-answer.ts';
export { distinctStems, stemOf } from './run/names.ts';
export { type OutputFolder, openOutputFolder } from './run/output-folder.ts';
export { ownedFiles, type ResultName, refuseForeignFiles, replaceableFiles } from './run/ownership.ts';
export type { PanelHost, SavedResult } from './run/panel/host.ts';
export { panelFolder, panelPage } from './run/panel/page-html.ts';
export { openPanelSession, type PanelSession } from './run/panel/session.ts';
export { compareImagesInWorker, comparePageInWorker as comparePage } from './run/scoring/in-worker.ts';
export { type OutputFile, type WriteOptions, writeOutput } from './run/write-output.ts';
export {
  convertPicture,
  measure,
  type ScoreRunOptions,
  scoreAgainstPicture,
} from './run.ts';
export type { PageScore } from './score/score.ts';
export * from './start.ts';
export {
  type DiagramSubject,
  type DiagramTarget,
  diagramLayouts,
  diagramSubjects,
  isDiagramTarget,
} from './tasks/image-to-diagram.ts';
export {
  askImage as askImageTask,
  compareImages as compareImagesTask,
  describeImage as describeImageTask,
  extractData as extractDataTask,
  extractText as extractTextTask,
  imageToDiagram as imageToDiagramTask,
  locate as locateTask,
  type ModelTask,
  type Task,
  tasks,
  uiToCode as uiToCodeTask,
  untrustedNote,
} from './tasks/index.ts';
export type { PageTarget } from './tasks/ui-to-code.ts';
