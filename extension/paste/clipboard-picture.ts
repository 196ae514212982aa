/** Reads the picture on the user's clipboard, wherever that is. */
import * as vscode from 'vscode';
import { PixelwrightError } from '../../shared/start.ts';
import { pictureSource } from '../pictures.ts';
import type { Services } from '../services.ts';
import { pictureIn, pictureMimeTypes, type TransferredPicture } from './transfer.ts';

/**
 * Where the extension runs on the user's own machine, the system's clipboard is read; else the editor hands the
 * picture over, as it does for a paste.
 * @returns a picture file's bytes.
 * @throws PixelwrightError `input-not-found` without a picture, `cancelled`.
 */
export async function clipboardPicture(services: Services): Promise<Uint8Array> {
  const isHere = vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop;
  if (isHere) {
    const core = await services.core();
    const context = core.createContext(new AbortController().signal, { log: services.log });
    try {
      return (await core.readEncoded({ kind: 'reference', reference: 'clipboard:' }, context)).bytes;
    } catch (error) {
      // Without a display there is no clipboard to the system, but the editor may still have one.
      if (!(error instanceof PixelwrightError) || error.code !== 'input-unsupported') throw error;
    }
  }
  return await pastedPicture(services);
}

/** Has the editor paste into an empty document, which takes the picture and is closed again. */
async function pastedPicture(services: Services): Promise<Uint8Array> {
  const kind = vscode.DocumentDropOrPasteEditKind.Empty.append('pixelwright-clipboard');
  const document = await vscode.workspace.openTextDocument({ language: 'plaintext', content: '' });
  let found: TransferredPicture | undefined;
  const provider = vscode.languages.registerDocumentPasteEditProvider(
    { scheme: document.uri.scheme },
    {
      provideDocumentPasteEdits: async (target, _ranges, transfer, _context, token) => {
        if (target !== document) return [];
        found = await pictureIn(transfer, token);
        return found === undefined ? [] : [new vscode.DocumentPasteEdit('', 'Pixelwright', kind)];
      },
    },
    { providedPasteEditKinds: [kind], pasteMimeTypes: pictureMimeTypes },
  );
  try {
    await vscode.window.showTextDocument(document, { preview: true });
    await vscode.commands.executeCommand('editor.action.pasteAs', { kind: kind.value });
  } finally {
    provider.dispose();
    if (vscode.window.activeTextEditor?.document === document)
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  const source = await bytesOf(found, services);
  if (source !== undefined) return source;
  throw new PixelwrightError('input-not-found', 'Expected a picture on the clipboard, but there is none.', {
    next: 'Copy a picture (not a link) and try again.',
  });
}

async function bytesOf(
  picture: TransferredPicture | undefined,
  services: Services,
): Promise<Uint8Array | undefined> {
  if (picture === undefined) return undefined;
  const { source } = picture;
  const given = source.kind === 'uri' ? await pictureSource(source.uri, await services.settings()) : source;
  if (given.kind === 'bytes') return given.bytes;
  return await vscode.workspace.fs.readFile(vscode.Uri.file(given.reference));
}
