/** How the core is given a picture. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { PictureSource } from '../shared/index.ts';
import { PixelwrightError, type Settings } from '../shared/start.ts';

/**
 * Files are read by the core within its limits; what lies elsewhere (virtual workspaces) is read by the editor.
 * @throws PixelwrightError `input-too-large`, `input-not-found`.
 */
export async function pictureSource(uri: vscode.Uri, settings: Settings): Promise<PictureSource> {
  if (uri.scheme === 'file') return { kind: 'reference', reference: uri.fsPath };
  return { kind: 'bytes', bytes: await bytesOf(uri, settings), name: path.posix.basename(uri.path) };
}

/** Wherever it lies. Throws as `pictureSource`. */
export async function bytesOf(uri: vscode.Uri, settings: Settings): Promise<Uint8Array> {
  const name = path.posix.basename(uri.path);
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > settings.maxInputBytes) throw tooLarge(name, size, settings.maxInputBytes);
    return await vscode.workspace.fs.readFile(uri);
  } catch (cause) {
    if (cause instanceof PixelwrightError) throw cause;
    throw new PixelwrightError('input-not-found', `${name} cannot be read: ${String(cause)}`, { cause });
  }
}

const tooLarge = (name: string, size: number, most: number): PixelwrightError =>
  new PixelwrightError('input-too-large', `${name} has ${size} bytes; at most ${most} are read.`, {
    next: 'Make the picture smaller, or raise the limit in the settings.',
  });
