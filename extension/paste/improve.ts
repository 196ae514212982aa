/** Offers a model's better version of what was pasted, and puts it in its place where nobody has changed that. */
import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import type { Pasted } from './make.ts';
import { makePasted } from './make.ts';
import { atIndentation } from './pieces.ts';
import { filesEdit, placeIn, type Resolved } from './resolve.ts';

/** The texts as they stand in the document: the editor has indented them. */
type Placed = Map<'insert' | 'style' | 'imports', string>;

/** Editors change blanks alone. */
const bare = (text: string): string => text.replace(/\s+/g, '');

export class Improvements implements vscode.Disposable {
  readonly #services: Services;
  #waiting: vscode.Disposable | undefined;

  constructor(services: Services) {
    this.#services = services;
  }

  /** Asks once the paste stands in the document; nothing is asked where there is no model, or none is wanted. */
  async offer(document: vscode.TextDocument, resolved: Resolved): Promise<void> {
    this.dispose();
    const { settings, engine } = this.#services;
    if ((await settings()).strategy === 'measured' || (await engine()) === undefined) return;
    const placed: Placed = new Map();
    this.#waiting = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document !== document) return;
      const begun = placed.has('insert');
      const { insert, extras } = resolved.pasted;
      for (const { text } of event.contentChanges) {
        if (bare(text) === bare(insert)) placed.set('insert', text);
        for (const extra of extras) if (bare(text) === bare(extra.text)) placed.set(extra.kind, text);
      }
      if (placed.has('insert') && !begun)
        this.#ask(document, resolved, placed).catch(this.#services.showError);
    });
  }

  dispose(): void {
    this.#waiting?.dispose();
    this.#waiting = undefined;
  }

  async #ask(document: vscode.TextDocument, resolved: Resolved, placed: Placed): Promise<void> {
    const improve = vscode.l10n.t('Improve with the Model');
    const chosen = await vscode.window.showInformationMessage(
      vscode.l10n.t('Pasted as it was measured. The model can look at the picture, which takes longer.'),
      improve,
    );
    this.dispose();
    if (chosen !== improve) return;
    const better = await this.#services.run(vscode.l10n.t('Improving what was pasted'), async (work) => {
      const engine = work.core.requireEngine(await work.engine(), 'Improving what was pasted');
      const start = document.getText().indexOf(placed.get('insert') ?? '');
      const place = placeIn(document, document.positionAt(Math.max(0, start)));
      return await makePasted({ ...resolved.task, place, engine }, work);
    });
    if (better === undefined || document.isClosed) return;
    const edit = replacement(document, placed, better);
    if (edit !== undefined && (await vscode.workspace.applyEdit(edit))) return;
    const open = vscode.l10n.t('Open Beside');
    const message = vscode.l10n.t('What was pasted has been changed meanwhile, and stays as it is.');
    if ((await vscode.window.showInformationMessage(message, open)) !== open) return;
    const content = [better.insert, ...better.extras.map(({ text }) => text)].join('\n');
    const opened = await vscode.workspace.openTextDocument({ language: document.languageId, content });
    await vscode.window.showTextDocument(opened, { viewColumn: vscode.ViewColumn.Beside });
  }
}

/** Undefined where a part is not there any more as it was pasted. */
function replacement(
  document: vscode.TextDocument,
  placed: Placed,
  better: Pasted,
): vscode.WorkspaceEdit | undefined {
  const text = document.getText();
  const edit = new vscode.WorkspaceEdit();
  const put = (old: string, fresh: (offset: number) => string): boolean => {
    const offset = text.indexOf(old);
    if (offset < 0) return false;
    const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + old.length));
    edit.replace(document.uri, range, fresh(offset));
    return true;
  };
  const old = placed.get('insert');
  if (old === undefined || !put(old, (offset) => atIndentation(better.insert, text, offset)))
    return undefined;
  for (const extra of better.extras) {
    const before = placed.get(extra.kind);
    if (before === undefined) edit.insert(document.uri, document.positionAt(extra.offset), extra.text);
    else if (!put(before, () => extra.text)) return undefined;
  }
  filesEdit(document, better, edit);
  return edit;
}
