/** The settings in force: defaults < file < environment < the editor's settings that somebody has set. */
import * as vscode from 'vscode';
import type { Settings } from '../shared/start.ts';
import { loadCore } from './load-core.ts';
import { serverKey } from './server-key.ts';

export const section = 'pixelwright';

/** Read anew at each call, so that a change takes effect at once. @throws PixelwrightError `option-invalid` naming the source. */
export async function readSettings(secrets: vscode.SecretStorage): Promise<Settings> {
  const core = await loadCore();
  const settings = core.mergeSettings(
    await core.readSettingsFile(process.env),
    core.settingsFromEnvironment(process.env),
    core.settingsFromValues(editorValues(core.settingNames), (name) => `The setting ${section}.${name}`),
  );
  const { baseUrl } = settings;
  const apiKey = baseUrl === undefined ? undefined : await serverKey(secrets, baseUrl);
  return apiKey === undefined ? settings : { ...settings, apiKey };
}

/** Only what was set: the defaults that the manifest shows must not hide the file and the environment. */
function editorValues(names: readonly string[]): Record<string, unknown> {
  const configuration = vscode.workspace.getConfiguration(section);
  const isSet = (name: string): boolean => {
    const found = configuration.inspect(name);
    return [found?.globalValue, found?.workspaceValue, found?.workspaceFolderValue].some(
      (value) => value !== undefined,
    );
  };
  const entries = names.filter(isSet).map((name) => [name, configuration.get(name)] as const);
  // A field that was emptied in the settings editor counts as not set.
  return Object.fromEntries(entries.filter(([, value]) => value !== '' && value !== null));
}
