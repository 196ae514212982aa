/** Finds the picture in what was pasted or dropped. */
import * as vscode from 'vscode';
import type { PictureSource } from '../../shared/index.ts';
import { isPictureName } from '../picture-names.ts';

/** What providers are asked for. */
export const pictureMimeTypes = ['image/*', 'files', 'text/uri-list'] as const;

export interface TransferredPicture {
  /** Without ending; `screenshot` for one that has no name. */
  readonly stem: string;
  /** Bytes, or the file that it lies in. */
  readonly source: PictureSource | { readonly kind: 'uri'; readonly uri: vscode.Uri };
}

/** The first picture; a file by its place, so that nothing is copied. Undefined where there is none. */
export async function pictureIn(
  transfer: vscode.DataTransfer,
  token: vscode.CancellationToken,
): Promise<TransferredPicture | undefined> {
  const uri = await pictureUri(transfer);
  if (uri !== undefined) return { stem: stemOf(uri.path), source: { kind: 'uri', uri } };
  for (const [mime, item] of transfer) {
    const file = item.asFile();
    if (file === undefined || !(mime.startsWith('image/') || isPictureName(file.name))) continue;
    if (file.uri !== undefined)
      return { stem: stemOf(file.uri.path), source: { kind: 'uri', uri: file.uri } };
    const bytes = await file.data();
    if (token.isCancellationRequested || bytes.length === 0) return undefined;
    // What comes from the clipboard is called image.png, whatever it shows.
    const named = file.name !== '' && !/^image\.\w+$/.test(file.name);
    return { stem: named ? stemOf(file.name) : 'screenshot', source: { kind: 'bytes', bytes } };
  }
  return undefined;
}

/** Lines of `text/uri-list`, of which those with `#` are remarks. @see RFC 2483 */
async function pictureUri(transfer: vscode.DataTransfer): Promise<vscode.Uri | undefined> {
  const list = (await transfer.get('text/uri-list')?.asString()) ?? '';
  const lines = list.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  const [only] = lines;
  if (only === undefined || lines.length > 1) return undefined;
  const uri = vscode.Uri.parse(only);
  // A picture of the web is nothing to be fetched because somebody dropped its link.
  return isPictureName(uri.path) && !/^https?$/.test(uri.scheme) ? uri : undefined;
}

/** `Login Page.png` → `login-page`. */
function stemOf(path: string): string {
  const name =
    path
      .split('/')
      .at(-1)
      ?.replace(/\.[^.]*$/, '') ?? '';
  const words = name.normalize('NFKD').match(/[A-Za-z0-9]+/g) ?? [];
  const stem = words.join('-').toLowerCase();
  return /^[a-z]/.test(stem) ? stem.slice(0, 60) : stem === '' ? 'picture' : `picture-${stem}`.slice(0, 60);
}
