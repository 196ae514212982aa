/** Connects a server of the user's own: its address, its key, and a request that shows whether it answers. */
import * as vscode from 'vscode';
import { keepServerKey, serverKey } from '../server-key.ts';
import type { Services } from '../services.ts';
import { changeSettings } from './change-settings.ts';
import { serverAddress } from './words.ts';

/** @returns whether the server answered and is used now. */
export async function connectServer(services: Services): Promise<boolean> {
  const { secrets } = services.context;
  const current = await services.settings();
  const title = vscode.l10n.t('Use a Server');
  const typed = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('Base URL of a server that speaks OpenAI’s protocol and has a vision model'),
    placeHolder: 'http://127.0.0.1:8080/v1',
    value: current.baseUrl ?? '',
    ignoreFocusOut: true,
    validateInput: (text) =>
      serverAddress(text) === undefined
        ? vscode.l10n.t('Expected an address that begins with http:// or https://.')
        : undefined,
  });
  const baseUrl = typed === undefined ? undefined : serverAddress(typed);
  if (baseUrl === undefined) return false;
  const key = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('Key for this server; leave it empty if it wants none'),
    password: true,
    value: (await serverKey(secrets, baseUrl)) ?? '',
    ignoreFocusOut: true,
  });
  if (key === undefined) return false;
  const info = await services.run(vscode.l10n.t('Asking the server'), async ({ core, settings, context }) => {
    const { apiKey: _, ...others } = settings;
    const asked = { ...others, engine: 'server', baseUrl, ...(key === '' ? {} : { apiKey: key }) } as const;
    const engine = core.requireEngine(await core.openEngine(asked, services.log), 'Asking a server');
    try {
      return await engine.describe({ signal: context.signal });
    } finally {
      await engine.close();
    }
  });
  if (info === undefined) return false;
  if (info.capabilities.vision === false) {
    const anyway = vscode.l10n.t('Use It Anyway');
    const message = vscode.l10n.t(
      '{0} does not see pictures. Load a vision model with its mmproj file.',
      info.model,
    );
    if ((await vscode.window.showWarningMessage(message, anyway)) !== anyway) return false;
  }
  await keepServerKey(secrets, baseUrl, key);
  await changeSettings({ baseUrl, ...(current.engine === 'native' ? { engine: undefined } : {}) });
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Connected to {0} with {1}.', info.name, info.model),
  );
  return true;
}
