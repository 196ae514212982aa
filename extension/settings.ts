/** The settings in force: defaults < file < environment < the editor's settings that somebody has set. */
import * as vscode from 'vscode';
import type { Settings } from '../shared/start.ts';
import { loadCore } from './load-core.ts';

export const section = 'pixelwright';

/** Read anew at each call, so that a change takes effect at once. @throws PixelwrightError `option-invalid` naming the source. */
export async function readSettings(): Promise<Settings> {
  const core = await loadCore();
  return core.mergeSettings(
    await core.readSettingsFile(process.env),
    core.settingsFromEnvironment(process.env),
    core.settingsFromValues(editorValues(core.settingNames), (name) => `The setting ${section}.${name}`),
  );
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
