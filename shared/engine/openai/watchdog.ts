/** Calls back when nothing has happened for too long. */

export class Watchdog {
  readonly #onSilence: (limitMs: number) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(onSilence: (limitMs: number) => void) {
    this.#onSilence = onSilence;
  }

  /** Starts over. @param limitMs longest silence, in milliseconds. */
  watch(limitMs: number): void {
    this.stop();
    this.#timer = setTimeout(() => this.#onSilence(limitMs), limitMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
