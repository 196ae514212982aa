/**
 * Writes GGUF version 3 files, tensors streamed. `@huggingface/gguf` reads such files, and the tests let it
 * check these; it can write metadata, but no tensor table, so writing is done here.
 * Layout: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
import { type FileHandle, open } from 'node:fs/promises';
import { bytesOf, type TensorType } from './tensor-types.ts';

/** A metadata value with the type under which it is stored. */
export type MetadataValue =
  | { readonly type: 'uint32' | 'float32'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'array'; readonly of: 'int32' | 'float32'; readonly values: readonly number[] }
  | { readonly type: 'array'; readonly of: 'bool'; readonly values: readonly boolean[] }
  | { readonly type: 'array'; readonly of: 'string'; readonly values: readonly string[] };

export type Metadata = Readonly<Record<string, MetadataValue>>;

export interface Tensor {
  readonly name: string;
  /** ggml's order: the first dimension is the one whose elements lie side by side. */
  readonly shape: readonly number[];
  readonly type: TensorType;
  /** The stored bytes in as many pieces as is handy; they must add up to the tensor's size. */
  readonly pieces: () => Iterable<Uint8Array>;
}

/** What each tensor begins at a multiple of, in bytes; the format's default. */
const alignment = 32;

/** Numbers of the format for the types of metadata. */
const valueTypes = { uint32: 4, int32: 5, float32: 6, bool: 7, string: 8, array: 9 } as const;

/** ggml's numbers for the types of tensors. */
const tensorTypes: Readonly<Record<TensorType, number>> = { f32: 0, f16: 1, q8_0: 8, q4_k: 12, q6_k: 14 };

/**
 * Writes a GGUF file, one piece of one tensor in memory at a time.
 * @throws `signal`'s reason when it fires.
 * @throws Error when a tensor's pieces are not as long as its shape and type say.
 */
export async function writeGguf(
  path: string,
  metadata: Metadata,
  tensors: readonly Tensor[],
  signal?: AbortSignal,
): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await write(file, header(metadata, tensors));
    for (const tensor of tensors) await writeTensor(file, tensor, signal);
  } finally {
    await file.close();
  }
}

async function writeTensor(file: FileHandle, tensor: Tensor, signal?: AbortSignal): Promise<void> {
  const expected = bytesOf(tensor.type, tensor.shape);
  let written = 0;
  for (const piece of tensor.pieces()) {
    signal?.throwIfAborted();
    await write(file, piece);
    written += piece.length;
  }
  if (written !== expected) {
    throw new Error(`Tensor ${tensor.name} should have ${expected} bytes; its pieces have ${written}.`);
  }
  await write(file, new Uint8Array(padding(written)));
}

async function write(file: FileHandle, bytes: Uint8Array): Promise<void> {
  let done = 0;
  while (done < bytes.length) done += (await file.write(bytes, done)).bytesWritten;
}

function padding(length: number): number {
  return (alignment - (length % alignment)) % alignment;
}

/** Everything before the first tensor's bytes, padded. */
function header(metadata: Metadata, tensors: readonly Tensor[]): Uint8Array {
  const entries = Object.entries(metadata);
  const parts = [Buffer.from('GGUF'), uint32(3), uint64(tensors.length), uint64(entries.length)];
  for (const [key, value] of entries) {
    parts.push(string(key), uint32(valueTypes[value.type]), serialised(value));
  }
  let offset = 0;
  for (const { name, shape, type } of tensors) {
    parts.push(string(name), uint32(shape.length), ...shape.map(uint64));
    parts.push(uint32(tensorTypes[type]), uint64(offset));
    const bytes = bytesOf(type, shape);
    offset += bytes + padding(bytes);
  }
  const joined = Buffer.concat(parts);
  return Buffer.concat([joined, Buffer.alloc(padding(joined.length))]);
}

function serialised(value: MetadataValue): Buffer {
  switch (value.type) {
    case 'uint32':
      return uint32(value.value);
    case 'float32':
      return float32(value.value);
    case 'bool':
      return bool(value.value);
    case 'string':
      return string(value.value);
    case 'array':
      return Buffer.concat([uint32(valueTypes[value.of]), uint64(value.values.length), elements(value)]);
  }
}

function elements(value: MetadataValue & { readonly type: 'array' }): Buffer {
  switch (value.of) {
    case 'int32':
      return Buffer.concat(value.values.map(int32));
    case 'float32':
      return Buffer.concat(value.values.map(float32));
    case 'bool':
      return Buffer.concat(value.values.map(bool));
    case 'string':
      return Buffer.concat(value.values.map(string));
  }
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}

function float32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function bool(value: boolean): Buffer {
  return Buffer.from([value ? 1 : 0]);
}

function string(value: string): Buffer {
  const text = Buffer.from(value);
  return Buffer.concat([uint64(text.length), text]);
}
