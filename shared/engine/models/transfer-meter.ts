/** How far a transfer is, how fast it is, and how long it will take. */

export interface TransferProgress {
  /** Name of the file. */
  readonly file: string;
  readonly receivedBytes: number;
  readonly totalBytes: number;
  /** Over the last ten seconds; absent until there is something to measure. */
  readonly bytesPerSecond?: number;
  readonly secondsLeft?: number;
}

const windowMs = 10_000;
/** Ten times a second is as often as an eye follows. */
const reportMs = 100;

export class TransferMeter {
  readonly #file: string;
  readonly #total: number;
  readonly #report: (progress: TransferProgress) => void;
  #marks: { readonly time: number; readonly bytes: number }[] = [];
  #reported = Number.NEGATIVE_INFINITY;

  constructor(file: string, totalBytes: number, report: (progress: TransferProgress) => void) {
    this.#file = file;
    this.#total = totalBytes;
    this.#report = report;
  }

  /**
   * Tells that `bytes` are here in all; fewer than before begin the measurement anew.
   * @param now milliseconds of a clock that only goes forward.
   */
  update(bytes: number, now: number): void {
    if (bytes < (this.#marks.at(-1)?.bytes ?? 0)) this.#marks = [];
    this.#marks = this.#marks.filter(({ time }) => now - time <= windowMs);
    if (now - (this.#marks.at(-1)?.time ?? Number.NEGATIVE_INFINITY) >= reportMs) {
      this.#marks.push({ time: now, bytes });
    }
    if (now - this.#reported < reportMs && bytes < this.#total) return;
    this.#reported = now;
    this.#report(this.#progress(bytes, now));
  }

  #progress(bytes: number, now: number): TransferProgress {
    const at = { file: this.#file, receivedBytes: bytes, totalBytes: this.#total };
    const [first] = this.#marks;
    if (first === undefined || now - first.time < reportMs || bytes <= first.bytes) return at;
    const bytesPerSecond = ((bytes - first.bytes) * 1000) / (now - first.time);
    return { ...at, bytesPerSecond, secondsLeft: (this.#total - bytes) / bytesPerSecond };
  }
}
