/** Reads a picture from wherever the user says it is: path, URL, data URI, clipboard, screenshot, or bytes. */
import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import type { RunContext } from '../context.ts';
import { PixelwrightError, throwIfCancelled } from '../errors.ts';
import { readClipboard } from './clipboard.ts';
import { decodeDataUri } from './data-uri.ts';
import { type DecodeOptions, decodePicture } from './decode.ts';
import { download } from './download.ts';
import { formatBytes, tooManyBytes } from './limits.ts';
import { readLocalFile } from './local-file.ts';
import type { EncodedPicture, PictureSource, SourcePicture } from './picture.ts';
import { type HostResolver, resolveBySystem } from './public-address.ts';
import { parseReference } from './reference.ts';
import { findScreenshot } from './screenshot.ts';
import { sniffFormat } from './sniff.ts';

export interface ReadOptions extends DecodeOptions {
  /** Folders that files must lie in after links are followed; undefined allows every folder. */
  readonly roots?: readonly string[];
  /** Folder that relative paths start from; the working folder unless told. */
  readonly baseDirectory?: string;
  /** Host names on a private network that the user explicitly allows; none unless told. */
  readonly allowPrivateHosts?: readonly string[];
  /** How host names are resolved; by the system unless told. */
  readonly resolveHost?: HostResolver;
}

/**
 * Reads and decodes a picture.
 * @throws PixelwrightError `input-not-found`, `input-unsupported`, `input-too-large`, `not-allowed`, `network`,
 *   `cancelled`.
 */
export async function readPicture(
  source: PictureSource,
  context: RunContext,
  options: ReadOptions = {},
): Promise<SourcePicture> {
  return decodePicture(await readEncoded(source, context, options), context, options);
}

/** Reads a picture's bytes and tells its type, without decoding it. Throws as `readPicture`. */
export async function readEncoded(
  source: PictureSource,
  context: RunContext,
  options: ReadOptions = {},
): Promise<EncodedPicture> {
  throwIfCancelled(context.signal);
  const { name, bytes } = await readBytes(source, context, options);
  throwIfCancelled(context.signal);
  const limit = context.limits.maxInputBytes;
  if (bytes.length > limit) throw tooManyBytes(name, formatBytes(bytes.length), limit);
  if (bytes.length === 0) {
    throw new PixelwrightError('input-unsupported', `Expected a picture, but ${name} is empty (0 bytes).`, {
      next: 'Give the bytes of the whole file.',
    });
  }
  const format = sniffFormat(bytes, name);
  return { name, format, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

async function readBytes(
  source: PictureSource,
  context: RunContext,
  options: ReadOptions,
): Promise<{ name: string; bytes: Uint8Array }> {
  if (source.kind === 'bytes') return { name: source.name ?? 'the picture', bytes: source.bytes };
  const reference = parseReference(source.reference, { platform: process.platform, home: homedir() });
  context.progress({ stage: 'read', message: 'reading the picture' });
  switch (reference.kind) {
    case 'data':
      return { name: 'the data URI', bytes: decodeDataUri(reference.uri, context.limits.maxInputBytes) };
    case 'clipboard':
      return readClipboard();
    case 'screenshot': {
      // The user named the folder by its purpose, so it need not lie in the allowed ones.
      const place = { platform: process.platform, home: homedir(), environment: process.env };
      const path = await findScreenshot(place, context.signal);
      return readLocalFile([path], { baseDirectory: process.cwd(), roots: undefined }, context);
    }
    case 'url': {
      const { allowPrivateHosts = [], resolveHost = resolveBySystem } = options;
      return download(reference.url, { allowPrivateHosts, resolveHost }, context);
    }
    case 'file': {
      const { baseDirectory = process.cwd(), roots } = options;
      return readLocalFile(reference.paths, { baseDirectory, roots }, context);
    }
  }
}
