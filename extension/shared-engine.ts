/** The one engine of this window: opened at the first need, opened anew when settings have changed. */
import type { Engine, Log, Settings } from '../shared/index.ts';
import { loadCore } from './load-core.ts';

export class SharedEngine {
  readonly #log: Log;
  #opened: { readonly key: string; readonly engine: Engine } | undefined;
  /** Engines of former settings, which somebody may still be using. */
  readonly #retired: Engine[] = [];
  #users = 0;

  constructor(log: Log) {
    this.#log = log;
  }

  /** Nothing is loaded before its first request. Undefined where there is no model; looked for again with each call. Throws as `openEngine`. */
  async get(settings: Settings): Promise<Engine | undefined> {
    const key = JSON.stringify(settings);
    if (this.#opened?.key === key) return this.#opened.engine;
    const { openEngine } = await loadCore();
    const engine = await openEngine(settings, this.#log);
    if (this.#opened !== undefined) this.#retired.push(this.#opened.engine);
    this.#opened = engine === undefined ? undefined : { key, engine };
    await this.#closeRetired();
    return engine;
  }

  /** While `work` runs no engine is closed that it may have got. */
  async use<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#users += 1;
    try {
      return await work();
    } finally {
      this.#users -= 1;
      await this.#closeRetired();
    }
  }

  /** A model has come or gone: the next call looks again. */
  async forget(): Promise<void> {
    if (this.#opened !== undefined) this.#retired.push(this.#opened.engine);
    this.#opened = undefined;
    await this.#closeRetired();
  }

  /** Ends running requests. */
  async close(): Promise<void> {
    this.#users = 0;
    await this.forget();
  }

  async #closeRetired(): Promise<void> {
    if (this.#users > 0) return;
    await Promise.all(this.#retired.splice(0).map(async (engine) => await engine.close()));
  }
}
