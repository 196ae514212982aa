/** Ends a host that nobody has needed for a while. */

export interface LingerOptions {
  /** Milliseconds without being touched. */
  readonly lingerMs: number;
  /** True while a request runs or a model is in memory. */
  readonly isBusy: () => boolean;
  readonly end: () => void;
}

export class Linger {
  readonly #options: LingerOptions;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: LingerOptions) {
    this.#options = options;
    this.touch();
  }

  /** Somebody was here, or something ended. */
  touch(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#options.isBusy()) this.touch();
      else this.#options.end();
    }, this.#options.lingerMs);
    this.#timer.unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
