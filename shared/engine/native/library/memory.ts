/** Memory that JavaScript and C share, and how its contents come across. */
import koffi from 'koffi';
import type { Library } from './load.ts';
import { bind, type NativeFunction, type Pointer, type PointerArgument } from './types.ts';

/*
 * V8 keeps small typed arrays on its moving heap. An explicit ArrayBuffer always lies outside, at an
 * address that stays, so everything whose address C keeps is made here.
 */
export const int32s = (length: number): Int32Array<ArrayBuffer> =>
  new Int32Array(new ArrayBuffer(length * 4));
export const int8s = (length: number): Int8Array<ArrayBuffer> => new Int8Array(new ArrayBuffer(length));
export const float32s = (length: number): Float32Array<ArrayBuffer> =>
  new Float32Array(new ArrayBuffer(length * 4));
export const pointers = (length: number): BigUint64Array<ArrayBuffer> =>
  new BigUint64Array(new ArrayBuffer(length * 8));

/** The address of the first byte that `view` shows; valid as long as its ArrayBuffer lives. */
export function addressOfView(view: ArrayBufferView<ArrayBuffer>): Pointer {
  return koffi.address(view);
}

/** C's `memcpy`; `koffi.view` would not copy, but is refused where V8 forbids foreign memory (Electron). */
export type CopyMemory = NativeFunction<[PointerArgument, PointerArgument, number | bigint], Pointer | null>;

/** @returns `memcpy` of the C library that the engine's libraries are linked to. */
export function findCopyMemory({ handles }: Pick<Library, 'handles'>): CopyMemory {
  // dlsym looks through what a library depends on; Windows does not, and has it in its C runtime.
  const library = process.platform === 'win32' ? koffi.load('ucrtbase.dll') : handles.llama;
  return bind(library, { memcpy: ['pointer', 'pointer', 'pointer', 'u64'] }).memcpy;
}
