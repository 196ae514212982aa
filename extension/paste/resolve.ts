/** Does the work of a paste or a drop, once it was chosen; loaded with the first. */
import * as vscode from 'vscode';
import { pictureSource } from '../pictures.ts';
import { fileExists } from '../results/new-document.ts';
import type { Services } from '../services.ts';
import type { Work } from '../work.ts';
import { indentationOf } from './indentation.ts';
import { makePasted, type Pasted, type PasteTask } from './make.ts';
import type { Place } from './pieces.ts';
import type { TransferredPicture } from './transfer.ts';
import type { Way } from './ways.ts';

/** What is to be pasted where. */
export interface Wanted {
  readonly way: Way;
  readonly document: vscode.TextDocument;
  readonly position: vscode.Position;
  readonly picture: TransferredPicture;
  /** The document as it is to be looked at; as it stands by default. */
  readonly place?: Place;
}

/** What was made, and how something better could be made of the same. */
export interface Resolved {
  readonly task: PasteTask;
  readonly pasted: Pasted;
}

/** @returns undefined where it failed or was cancelled; the user has been told. */
export async function resolvePaste(
  services: Services,
  wanted: Wanted,
  token: vscode.CancellationToken,
): Promise<Resolved | undefined> {
  return await services.run(vscode.l10n.t('Pasting a picture as code'), async (work) => {
    const { document, way, picture } = wanted;
    const { signal, dispose } = either(work.context.signal, token);
    try {
      const { source } = picture;
      const place = wanted.place ?? placeIn(document, wanted.position);
      const task: PasteTask = {
        way,
        source: source.kind === 'uri' ? await pictureSource(source.uri, work.settings) : source,
        place,
        name: await freeName(document, place.text, picture.stem),
        taken: namesIn(place.text),
      };
      const context = { ...work.context, signal };
      return { task, pasted: await makePasted(task, { ...work, context }) };
    } finally {
      dispose();
    }
  });
}

/** Files that lie beside a saved document. */
export function filesEdit(
  document: vscode.TextDocument,
  { files }: Pasted,
  edit: vscode.WorkspaceEdit,
): void {
  const folder = vscode.Uri.joinPath(document.uri, '..');
  for (const { path, content } of files)
    edit.createFile(vscode.Uri.joinPath(folder, path), { contents: content, overwrite: true });
}

/**
 * What goes to the cursor. The editor indents it line by line, but not a text that follows another edit at once: it
 * takes both for one text. The variable, which stands for nothing, keeps them apart.
 */
export function atCursor({ insert }: Pasted): vscode.SnippetString {
  const nothing = '$' + '{TM_LINE_INDEX/.*//}';
  const text = new vscode.SnippetString(nothing).appendText(insert).appendTabstop(0);
  // For the answer of a resolve the editor does not translate it, and then looks for it under this name.
  return Object.assign(text, { snippet: text.value });
}

/** All that goes elsewhere than to the cursor. */
export function additionalEdit(document: vscode.TextDocument, pasted: Pasted): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  // Before the files: edits behind them are applied to the document as it is after the paste.
  for (const { offset, text } of pasted.extras) edit.insert(document.uri, document.positionAt(offset), text);
  filesEdit(document, pasted, edit);
  return edit;
}

export function placeIn(document: vscode.TextDocument, position: vscode.Position): Place {
  const editor = vscode.window.visibleTextEditors.find((one) => one.document === document);
  const { insertSpaces = true, tabSize = 2 } = editor?.options ?? {};
  return {
    text: document.getText(),
    offset: document.offsetAt(position),
    indentation: indentationOf(insertSpaces !== false, typeof tabSize === 'number' ? tabSize : 2),
    isSaved: !document.isUntitled && vscode.workspace.fs.isWritableFileSystem(document.uri.scheme) === true,
  };
}

const namesIn = (text: string): string[] => [...new Set(text.match(/[A-Za-z_$][\w$]*/g) ?? [])];

/** A name that no class of the document has, and none of the files that are to lie beside it. */
async function freeName(document: vscode.TextDocument, text: string, stem: string): Promise<string> {
  const folder = vscode.Uri.joinPath(document.uri, '..');
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? stem : `${stem}-${number}`;
    if (new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(text)) continue;
    const paths = document.isUntitled ? [] : [`${name}-assets`, `${name}.css`];
    const there = await Promise.all(paths.map((path) => fileExists(vscode.Uri.joinPath(folder, path))));
    if (!there.includes(true)) return name;
  }
}

/** A signal that fires with another or with a token. */
function either(
  signal: AbortSignal,
  token: vscode.CancellationToken,
): { signal: AbortSignal; dispose: () => void } {
  const controller = new AbortController();
  const stop = (): void => controller.abort(signal.reason);
  const listening = token.onCancellationRequested(stop);
  if (token.isCancellationRequested || signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  return {
    signal: controller.signal,
    dispose: () => {
      listening.dispose();
      signal.removeEventListener('abort', stop);
    },
  };
}

export type { Work };
