/** A flag that ggml's threads read between two operations, without calling into JavaScript. */
import { addressOf, type Library } from '../library/load.ts';
import type { Pointer } from '../library/types.ts';

export interface AbortFlag {
  /** `ggml_abort_callback` and its data. */
  readonly callback: Pointer;
  readonly data: Pointer;
  raise(): void;
  lower(): void;
  readonly raised: boolean;
  free(): void;
}

/**
 * Takes a ggml context for a boolean that C can read: `ggml_get_no_alloc(context)` has the very form of
 * an abort callback, and `ggml_set_no_alloc` sets what it answers.
 */
export function createAbortFlag({ ggml, handles }: Library): AbortFlag {
  const data = ggml.ggml_init({ mem_size: 4096, mem_buffer: null, no_alloc: false });
  if (data === null) throw new Error('ggml could not make a context of 4 KiB');
  let freed = false;
  return {
    callback: addressOf(handles.ggmlBase, 'ggml_get_no_alloc'),
    data,
    raise: () => ggml.ggml_set_no_alloc(data, true),
    lower: () => ggml.ggml_set_no_alloc(data, false),
    get raised() {
      return ggml.ggml_get_no_alloc(data);
    },
    free() {
      if (!freed) ggml.ggml_free(data);
      freed = true;
    },
  };
}
