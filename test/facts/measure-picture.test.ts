/** measurePicture works in a thread of its own, can be stopped, and says so when that thread breaks. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createContext, type ProgressEvent } from '../../shared/context.ts';
import { measurePicture } from '../../shared/facts/index.ts';
import type { SourcePicture } from '../../shared/image/index.ts';
import { openPageShots, type PageShots } from './support/page-shots.ts';

let shots: PageShots;
let picture: SourcePicture;
beforeAll(async () => {
  shots = await openPageShots();
  const words = [
    'A short list',
    'of a few lines',
    'to be read',
    'by the recogniser',
    'in little time',
    'and again',
  ];
  picture = await shots.shotOf(
    `<!doctype html><body style="font:20px 'DejaVu Sans'">${words.map((line) => `<p>${line}</p>`).join('')}`,
    { width: 320, height: 320 },
  );
});
afterAll(() => shots.close());

/** Threads that keep this process alive; the recogniser's threads belong to the worker's. */
const threads = (): number =>
  process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;

describe('measurePicture', () => {
  it('leaves the thread that calls it free', async () => {
    let turns = 0;
    let busy = true;
    const turn = (): void => {
      turns++;
      if (busy) setImmediate(turn);
    };
    setImmediate(turn);
    const turnsAtProgress: number[] = [];
    await measurePicture(
      picture,
      createContext(new AbortController().signal, { progress: () => turnsAtProgress.push(turns) }),
    );
    busy = false;
    // Whoever measured here would have let nothing else happen between two steps.
    expect(turnsAtProgress.length).toBeGreaterThanOrEqual(2);
    for (const [index, count] of turnsAtProgress.entries())
      expect(count).toBeGreaterThan(turnsAtProgress[index - 1] ?? 0);
  });

  it('tells its steps in order', async () => {
    const events: ProgressEvent[] = [];
    await measurePicture(
      picture,
      createContext(new AbortController().signal, { progress: (event) => events.push(event) }),
    );
    expect(events.every(({ stage }) => stage === 'measure')).toBe(true);
    const fractions = events.map(({ fraction }) => fraction ?? -1);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions[0]).toBeGreaterThanOrEqual(0);
    expect(fractions.at(-1)).toBeLessThanOrEqual(1);
  });

  it('gives the same facts each time, and leaves the picture as it was', async () => {
    const before = picture.raster.data.slice();
    const context = createContext(new AbortController().signal);
    const [first, second] = [await measurePicture(picture, context), await measurePicture(picture, context)];
    expect(second).toEqual(first);
    expect(picture.raster.data).toEqual(before);
  });
});

describe('cancelling', () => {
  it('before it begins starts nothing', async () => {
    const stopped = AbortSignal.abort();
    const before = threads();
    await expect(measurePicture(picture, createContext(stopped))).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(threads()).toBe(before);
  });

  it.each([0, 1, 2])('after step %i rejects, and the thread is gone', async (step) => {
    const stop = new AbortController();
    let steps = 0;
    const before = threads();
    const progress = (): void => {
      if (steps++ === step) stop.abort(new Error('the user has seen enough'));
    };
    await expect(measurePicture(picture, createContext(stop.signal, { progress }))).rejects.toMatchObject({
      name: 'PixelwrightError',
      code: 'cancelled',
      cause: { message: 'the user has seen enough' },
    });
    expect(steps).toBe(step + 1);
    expect(threads()).toBe(before);
  });

  it('of one leaves another alone', async () => {
    const stop = new AbortController();
    const other = measurePicture(picture, createContext(new AbortController().signal));
    const one = measurePicture(picture, createContext(stop.signal, { progress: () => stop.abort() }));
    await expect(one).rejects.toMatchObject({ code: 'cancelled' });
    expect((await other).lines.length).toBe(6);
  });
});

describe('a thread that breaks', () => {
  it('rejects with what went wrong there, and is gone', async () => {
    const broken = { ...picture, raster: { width: -4, height: 4, data: new Uint8Array(3) } };
    const before = threads();
    await expect(measurePicture(broken, createContext(new AbortController().signal))).rejects.toThrow(
      /Invalid typed array length: -16/,
    );
    expect(threads()).toBe(before);
  });
});
