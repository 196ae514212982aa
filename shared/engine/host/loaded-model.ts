/** A model that is in memory or on its way there, shared by the requests that want it. */
import { cancelled } from '../../errors.ts';
import type { Engine, StageProgressPart } from '../engine.ts';
import { modelKey, type WantedModel } from './wanted-model.ts';

/**
 * Makes an engine that is ready to answer.
 * @throws PixelwrightError whatever is wrong with the libraries, the model or the memory.
 */
export type LoadEngine = (wanted: WantedModel, options: LoadEngineOptions) => Promise<Engine>;

export interface LoadEngineOptions {
  /** Fires when nobody waits for the model any more. */
  readonly signal: AbortSignal;
  /** @param fraction 0..1; absent where it cannot be told. */
  readonly onProgress: (fraction?: number) => void;
}

export interface LoadedModel {
  readonly wanted: WantedModel;
  readonly key: string;
  readonly isReady: boolean;
  /** Requests that use it or wait for it to be loaded. */
  users: number;
  /** No new request gets it, and it is unloaded when the last one has left. */
  retired: boolean;
  /** @throws PixelwrightError `cancelled`, or what loading throws. */
  ready(signal: AbortSignal, onStage: (part: StageProgressPart) => void): Promise<Engine>;
  /** Ends loading, or closes the engine. */
  close(): Promise<void>;
}

/** Starts loading; an error reaches everybody who calls `ready`. */
export function loadModel(wanted: WantedModel, load: LoadEngine): LoadedModel {
  const ending = new AbortController();
  const watchers = new Set<(part: StageProgressPart) => void>();
  let latest: StageProgressPart = { type: 'stage-progress', stage: 'loading' };
  const onProgress = (fraction?: number): void => {
    latest = { type: 'stage-progress', stage: 'loading', ...(fraction === undefined ? {} : { fraction }) };
    for (const watcher of watchers) watcher(latest);
  };
  const engine = load(wanted, { signal: ending.signal, onProgress });
  let isReady = false;
  const loaded: LoadedModel = {
    wanted,
    key: modelKey(wanted),
    users: 0,
    retired: false,
    get isReady() {
      return isReady;
    },
    ready: async (signal, onStage) => {
      if (!isReady) onStage(latest);
      watchers.add(onStage);
      try {
        return await abortable(engine, signal);
      } finally {
        watchers.delete(onStage);
      }
    },
    close: async () => {
      ending.abort(cancelled('the model is unloaded'));
      const opened = await engine.catch(() => undefined);
      await opened?.close();
    },
  };
  engine.then(
    () => {
      isReady = true;
    },
    () => {
      loaded.retired = true;
    },
  );
  return loaded;
}

/** Waits for `work`, but no longer than until `signal` fires; `work` itself goes on. */
export function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(cancelled(signal.reason));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
