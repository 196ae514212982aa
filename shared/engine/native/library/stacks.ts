/** Stacks for foreign calls that are large enough for ggml. */
import koffi from 'koffi';

/** ggml computes on the calling thread too; the default for asynchronous calls, 128 KiB, is too small for it. */
const stackBytes = 8 * 1024 * 1024;

/** To be called before any library is opened by koffi, which refuses it afterwards. May be called again. */
export function growStacks(): void {
  const now = koffi.config();
  if (now.async_stack_size === stackBytes) return;
  koffi.config({ ...now, async_stack_size: stackBytes, sync_stack_size: stackBytes });
}
