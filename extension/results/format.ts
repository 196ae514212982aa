/** Asks the user's own formatter of a language for its edits. */
import * as vscode from 'vscode';
import { editorOf } from './document-edit.ts';

/** Longer documents hold pictures, and formatters take seconds for them. */
const mostCharacters = 400_000;

/** Empty where there is no formatter for this language, or nothing to do. Throws as the formatter does. */
export async function formatEdits(document: vscode.TextDocument): Promise<readonly vscode.TextEdit[]> {
  if (document.getText().length > mostCharacters) return [];
  // Read as HTML, for want of an extension for Vue, its TypeScript would be spread as if it were JavaScript.
  if (document.uri.path.endsWith('.vue') && document.languageId === 'html') return [];
  const edits = await vscode.commands.executeCommand<vscode.TextEdit[] | undefined>(
    'vscode.executeFormatDocumentProvider',
    document.uri,
    formattingOptions(document),
  );
  return edits ?? [];
}

/** Indentation as the editor shows it, else as the settings for this language have it. */
function formattingOptions(document: vscode.TextDocument): vscode.FormattingOptions {
  const shown = editorOf(document)?.options;
  const configuration = vscode.workspace.getConfiguration('editor', document);
  const tabSize = typeof shown?.tabSize === 'number' ? shown.tabSize : configuration.get('tabSize', 4);
  const insertSpaces =
    typeof shown?.insertSpaces === 'boolean' ? shown.insertSpaces : configuration.get('insertSpaces', true);
  return { tabSize, insertSpaces };
}
