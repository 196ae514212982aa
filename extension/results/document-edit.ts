/** Changes a document, with the undo steps as they are wanted. */
import * as vscode from 'vscode';
import { editSpan, withLineEnds } from './edit-span.ts';

/** Where undo stops: before this change, after it. */
export interface UndoStops {
  readonly before: boolean;
  readonly after: boolean;
}

/**
 * Makes `text` the document's text, touching only what differs, so that cursor and scroll position stay.
 * @returns false where somebody changed the document at the same moment, or has closed it.
 */
export async function putText(
  document: vscode.TextDocument,
  text: string,
  stops: UndoStops,
): Promise<boolean> {
  if (document.isClosed) return false;
  const end = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  const span = editSpan(document.getText(), withLineEnds(text, end));
  if (span === undefined) return true;
  const range = new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
  return await applyEdits(document, [vscode.TextEdit.replace(range, span.text)], stops);
}

/** Throws nothing that the editor does not throw; false as in `putText`. */
export async function applyEdits(
  document: vscode.TextDocument,
  edits: readonly vscode.TextEdit[],
  stops: UndoStops,
): Promise<boolean> {
  const editor = editorOf(document);
  if (editor === undefined) {
    // Only a document that is seen has control over its undo steps.
    const edit = new vscode.WorkspaceEdit();
    edit.set(document.uri, [...edits]);
    return await vscode.workspace.applyEdit(edit);
  }
  const atStart = editor.selection.isEmpty && document.offsetAt(editor.selection.active) === 0;
  const done = await editor.edit(
    (builder) => {
      for (const { range, newText } of edits) builder.replace(range, newText);
    },
    { undoStopBefore: stops.before, undoStopAfter: stops.after },
  );
  // Who has not moved the cursor reads from the top.
  if (done && atStart) editor.selection = new vscode.Selection(0, 0, 0, 0);
  return done;
}

export const editorOf = (document: vscode.TextDocument): vscode.TextEditor | undefined =>
  vscode.window.visibleTextEditors.find((editor) => editor.document === document);
