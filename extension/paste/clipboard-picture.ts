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

/** Longest time in which an editor that can paste by a command has done so, in milliseconds. */
const commandMs = 800;

/**
 * Has the editor paste into an empty document, which takes the picture and is closed again. A browser lets nobody
 * but its user paste a picture: there they are asked to.
 */
async function pastedPicture(services: Services): Promise<Uint8Array> {
  const kind = vscode.DocumentDropOrPasteEditKind.Empty.append('pixelwright-clipboard');
  const document = await vscode.workspace.openTextDocument({ language: 'plaintext', content: '' });
  const asking = new vscode.CancellationTokenSource();
  const listening: vscode.Disposable[] = [asking];
  let gone = (): void => {};
  const given = new Promise<TransferredPicture | undefined>((resolve) => {
    const selector = { scheme: document.uri.scheme };
    const provider: vscode.DocumentPasteEditProvider = {
      provideDocumentPasteEdits: async (target, _ranges, transfer, _context, token) => {
        const picture = target === document ? await pictureIn(transfer, token) : undefined;
        if (picture !== undefined) resolve(picture);
        return picture === undefined ? [] : [new vscode.DocumentPasteEdit('', 'Pixelwright', kind)];
      },
    };
    const metadata = { providedPasteEditKinds: [kind], pasteMimeTypes: pictureMimeTypes };
    listening.push(vscode.languages.registerDocumentPasteEditProvider(selector, provider, metadata));
    gone = () => resolve(undefined);
  });
  try {
    await vscode.window.showTextDocument(document, { preview: true });
    // Listened to from here on: on the way to the new editor no editor is active for a moment.
    listening.push(
      vscode.window.onDidChangeVisibleTextEditors((editors) => {
        if (!editors.some((editor) => editor.document === document)) gone();
      }),
    );
    await vscode.commands.executeCommand('editor.action.pasteAs', { kind: kind.value });
    const soon = new Promise<'late'>((resolve) => setTimeout(resolve, commandMs, 'late'));
    const first = await Promise.race([given, soon]);
    const picture = first === 'late' ? await Promise.race([given, askedToPaste(asking.token)]) : first;
    const bytes = await bytesOf(picture, services);
    if (bytes !== undefined) return bytes;
  } finally {
    asking.cancel();
    for (const one of listening) one.dispose();
    if (vscode.window.activeTextEditor?.document === document)
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  throw new PixelwrightError('input-not-found', 'Expected a picture on the clipboard, but there is none.', {
    next: 'Copy a picture (not a link) and try again.',
  });
}

/** Resolves when the user cancels, or when nobody has to paste any more. */
async function askedToPaste(token: vscode.CancellationToken): Promise<undefined> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Press Ctrl+V (⌘V on a Mac) to hand over the picture'),
    cancellable: true,
  };
  await vscode.window.withProgress(options, async (_, cancelled) => {
    await new Promise<void>((resolve) => {
      cancelled.onCancellationRequested(() => resolve());
      token.onCancellationRequested(() => resolve());
    });
  });
  return undefined;
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
