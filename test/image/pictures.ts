/** Pictures made for the tests, and the context and expectations that the tests share. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { expect, onTestFinished } from 'vitest';
import { defaultLimits, type Limits } from '../../shared/config.ts';
import { createContext, type RunContext } from '../../shared/context.ts';
import { PixelwrightError } from '../../shared/errors.ts';
import type { PictureSource } from '../../shared/image/index.ts';

export function context(limits: Partial<Limits> = {}): RunContext {
  return createContext(new AbortController().signal, { limits: { ...defaultLimits, ...limits } });
}

export const reference = (text: string): PictureSource => ({ kind: 'reference', reference: text });
export const bytesOf = (bytes: Uint8Array, name = 'made.bin'): PictureSource => ({
  kind: 'bytes',
  bytes,
  name,
});

/** A plain picture: one colour, `width` × `height`. */
export function plain(width: number, height: number, background = '#3060c0'): Sharp {
  return sharp({ create: { width, height, channels: 3, background } });
}

/** A left half in one colour and a right half in another, to tell orientation and mapping. */
export function halves(width: number, height: number, left = '#ff0000', right = '#0000ff'): Sharp {
  const part = { create: { width: width / 2, height, channels: 3, background: right } } as const;
  return plain(width, height, left).composite([{ input: part, left: width / 2, top: 0 }]);
}

/** A folder that is gone after the test. */
export async function folder(files: Readonly<Record<string, Uint8Array | string>> = {}): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'pixelwright-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) await writeFile(join(path, name), content);
  return path;
}

/** A PNG of any claimed size whose pixel data is empty. */
export function pngHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync('')),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const result = Buffer.alloc(body.length + 8);
  result.writeUInt32BE(data.length, 0);
  body.copy(result, 4);
  result.writeUInt32BE(crc32(body), body.length + 4);
  return result;
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** A 24-bit Windows bitmap, 2 × 2: red, green over blue, white. */
export function bitmap(): Buffer {
  const file = Buffer.alloc(54 + 16);
  file.write('BM', 'latin1');
  for (const [at, value] of [
    [2, 70],
    [10, 54],
    [14, 40],
    [18, 2],
    [22, 2],
    [34, 16],
  ] as const)
    file.writeUInt32LE(value, at);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  file.set([255, 0, 0, 255, 255, 255, 0, 0, 0, 0, 255, 0, 255, 0, 0, 0], 54);
  return file;
}

/** The error that `work` must end with. */
export async function failure(work: Promise<unknown>): Promise<PixelwrightError> {
  const outcome = await work.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if (!('error' in outcome)) throw new Error('expected a failure, but it succeeded');
  expect(outcome.error).toBeInstanceOf(PixelwrightError);
  if (!(outcome.error instanceof PixelwrightError)) throw outcome.error;
  return outcome.error;
}
