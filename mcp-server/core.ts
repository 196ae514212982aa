/** What calls need of the core; loaded late, see `load-core.ts`. By name, so that the bundle tells it apart. */
export {
  createContext,
  findModel,
  hostReport,
  howToGetAModel,
  loadOptions,
  openAllowedFolder,
  openEngine,
  stemOf,
  writeOutput,
} from '../shared/index.ts';
