/** Opens what the panel shows in editors. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { SavedResult } from '../../shared/index.ts';
import { artifactBeside } from '../results/languages.ts';
import { openNewDocument } from '../results/new-document.ts';

/** The main file as a new document beside the panel, components of it behind. */
export async function openResult({ files, target }: SavedResult): Promise<string> {
  const [main, ...others] = files.flatMap(({ path: name, content }) =>
    typeof content === 'string' ? [{ ...path.parse(name), content }] : [],
  );
  if (main === undefined) throw new RangeError('A result has a file.');
  const live = await openNewDocument({ artifact: target, stem: main.name });
  await live.show(main.content);
  // What "beside" means changes with each document that is opened.
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document === live.document);
  const column = editor?.viewColumn ?? vscode.ViewColumn.Beside;
  for (const { name, ext, content } of others) {
    const artifact = artifactBeside(ext.slice(1), target);
    const part = await openNewDocument({ artifact, stem: name, column });
    await part.show(content);
  }
  await vscode.window.showTextDocument(live.document, { viewColumn: column, preview: false });
  return vscode.l10n.t('Opened {0}.', main.base);
}
