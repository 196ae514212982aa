/** Shows an error as a message whose buttons do the next step. */
import * as vscode from 'vscode';
import { type ErrorAction, errorTrace, errorView } from './errors.ts';

/** Resolves when the message has been answered. A cancel is no news and shows nothing. */
export async function showError(error: unknown, log: vscode.LogOutputChannel): Promise<void> {
  const { severity, message, actions } = errorView(error);
  if (severity === 'none') return;
  log.error(errorTrace(error));
  const items = actions.map((action) => ({ title: titleOf(action), action }));
  const show = severity === 'warning' ? vscode.window.showWarningMessage : vscode.window.showErrorMessage;
  const chosen = await show(message, ...items);
  if (chosen !== undefined) await act(chosen.action, log);
}

function titleOf(action: ErrorAction): string {
  switch (action.kind) {
    case 'set-up-model':
      return vscode.l10n.t('Set Up Model');
    case 'open-settings':
      return action.setting === 'baseUrl' ? vscode.l10n.t('Use a Server…') : vscode.l10n.t('Open Settings');
    case 'show-log':
      return vscode.l10n.t('Show Log');
  }
}

async function act(action: ErrorAction, log: vscode.LogOutputChannel): Promise<void> {
  switch (action.kind) {
    case 'set-up-model':
      await vscode.commands.executeCommand('pixelwright.setUpModel');
      return;
    case 'open-settings':
      if (action.setting === 'baseUrl') {
        // It is a setting of the machine, which the settings' page of a remote window does not show at once.
        await vscode.commands.executeCommand('pixelwright.setUpModel', 'server');
        return;
      }
      await vscode.commands.executeCommand('workbench.action.openSettings', `pixelwright.${action.setting}`);
      return;
    case 'show-log':
      log.show();
  }
}
