/**
 * Pictures that were dropped: a remark stands in the document until the code is there that takes its place.
 *
 * VS Code 1.139 has a provider's `resolveDocumentDropEdit` called by nothing, so that work which is only to be
 * done once a drop was chosen has to begin with what the drop itself has put into the document.
 */
import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import type { Pasted } from './make.ts';
import { atIndentation, type Place } from './pieces.ts';
import { filesEdit, placeIn, type Resolved, resolvePaste, type Wanted } from './resolve.ts';
import type { Way } from './ways.ts';

/** Remarks that may still be chosen; a drop has one for each way. */
const mostWaiting = 24;

export class Drops implements vscode.Disposable {
  readonly #services: Services;
  readonly #made: (document: vscode.TextDocument, resolved: Resolved) => Promise<void>;
  readonly #waiting = new Map<string, Wanted>();
  readonly #listening: vscode.Disposable;
  #count = 0;

  /** @param made told of what was made, before it is put into the document */
  constructor(
    services: Services,
    made: (document: vscode.TextDocument, resolved: Resolved) => Promise<void>,
  ) {
    this.#services = services;
    this.#made = made;
    this.#listening = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      for (const [remark, wanted] of this.#waiting) {
        if (wanted.document !== document || !contentChanges.some(({ text }) => text.includes(remark)))
          continue;
        this.#waiting.delete(remark);
        this.#fill(remark, wanted).catch(this.#services.showError);
      }
    });
  }

  /** What a drop puts into the document; once it stands there the work begins. */
  remark(wanted: Wanted): string {
    this.#count += 1;
    const remark = remarkOf(wanted.way, vscode.l10n.t('The dropped picture becomes code ({0})', this.#count));
    this.#waiting.set(remark, wanted);
    const [oldest] = this.#waiting.keys();
    if (this.#waiting.size > mostWaiting && oldest !== undefined) this.#waiting.delete(oldest);
    return remark;
  }

  dispose(): void {
    this.#listening.dispose();
    this.#waiting.clear();
  }

  /** Ends where the remark is taken away meanwhile, as by an undo. */
  async #fill(remark: string, wanted: Wanted): Promise<void> {
    const { document } = wanted;
    const gone = new vscode.CancellationTokenSource();
    const listening = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document === document && !document.getText().includes(remark)) gone.cancel();
    });
    try {
      const place = withoutRemark(document, remark);
      const resolved = await resolvePaste(this.#services, { ...wanted, place }, gone.token);
      if (resolved !== undefined) await this.#made(document, resolved);
      const offset = document.getText().indexOf(remark);
      if (offset < 0 || document.isClosed) return;
      await vscode.workspace.applyEdit(filledEdit(document, { offset, remark }, resolved?.pasted));
    } finally {
      listening.dispose();
      gone.dispose();
    }
  }
}

function remarkOf(way: Way, text: string): string {
  if (way === 'jsx') return `{/* ${text} */}`;
  if (way === 'mermaid') return `%% ${text}`;
  return `<!-- ${text} -->`;
}

/** The document as it was before the drop. */
function withoutRemark(document: vscode.TextDocument, remark: string): Place {
  const text = document.getText();
  const offset = Math.max(0, text.indexOf(remark));
  const place = placeIn(document, document.positionAt(offset));
  return { ...place, text: text.slice(0, offset) + text.slice(offset + remark.length), offset };
}

/** @param pasted what takes the remark's place; undefined: nothing does */
function filledEdit(
  document: vscode.TextDocument,
  { offset, remark }: { readonly offset: number; readonly remark: string },
  pasted: Pasted | undefined,
): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + remark.length));
  if (pasted === undefined) {
    edit.delete(document.uri, range);
    return edit;
  }
  edit.replace(document.uri, range, atIndentation(pasted.insert, document.getText(), offset));
  for (const extra of pasted.extras) {
    const at = extra.offset > offset ? extra.offset + remark.length : extra.offset;
    edit.insert(document.uri, document.positionAt(at), extra.text);
  }
  filesEdit(document, pasted, edit);
  return edit;
}
