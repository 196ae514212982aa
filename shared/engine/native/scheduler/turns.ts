/** Lets others have the event loop now and then, in work that would hold it up from one decode to the next. */
import { setImmediate } from 'node:timers/promises';

/** Milliseconds of work at a stretch: several streams together may need 20 for their tokens. */
const longest = 4;

export class Turns {
  #since = 0;

  /** Call when the event loop has just been free. */
  begin(): void {
    this.#since = performance.now();
  }

  /** Gives the turn away if it has lasted long. */
  async pause(): Promise<void> {
    if (performance.now() - this.#since < longest) return;
    await setImmediate();
    this.begin();
  }
}
