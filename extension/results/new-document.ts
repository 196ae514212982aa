/** Opens a new document of the right language and name, beside what is looked at. */
import path from 'node:path';
import * as vscode from 'vscode';
import { type Artifact, freeName, languageOf, looks } from './languages.ts';
import { LiveDocument } from './live-document.ts';

export interface NewDocument {
  readonly artifact: Artifact;
  /** `login`: what the document is called before it is saved. */
  readonly stem: string;
  /** The picture that it is made of: it is proposed to be saved beside it. */
  readonly picture?: vscode.Uri | undefined;
  /** Beside the active editor unless told. */
  readonly column?: vscode.ViewColumn | undefined;
}

/** The keyboard stays where it is. */
export async function openNewDocument(options: NewDocument): Promise<LiveDocument> {
  const { artifact, column = vscode.ViewColumn.Beside } = options;
  const language = languageOf(artifact, await vscode.languages.getLanguages());
  const uri = await untitledUri(options);
  // Opened and shown in one step: a document that nobody shows at once is shown by the editor, where it likes.
  const view = { viewColumn: column, preserveFocus: true, preview: false };
  await vscode.commands.executeCommand('vscode.open', uri, view);
  const opened = await vscode.workspace.openTextDocument(uri);
  const document =
    opened.languageId === language
      ? opened
      : await vscode.languages.setTextDocumentLanguage(opened, language);
  return new LiveDocument(document);
}

/** Has the folder of the picture where it lies in one, so that saving proposes that. */
async function untitledUri({ artifact, stem, picture }: NewDocument): Promise<vscode.Uri> {
  const folder = picture?.scheme === 'file' ? path.posix.dirname(picture.path) : undefined;
  const uriOf = (name: string): vscode.Uri =>
    vscode.Uri.from({
      scheme: 'untitled',
      path: folder === undefined ? name : path.posix.join(folder, name),
    });
  const name = await freeName(stem, looks[artifact].extension, async (candidate) => {
    const uri = uriOf(candidate);
    const isOpen = vscode.workspace.textDocuments.some(
      (document) => document.uri.toString() === uri.toString(),
    );
    return isOpen || (folder !== undefined && (await fileExists(uri.with({ scheme: 'file' }))));
  });
  return uriOf(name);
}

export async function fileExists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return false;
    throw error;
  }
}
