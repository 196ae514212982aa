/** A GGUF file's keys and tensors, read with checks: ggml itself ends the process at a wrong type. */
import { type FileHandle, open } from 'node:fs/promises';
import koffi from 'koffi';
import { PixelwrightError } from '../../../errors.ts';
import { pointers } from '../library/memory.ts';
import type { Pointer } from '../library/types.ts';
import { type VisionGgml, valueType } from './ggml.ts';

export interface FileTensor {
  readonly name: string;
  /** `enum ggml_type`. */
  readonly type: number;
  /** ggml's order, the fastest dimension first; trailing ones are left out. */
  readonly shape: readonly number[];
  /** From the start of the file, in bytes. */
  readonly offset: number;
  readonly bytes: number;
}

export class GgufFile {
  readonly #ggml: VisionGgml;
  readonly #file: FileHandle;
  readonly #bytes: number;
  readonly #gguf: Pointer;
  /** Of the tensors without data that come with the keys. */
  readonly #context: Pointer | null;
  readonly path: string;

  private constructor(
    ggml: VisionGgml,
    path: string,
    file: FileHandle,
    bytes: number,
    gguf: Pointer,
    context: Pointer | null,
  ) {
    this.#ggml = ggml;
    this.path = path;
    this.#file = file;
    this.#bytes = bytes;
    this.#gguf = gguf;
    this.#context = context;
  }

  /**
   * @throws PixelwrightError `model-missing` if there is no such file, `model-corrupt` if it is no GGUF file.
   */
  static async open(ggml: VisionGgml, path: string): Promise<GgufFile> {
    let file: FileHandle;
    try {
      file = await open(path, 'r');
    } catch (cause) {
      throw new PixelwrightError('model-missing', `There is no projector file at ${path} that can be read.`, {
        next: 'Get one with "pixelwright models pull", or name another file with --mmproj.',
        cause,
      });
    }
    try {
      const { size } = await file.stat();
      const made = pointers(1);
      const gguf = await ggml.gguf_init_from_file.later(path, { no_alloc: true, ctx: made });
      if (gguf === null) throw corrupt(path, 'it is not a GGUF file, or is cut short');
      const context = made[0] ?? 0n;
      return new GgufFile(ggml, path, file, size, gguf, context === 0n ? null : context);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** A whole number that the file must have. @throws PixelwrightError `model-corrupt`. */
  integer(key: string): number {
    const id = this.#find(key, valueType.u32, 'a whole number');
    return this.#ggml.gguf_get_val_u32(this.#gguf, id);
  }

  float(key: string): number {
    const id = this.#find(key, valueType.f32, 'a number');
    return this.#ggml.gguf_get_val_f32(this.#gguf, id);
  }

  text(key: string): string {
    const id = this.#find(key, valueType.text, 'a text');
    return this.#ggml.gguf_get_val_str(this.#gguf, id) ?? '';
  }

  /** False where the file does not say. */
  flag(key: string): boolean {
    if (this.#ggml.gguf_find_key(this.#gguf, key) < 0) return false;
    return this.#ggml.gguf_get_val_bool(this.#gguf, this.#find(key, valueType.bool, 'true or false'));
  }

  has(key: string): boolean {
    return this.#ggml.gguf_find_key(this.#gguf, key) >= 0;
  }

  /** @param length that the list must have at least. */
  floats(key: string, length: number): number[] {
    const id = this.#find(key, valueType.array, 'a list');
    const data = this.#ggml.gguf_get_arr_type(this.#gguf, id) === valueType.f32 ? this.#arrayData(id) : null;
    if (data === null || this.#ggml.gguf_get_arr_n(this.#gguf, id) < length) {
      throw this.corrupt(`${key} is not a list of ${length} numbers`);
    }
    // Typed as unknown by koffi; the type and the length were checked above.
    return Array.from(koffi.decode(data, 'float', length) as ArrayLike<number>);
  }

  /** Undefined if the file has no tensor of this name. @throws PixelwrightError `model-corrupt` if it is cut. */
  tensor(name: string): FileTensor | undefined {
    const id = this.#ggml.gguf_find_tensor(this.#gguf, name);
    if (id < 0) return undefined;
    const offset =
      this.#ggml.gguf_get_data_offset(this.#gguf) + this.#ggml.gguf_get_tensor_offset(this.#gguf, id);
    const bytes = this.#ggml.gguf_get_tensor_size(this.#gguf, id);
    if (offset + bytes > this.#bytes) {
      throw this.corrupt(`it ends at byte ${this.#bytes}, but ${name} goes on to ${offset + bytes}`);
    }
    return {
      name,
      type: this.#ggml.gguf_get_tensor_type(this.#gguf, id),
      shape: this.#shape(id),
      offset,
      bytes,
    };
  }

  /** Fills `target` with the bytes from `offset` on. @throws PixelwrightError `model-corrupt` at an early end. */
  async read(offset: number, target: Uint8Array<ArrayBuffer>): Promise<void> {
    let done = 0;
    while (done < target.byteLength) {
      const { bytesRead } = await this.#file.read(target, done, target.byteLength - done, offset + done);
      if (bytesRead === 0) throw this.corrupt(`it ended at byte ${offset + done} while it was read`);
      done += bytesRead;
    }
  }

  corrupt(reason: string): PixelwrightError {
    return corrupt(this.path, reason);
  }

  async close(): Promise<void> {
    this.#ggml.gguf_free(this.#gguf);
    if (this.#context !== null) this.#ggml.ggml_free(this.#context);
    await this.#file.close();
  }

  #find(key: string, type: number, expected: string): number {
    const id = this.#ggml.gguf_find_key(this.#gguf, key);
    if (id < 0) throw this.corrupt(`the key ${key} is absent`);
    if (this.#ggml.gguf_get_kv_type(this.#gguf, id) !== type) throw this.corrupt(`${key} is not ${expected}`);
    return id;
  }

  #arrayData(id: number): Pointer | null {
    return this.#ggml.gguf_get_arr_data(this.#gguf, id);
  }

  #shape(id: number): number[] {
    const sizes = this.#ggml.gguf_get_tensor_ne(this.#gguf, id);
    // `int64_t[4]` by gguf.h; sizes are far below 2^53.
    const all =
      sizes === null ? [] : Array.from(koffi.decode(sizes, 'int64_t', 4) as ArrayLike<number | bigint>);
    const shape = all.map(Number);
    while (shape.length > 1 && shape.at(-1) === 1) shape.pop();
    return shape;
  }
}

function corrupt(path: string, reason: string): PixelwrightError {
  return new PixelwrightError('model-corrupt', `The projector file ${path} cannot be used: ${reason}.`, {
    next: 'Take the mmproj file that belongs to the Qwen3-VL model, check it with "pixelwright models verify", or download it again.',
    details: { path, reason },
  });
}
