/** Tells what a user should know of a result that was made. */
import * as vscode from 'vscode';
import type { Services } from '../services.ts';

/** All go to the log, the first to a message, which is not waited for. */
export function tellWarnings({ log, showError }: Services, name: string, warnings: readonly string[]): void {
  for (const warning of warnings) log.warn(`${name}: ${warning}`);
  const [first] = warnings;
  if (first === undefined) return;
  const more = vscode.l10n.t('Show Log');
  const tell = async (): Promise<void> => {
    const chosen = await vscode.window.showInformationMessage(
      `${name}: ${first}`,
      ...(warnings.length > 1 ? [more] : []),
    );
    if (chosen === more) log.show();
  };
  tell().catch(showError);
}
