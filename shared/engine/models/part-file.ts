/** The bytes of a download that have come so far: kept over cuts and runs, hashed as they come. */
import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { PixelwrightError, throwIfCancelled } from '../../errors.ts';
import type { HubFile } from './listing.ts';
import { partNotePath, partPath, type Receipt, readNote, receiptPath } from './store-layout.ts';

const readBytes = 4 * 1024 * 1024;

/** Which file the bytes belong to, and the `ETag` under which they were sent. */
const noteSchema = z.object({ sha256: z.string(), bytes: z.number(), etag: z.string().optional() });

/** Open until `close`, `finish` or `discard`. */
export class PartFile {
  readonly #target: string;
  readonly #file: HubFile;
  readonly #handle: FileHandle;
  #hash: Hash = createHash('sha256');
  #received = 0;
  #etag: string | undefined;

  private constructor(target: string, file: HubFile, handle: FileHandle) {
    this.#target = target;
    this.#file = file;
    this.#handle = handle;
  }

  /**
   * Opens `<target>.part`; bytes of the same file are kept and hashed, those of another are dropped.
   * @throws PixelwrightError `output-not-writable`, `cancelled`.
   */
  static async open(target: string, file: HubFile, signal: AbortSignal): Promise<PartFile> {
    const note = await readNote(partNotePath(target), noteSchema);
    const same = note?.sha256 === file.sha256 && note.bytes === file.bytes;
    const part = new PartFile(target, file, await makeAndOpen(partPath(target)));
    try {
      if (same) await part.#resume(note.etag, signal);
      else await part.restart(undefined);
      return part;
    } catch (error) {
      await part.close();
      throw error;
    }
  }

  /** Bytes that are here. */
  get received(): number {
    return this.#received;
  }

  get etag(): string | undefined {
    return this.#etag;
  }

  /** Drops what is here; what comes next is sent under `etag`. */
  async restart(etag: string | undefined): Promise<void> {
    await this.#handle.truncate(0);
    this.#hash = createHash('sha256');
    this.#received = 0;
    this.#etag = etag;
    await this.#writeNote();
  }

  /** @throws PixelwrightError `output-not-writable`. */
  async append(bytes: Uint8Array): Promise<void> {
    try {
      await this.#handle.appendFile(bytes);
    } catch (cause) {
      throw notWritable(partPath(this.#target), cause);
    }
    this.#hash.update(bytes);
    this.#received += bytes.length;
  }

  /**
   * Checks the whole against its SHA-256, writes the receipt, and gives the file its name in one step.
   * @throws PixelwrightError `model-corrupt`: then the bytes are deleted, for they can never become right.
   */
  async finish(receipt: Receipt): Promise<void> {
    const came = this.#hash.copy().digest('hex');
    if (came !== this.#file.sha256) {
      await this.discard();
      throw new PixelwrightError(
        'model-corrupt',
        `Expected ${this.#file.name} with the SHA-256 ${this.#file.sha256}; what came has ${came}. The download was deleted.`,
        {
          next: 'Run the command again; if this repeats, something on the way alters the file: try another network or another hub.',
          details: { file: this.#file.name, expected: this.#file.sha256, came },
        },
      );
    }
    await this.#handle.sync();
    await this.#handle.close();
    await writeWhole(receiptPath(this.#target), receipt);
    await rename(partPath(this.#target), this.#target);
    await rm(partNotePath(this.#target), { force: true });
  }

  /** Closes and deletes the bytes. */
  async discard(): Promise<void> {
    await this.#handle.close();
    await rm(partPath(this.#target), { force: true });
    await rm(partNotePath(this.#target), { force: true });
  }

  /** Closes and keeps the bytes. May be called after `finish` and `discard`. */
  async close(): Promise<void> {
    await this.#handle.close();
  }

  async #resume(etag: string | undefined, signal: AbortSignal): Promise<void> {
    this.#etag = etag;
    const { size } = await this.#handle.stat();
    if (size > this.#file.bytes) return await this.restart(undefined);
    const buffer = Buffer.alloc(Math.min(readBytes, size));
    while (this.#received < size) {
      throwIfCancelled(signal);
      const { bytesRead } = await this.#handle.read(buffer, 0, buffer.length, this.#received);
      if (bytesRead === 0) break;
      this.#hash.update(buffer.subarray(0, bytesRead));
      this.#received += bytesRead;
    }
  }

  async #writeNote(): Promise<void> {
    const { sha256, bytes } = this.#file;
    const note = { sha256, bytes, ...(this.#etag === undefined ? {} : { etag: this.#etag }) };
    await writeWhole(partNotePath(this.#target), note);
  }
}

async function makeAndOpen(file: string): Promise<FileHandle> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    return await open(file, 'a+');
  } catch (cause) {
    throw notWritable(file, cause);
  }
}

/** Writes JSON beside and renames, so that a reader never sees half of it. */
async function writeWhole(file: string, value: unknown): Promise<void> {
  const fresh = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(fresh, `${JSON.stringify(value, null, 2)}\n`);
    await rename(fresh, file);
  } catch (cause) {
    await rm(fresh, { force: true });
    throw notWritable(file, cause);
  }
}

/** A full disk and a folder of someone else, told apart. */
export function notWritable(file: string, cause: unknown): PixelwrightError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  return new PixelwrightError(
    'output-not-writable',
    full ? `The disk is full: ${file} cannot grow.` : `${file} cannot be written (${code}).`,
    {
      next: full
        ? 'Free some space and run the command again: it goes on where it stopped.'
        : 'Make the folder writable, or set PIXELWRIGHT_HOME to another one.',
      details: { file, code },
      cause,
    },
  );
}
