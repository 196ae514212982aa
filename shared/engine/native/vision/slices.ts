/** Cuts work of the main thread into slices that leave room for other events. */
import { setImmediate } from 'node:timers/promises';
import { throwIfCancelled } from '../../../errors.ts';

/** Milliseconds of work at a stretch: other streams share this thread. */
const sliceMs = 6;

/** Between two bits of work, call `await slices.rest()`; it lets events pass when the slice is over. */
export interface Slices {
  /** Steps between two looks at the clock: `if (slices.isOver()) await slices.rest()`. */
  isOver(): boolean;
  /** @throws PixelwrightError `cancelled`. */
  rest(): Promise<void>;
}

export function createSlices(signal: AbortSignal): Slices {
  let end = performance.now() + sliceMs;
  return {
    isOver: () => performance.now() >= end,
    async rest() {
      await setImmediate();
      throwIfCancelled(signal);
      end = performance.now() + sliceMs;
    },
  };
}
