/** The one model in memory: loaded when a request wants it, swapped when another is wanted, unloaded when idle. */
import { throwIfCancelled } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { Engine, StageProgressPart } from '../engine.ts';
import { type LoadEngine, type LoadedModel, loadModel } from './loaded-model.ts';
import { modelKey, modelName, type WantedModel } from './wanted-model.ts';

export interface Lease {
  readonly engine: Engine;
  /** Must be called once. @param broken the engine failed in a way that it may not recover from. */
  release(broken: boolean): void;
}

export interface AcquireOptions {
  readonly signal: AbortSignal;
  readonly onStage: (part: StageProgressPart) => void;
}

export interface ModelSlotOptions {
  readonly load: LoadEngine;
  /** Milliseconds without a request after which the model is unloaded. */
  readonly idleMs: number;
  readonly log: Log;
}

interface Waiter {
  readonly key: string;
  readonly wanted: WantedModel;
  readonly admit: (loaded: LoadedModel) => void;
}

/**
 * Requests for the loaded model run side by side. One for another model waits until those before it have
 * ended, and those that come after it wait behind it, so that neither model can starve the other.
 */
export class ModelSlot {
  readonly #options: ModelSlotOptions;
  readonly #queue: Waiter[] = [];
  #current: LoadedModel | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  #pumping: Promise<void> | undefined;
  #idleMs: number;

  constructor(options: ModelSlotOptions) {
    this.#options = options;
    this.#idleMs = options.idleMs;
  }

  /** The model in memory or being loaded. */
  get current(): LoadedModel | undefined {
    return this.#current;
  }

  /** Requests that wait for another model to end. */
  get waiting(): number {
    return this.#queue.length;
  }

  get idleMs(): number {
    return this.#idleMs;
  }

  /** Milliseconds without a request after which the model is unloaded; holds from the next time it is idle. */
  set idleMs(value: number) {
    this.#idleMs = value;
  }

  /**
   * Waits for the model.
   * @throws PixelwrightError `cancelled`, and whatever loading it throws.
   */
  async acquire(wanted: WantedModel, { signal, onStage }: AcquireOptions): Promise<Lease> {
    throwIfCancelled(signal);
    const loaded = await this.#admission(wanted, signal, onStage);
    const leave = (): void => this.#leave(loaded);
    try {
      const engine = await loaded.ready(signal, onStage);
      let released = false;
      return {
        engine,
        release: (broken) => {
          if (released) return;
          released = true;
          if (broken) loaded.retired = true;
          leave();
        },
      };
    } catch (error) {
      leave();
      throw error;
    }
  }

  /** Unloads; requests that still run must have been ended before. */
  async close(): Promise<void> {
    this.#retire();
    for (let pumping = this.#pump(); pumping; pumping = this.#pumping) await pumping;
  }

  /** A place among the users of the wanted model, which need not be ready yet. */
  #admission(
    wanted: WantedModel,
    signal: AbortSignal,
    onStage: AcquireOptions['onStage'],
  ): Promise<LoadedModel> {
    return new Promise((resolve, reject) => {
      let admitted = false;
      const onAbort = (): void => {
        const place = this.#queue.indexOf(waiter);
        if (place >= 0) this.#queue.splice(place, 1);
        try {
          throwIfCancelled(signal);
        } catch (error) {
          reject(error);
        }
        // Others may have waited behind this one alone.
        void this.#pump();
      };
      const waiter: Waiter = {
        key: modelKey(wanted),
        wanted,
        admit: (loaded) => {
          admitted = true;
          signal.removeEventListener('abort', onAbort);
          resolve(loaded);
        },
      };
      this.#queue.push(waiter);
      signal.addEventListener('abort', onAbort, { once: true });
      void this.#pump();
      if (!admitted) onStage({ type: 'stage-progress', stage: 'waiting' });
    });
  }

  /** Lets in whoever can be let in. One runs at a time; it never rejects. */
  #pump(): Promise<void> | undefined {
    if (this.#pumping) return this.#pumping;
    const work = this.#admitAll();
    if (work === undefined) return undefined;
    this.#pumping = work.finally(() => {
      this.#pumping = undefined;
      // What came while a model was being unloaded.
      void this.#pump();
    });
    return this.#pumping;
  }

  /** Admits without a pause as long as it can; a promise where a model has to be unloaded first. */
  #admitAll(): Promise<void> | undefined {
    for (;;) {
      const current = this.#current;
      const head = this.#queue[0];
      const wrong = current !== undefined && (current.retired || (head && head.key !== current.key));
      if (current && wrong) {
        if (current.users > 0) return undefined;
        return this.#unload(current);
      }
      if (head === undefined) return undefined;
      this.#queue.shift();
      this.#current ??= this.#begin(head.wanted);
      clearTimeout(this.#idleTimer);
      this.#current.users += 1;
      head.admit(this.#current);
    }
  }

  #begin(wanted: WantedModel): LoadedModel {
    this.#options.log.info(`loading ${modelName(wanted)}`);
    return loadModel(wanted, this.#options.load);
  }

  async #unload(loaded: LoadedModel): Promise<void> {
    await loaded.close().catch((error: unknown) => {
      this.#options.log.error(`${modelName(loaded.wanted)} did not close: ${String(error)}`);
    });
    this.#options.log.info(`unloaded ${modelName(loaded.wanted)}`);
    this.#current = undefined;
  }

  #leave(loaded: LoadedModel): void {
    loaded.users -= 1;
    // Nobody waits for it any more: what is left of the loading would be work for nothing.
    if (loaded.users === 0 && !loaded.isReady) loaded.retired = true;
    if (loaded.users === 0) {
      clearTimeout(this.#idleTimer);
      this.#idleTimer = setTimeout(() => this.#retire(), this.#idleMs);
      this.#idleTimer.unref();
    }
    void this.#pump();
  }

  #retire(): void {
    clearTimeout(this.#idleTimer);
    if (this.#current) this.#current.retired = true;
    void this.#pump();
  }
}
