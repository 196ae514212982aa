/** Reads the models on this machine again and compares them with the checksums that they came with. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { throwIfCancelled } from '../../errors.ts';
import type { Environment } from '../../home-folder.ts';
import { catalogue, parseName } from './catalogue.ts';
import { localFiles } from './find-model.ts';
import { hubCacheChecksum } from './hub-cache.ts';
import { isPart } from './pick-file.ts';
import { type LocalFile, readReceipt } from './store-layout.ts';
import { TransferMeter, type TransferProgress } from './transfer-meter.ts';

export interface Verified {
  readonly file: LocalFile;
  /** `unknown`: no checksum came with it, as with a file that a user put into the folder. */
  readonly status: 'right' | 'wrong' | 'unknown';
  readonly expected?: string;
  readonly sha256?: string;
}

/**
 * @param name of a model, with or without a quantisation; all of them if absent. Projectors are always looked at.
 * @throws PixelwrightError `option-invalid`, `model-missing` (a file cannot be read), `cancelled`.
 */
export async function verifyModels(
  name: string | undefined,
  options: {
    readonly signal: AbortSignal;
    readonly environment?: Environment;
    readonly onProgress?: (progress: TransferProgress) => void;
  },
): Promise<Verified[]> {
  const environment = options.environment ?? process.env;
  const named = name === undefined ? undefined : parseName(name);
  const quantisation = named?.quantisation;
  const entries = named === undefined ? catalogue : [named.entry];
  const files = (await Promise.all(entries.map((entry) => localFiles(entry, environment)))).flat();
  const wanted = files.filter(
    (file) =>
      quantisation === undefined ||
      isPart(file.name, { role: 'model', quantisation }) ||
      /mmproj/i.test(file.name),
  );
  const verified: Verified[] = [];
  for (const file of wanted)
    verified.push(await verify(file, options.signal, options.onProgress ?? (() => {})));
  return verified;
}

async function verify(
  file: LocalFile,
  signal: AbortSignal,
  onProgress: (progress: TransferProgress) => void,
): Promise<Verified> {
  const expected =
    file.origin === 'store' ? (await readReceipt(file.path))?.sha256 : await hubCacheChecksum(file.path);
  if (expected === undefined) return { file, status: 'unknown' };
  const sha256 = await hashFile(file, signal, onProgress);
  return { file, status: sha256 === expected ? 'right' : 'wrong', expected, sha256 };
}

async function hashFile(
  file: LocalFile,
  signal: AbortSignal,
  onProgress: (progress: TransferProgress) => void,
): Promise<string> {
  const hash = createHash('sha256');
  const meter = new TransferMeter(file.name, file.bytes, onProgress);
  let read = 0;
  for await (const chunk of createReadStream(file.path, { highWaterMark: 1024 * 1024 })) {
    throwIfCancelled(signal);
    // A stream without an encoding gives buffers.
    const piece = chunk as Buffer;
    hash.update(piece);
    read += piece.length;
    meter.update(read, performance.now());
  }
  return hash.digest('hex');
}
