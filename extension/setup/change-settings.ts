/** Writes into the user's settings what the set-up has found. */
import * as vscode from 'vscode';
import type { SettingName } from '../../shared/start.ts';
import type { Services } from '../services.ts';
import { section } from '../settings.ts';

type Changes = Readonly<Partial<Record<SettingName, string | undefined>>>;

/** @param changes undefined takes a setting back. */
export async function changeSettings(changes: Changes): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(section);
  for (const [name, value] of Object.entries(changes))
    await configuration.update(name, value, vscode.ConfigurationTarget.Global);
}

/** The engine inside of the extension is used from now on, also where a server was named before. */
export async function switchToNative(services: Services, changes: Changes): Promise<void> {
  const { engine, baseUrl } = await services.settings();
  const server = engine === 'server' || (engine === 'auto' && baseUrl !== undefined);
  await changeSettings({ ...changes, ...(server ? { engine: 'native' } : {}) });
}
