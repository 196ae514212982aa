/**
 * The part of the door that loads at once: what a host needs before there is work. A bundle cannot tell the parts
 * of one door apart, and clients of the MCP server do not wait long. `index.ts` has all of it too.
 */
export {
  builtTargets,
  type Device,
  defaultSettings,
  devices,
  type EngineChoice,
  engineChoices,
  type Limits,
  type PartialSettings,
  type SettingName,
  type Settings,
  type Strategy,
  settingNames,
  settingsSchema,
  strategies,
  type Target,
  targets,
} from './config.ts';
export { readSettingsFile, userSettingsPath } from './config-file.ts';
export { createContext, type ProgressEvent, type RunContext } from './context.ts';
export { cancelled, type ErrorCode, PixelwrightError, throwIfCancelled } from './errors.ts';
export { type Log, silentLog } from './log.ts';
export {
  type Pipeline,
  type PipelineRequest,
  type PipelineResult,
  pipelines,
} from './run/pipelines.ts';
export {
  environmentName,
  flagName,
  mergeSettings,
  settingsFromEnvironment,
  settingsFromFlags,
  settingsFromJson,
  settingsFromValues,
} from './setting-sources.ts';
export { version } from './version.ts';
