/** Writes what the panel shows, with its pictures, into a folder that the user chooses. */
import * as vscode from 'vscode';
import type { SavedResult } from '../../shared/index.ts';
import { PixelwrightError } from '../../shared/start.ts';
import type { Core } from '../load-core.ts';

/** @returns what to tell, or undefined where the user chose no folder. */
export async function saveResult(
  core: Core,
  { files, stem }: SavedResult,
  signal: AbortSignal,
): Promise<string | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Save {0} with its pictures', files[0]?.path ?? stem),
    openLabel: vscode.l10n.t('Save Here'),
    canSelectFiles: false,
    canSelectFolders: true,
    ...(vscode.workspace.workspaceFolders?.[0] === undefined
      ? {}
      : { defaultUri: vscode.workspace.workspaceFolders[0].uri }),
  });
  const folder = chosen?.[0];
  if (folder === undefined) return undefined;
  if (folder.scheme !== 'file') {
    throw new PixelwrightError(
      'output-not-writable',
      `Expected a folder on this machine; got ${folder.toString()}.`,
      {
        next: 'Choose another folder, or open the result in an editor and save it from there.',
      },
    );
  }
  const output = await core.openOutputFolder(folder.fsPath);
  try {
    const name = { stem, main: files[0]?.path ?? stem };
    await core.writeOutput(output, name, files, { force: false, signal });
  } finally {
    await output.close();
  }
  return vscode.l10n.t(
    'Saved {0} files in {1}.',
    files.length,
    vscode.workspace.asRelativePath(folder, true),
  );
}
