/** How a host loads the engine inside pixelwright: only when a request needs it. */
import type { Log } from '../../log.ts';
import type { LoadEngine } from './loaded-model.ts';

/** Until a model is wanted nothing native is loaded, so that a host is there within milliseconds. */
export function nativeLoader(log: Log): LoadEngine {
  return async ({ name: _, ...options }, { signal, onProgress }) => {
    const { loadNativeEngine } = await import('../native/native-engine.ts');
    return await loadNativeEngine({ ...options, log }, { signal, onProgress });
  };
}
