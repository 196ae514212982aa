/** Opens what the panel shows in editors. */
import * as vscode from 'vscode';
import type { SavedResult } from '../../shared/index.ts';
import { openNewDocument } from '../results/new-document.ts';

/** The main file as a new document beside the panel, parts of it behind. */
export async function openResult({ files, stem, target }: SavedResult): Promise<string> {
  const [main, ...parts] = files.flatMap(({ path, content }) =>
    typeof content === 'string' ? [{ path, content }] : [],
  );
  if (main === undefined) throw new RangeError('A result has a file.');
  const column = vscode.ViewColumn.Beside;
  const document = await openNewDocument({ artifact: target, stem, column });
  await document.show(main.content);
  for (const { content } of target === 'drawio' || target === 'mermaid' ? [] : parts) {
    const part = await vscode.workspace.openTextDocument({ content, language: document.document.languageId });
    await vscode.window.showTextDocument(part, { viewColumn: column, preserveFocus: true, preview: false });
  }
  await vscode.window.showTextDocument(document.document, { viewColumn: column, preview: false });
  return vscode.l10n.t('Opened {0}.', main.path);
}
