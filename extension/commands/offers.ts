/** Offers what would make results better, each at most once in a window, and never again where the user says so. */
import * as vscode from 'vscode';
import type { Services } from '../services.ts';

const drawioExtension = 'hediet.vscode-drawio';

/** Not waited for: whoever works on need not answer. */
export function offerModel(services: Services): void {
  const message = vscode.l10n.t(
    'Made without a model, from the pixels alone. With a model, results get better.',
  );
  const act = vscode.l10n.t('Set Up Model');
  offer(services, 'model', message, act, async () => {
    await vscode.commands.executeCommand('pixelwright.setUpModel');
  });
}

/**
 * @param diagram is opened in the Draw.io editor once that is there.
 * @returns whether the user is asked.
 */
export function offerDrawio(services: Services, diagram: vscode.Uri): boolean {
  if (vscode.extensions.getExtension(drawioExtension) !== undefined) return false;
  const message = vscode.l10n.t('The extension Draw.io Integration opens this diagram as a drawing.');
  return offer(services, 'drawio', message, vscode.l10n.t('Install Draw.io Integration'), async () => {
    await vscode.commands.executeCommand('workbench.extensions.installExtension', drawioExtension);
    if (diagram.scheme === 'file') await vscode.commands.executeCommand('vscode.open', diagram);
  });
}

function offer(
  { context, showError }: Services,
  name: string,
  message: string,
  act: string,
  accept: () => Promise<void>,
): boolean {
  const key = `pixelwright.offered.${name}`;
  if (context.globalState.get(key) === true || context.workspaceState.get(key) === vscode.env.sessionId)
    return false;
  const ask = async (): Promise<void> => {
    await context.workspaceState.update(key, vscode.env.sessionId);
    const never = vscode.l10n.t('Don’t Ask Again');
    const chosen = await vscode.window.showInformationMessage(message, act, never);
    if (chosen === never) await context.globalState.update(key, true);
    if (chosen === act) await accept();
  };
  ask().catch(showError);
  return true;
}
