/** Reads what a GGUF file says about itself, and checks that all it promises is in the file. */
import { open } from 'node:fs/promises';
import { PixelwrightError } from '../../errors.ts';
import { EndOfFile, GgufCursor } from './gguf-cursor.ts';

export interface GgufHeader {
  readonly version: number;
  /** Single values; lists (vocabulary, merges) are passed over. 64-bit numbers are numbers too. */
  readonly values: ReadonlyMap<string, string | number | boolean>;
  readonly tensors: number;
  /** Bytes before the first tensor's data. */
  readonly dataStart: number;
}

/** `gguf_type` of ggml's gguf.h, as bytes of one value; 8 is a string, 9 a list. */
const valueBytes: Readonly<Record<number, number>> = {
  0: 1, // uint8
  1: 1, // int8
  2: 2, // uint16
  3: 2, // int16
  4: 4, // uint32
  5: 4, // int32
  6: 4, // float32
  7: 1, // bool
  10: 8, // uint64
  11: 8, // int64
  12: 8, // float64
};

/** `ggml_type` of ggml.h → values a block and bytes a block (ggml-common.h), for those in use here. */
const blockSizes: Readonly<Record<number, readonly [values: number, bytes: number]>> = {
  0: [1, 4], // F32
  1: [1, 2], // F16
  2: [32, 18], // Q4_0
  8: [32, 34], // Q8_0
  10: [256, 84], // Q2_K
  11: [256, 110], // Q3_K
  12: [256, 144], // Q4_K
  13: [256, 176], // Q5_K
  14: [256, 210], // Q6_K
  30: [1, 2], // BF16
};

/** Above anything published; a damaged count is told at once instead of being walked through. */
const mostEntries = 1_000_000;

/**
 * Reads the header of `file` (tens of milliseconds for a vocabulary of 150 000 words; no weights are read).
 * @throws PixelwrightError `model-missing` (no such file), `model-corrupt` (no GGUF, unknown version, cut).
 */
export async function readGgufHeader(file: string): Promise<GgufHeader> {
  const handle = await open(file, 'r').catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
  try {
    const status = await handle.stat();
    if (!status.isFile()) throw corrupt(file, 'is a folder or a device');
    return await read(new GgufCursor(handle, status.size), file, status.size);
  } catch (error) {
    if (error instanceof EndOfFile) throw corrupt(file, 'ends in the middle of its header', error);
    throw error;
  } finally {
    await handle.close();
  }
}

async function read(cursor: GgufCursor, file: string, size: number): Promise<GgufHeader> {
  const start = (await cursor.bytes(Math.min(size, 4))).toString('latin1');
  if (start !== 'GGUF') throw corrupt(file, whatElse(start));
  const version = await cursor.unsigned32();
  if (version !== 2 && version !== 3) throw corrupt(file, `has GGUF version ${version}; known are 2 and 3`);
  const tensors = await cursor.unsigned64();
  const entries = await cursor.unsigned64();
  if (tensors > mostEntries || entries > mostEntries) {
    throw corrupt(file, `announces ${entries} entries and ${tensors} tensors, which cannot be`);
  }
  const values = new Map<string, string | number | boolean>();
  for (let index = 0; index < entries; index++) {
    const key = await cursor.text();
    const value = await readValue(cursor, await cursor.unsigned32(), file);
    if (value !== undefined) values.set(key, value);
  }
  let dataBytes = 0;
  for (let index = 0; index < tensors; index++) {
    dataBytes = Math.max(dataBytes, await tensorEnd(cursor));
  }
  const alignment = Number(values.get('general.alignment') ?? 32);
  if (!(alignment >= 1)) throw corrupt(file, `has the alignment ${alignment}`);
  const dataStart = Math.ceil(cursor.position / alignment) * alignment;
  if (dataStart + dataBytes > size) {
    throw corrupt(file, `has ${size} bytes of ${dataStart + dataBytes}: it is cut`);
  }
  return { version, values, tensors, dataStart };
}

/** One value, or undefined for a list, which is passed over. */
async function readValue(
  cursor: GgufCursor,
  type: number,
  file: string,
): Promise<string | number | boolean | undefined> {
  if (type === 8) return await cursor.text();
  if (type === 9) {
    await skipList(cursor, file, 0);
    return undefined;
  }
  const bytes = await cursor.bytes(sizeOf(type, file));
  if (type === 7) return bytes.readUInt8() !== 0;
  if (type === 6) return bytes.readFloatLE();
  if (type === 12) return bytes.readDoubleLE();
  if (type === 10) return Number(bytes.readBigUInt64LE());
  if (type === 11) return Number(bytes.readBigInt64LE());
  const signed = type === 1 || type === 3 || type === 5;
  return signed ? bytes.readIntLE(0, bytes.length) : bytes.readUIntLE(0, bytes.length);
}

async function skipList(cursor: GgufCursor, file: string, depth: number): Promise<void> {
  const type = await cursor.unsigned32();
  const count = await cursor.unsigned64();
  if (type === 8) await cursor.skipTexts(count);
  else if (type !== 9) cursor.skip(count * sizeOf(type, file));
  else {
    if (depth > 3) throw corrupt(file, 'has lists within lists within lists');
    for (let index = 0; index < count; index++) await skipList(cursor, file, depth + 1);
  }
}

function sizeOf(type: number, file: string): number {
  const size = valueBytes[type];
  if (size === undefined) throw corrupt(file, `holds a value of type ${type}, which is unknown`);
  return size;
}

/** Where the data of the next tensor ends, counted from the first tensor's; one byte for an unknown type. */
async function tensorEnd(cursor: GgufCursor): Promise<number> {
  await cursor.skipTexts(1);
  const dimensions = await cursor.unsigned32();
  let elements = 1;
  for (let index = 0; index < dimensions; index++) elements *= await cursor.unsigned64();
  const [values, bytes] = blockSizes[await cursor.unsigned32()] ?? [elements, 1];
  return (await cursor.unsigned64()) + Math.ceil(elements / values) * bytes;
}

/** What people save by mistake under a model's name. */
function whatElse(start: string): string {
  if (start === '') return 'is empty';
  if (/^(<!|<h|<\?)/i.test(start)) return 'is a web page, not a model';
  if (start === 'vers') return 'is a pointer of Git LFS, not the model itself';
  if (start.startsWith('PK')) return 'is a ZIP archive, not a GGUF file';
  return `begins with ${JSON.stringify(start)}, not with "GGUF"`;
}

function unreadable(file: string, cause: unknown): PixelwrightError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  const absent = code === 'ENOENT' || code === 'ENOTDIR';
  const what = absent ? 'there is no such file' : `it cannot be read (${code})`;
  return new PixelwrightError('model-missing', `Expected a model file at ${file}, but ${what}.`, {
    next: absent ? 'Correct the path.' : 'Make the file readable for this user.',
    details: { file, code },
    cause,
  });
}

function corrupt(file: string, how: string, cause?: unknown): PixelwrightError {
  return new PixelwrightError('model-corrupt', `Expected a GGUF model, but ${file} ${how}.`, {
    next: 'Download the file again; "pixelwright models verify" checks the ones that pixelwright downloaded.',
    details: { file },
    cause,
  });
}
