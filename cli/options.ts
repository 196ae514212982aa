/** Command-line options made from the settings' schema, so that names and words exist once. */
import { Option } from 'commander';
import { defaultSettings, flagName, type SettingName, settingsSchema } from '../shared/start.ts';

const placeholders: Readonly<Partial<Record<SettingName, string>>> = {
  to: 'TARGET',
  strategy: 'STRATEGY',
  straighten: 'WHEN',
  out: 'DIR',
  baseUrl: 'URL',
  apiKey: 'KEY',
  modelName: 'NAME',
  model: 'MODEL',
  mmproj: 'FILE',
  modelHub: 'URL',
  engine: 'WHERE',
  device: 'DEVICE',
  components: 'LIBRARY',
  browser: 'PATH',
  allowPrivateHosts: 'HOSTS',
  roots: 'FOLDERS',
};

/** `--jobs <N>`, with the schema's description and default. Values are checked with the settings, not here. */
export function settingOption(name: SettingName): Option {
  const fallback = defaultSettings[name];
  const note = fallback === undefined || String(fallback) === '' ? '' : ` (default: ${fallback})`;
  return new Option(
    `${flagName(name)} <${placeholders[name] ?? 'N'}>`,
    `${settingsSchema.shape[name].description ?? ''}${note}`,
  );
}

/** How pictures are read, which every command that reads one has. */
export const pictureOptions: readonly SettingName[] = [
  'straighten',
  'maxInputBytes',
  'maxPixels',
  'networkTimeoutMs',
  'allowPrivateHosts',
];

/** How to reach a server with a model. */
export const serverOptions: readonly SettingName[] = ['baseUrl', 'apiKey', 'modelName', 'maxTokens'];

/** How the engine inside pixelwright runs. */
export const engineOptions: readonly SettingName[] = [
  'engine',
  'device',
  'threads',
  'contextSize',
  'parallel',
];

/** Which model answers, where, and how long. */
export const modelOptions: readonly SettingName[] = ['model', 'mmproj', ...engineOptions, ...serverOptions];

export const jsonOption = (): Option =>
  new Option('--json', 'Print one JSON document on stdout, and nothing else there.');
export const forceOption = (): Option =>
  new Option('--force', 'Replace files that were not made by pixelwright.');

/** How a task is done that works with and without a model. */
export const methodOption = (): Option =>
  new Option('--method <METHOD>', 'measured: without a model; auto: by a model where there is one.')
    .choices(['auto', 'model', 'measured'])
    .default('auto');

export function methodOf(flags: Readonly<Record<string, unknown>>): 'auto' | 'model' | 'measured' {
  const method = flags['method'];
  return method === 'model' || method === 'measured' ? method : 'auto';
}
