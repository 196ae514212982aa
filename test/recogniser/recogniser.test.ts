/** The recogniser as its callers see it: empty input, cancelling, missing languages, threads that end. */
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { PixelwrightError } from '../../shared/errors.ts';
import { createRecogniser, type LineImage, type Recogniser } from '../../shared/facts/recogniser/index.ts';
import { renderLines } from './rendered-lines.ts';

const never = new AbortController().signal;
const blank: LineImage = { ink: new Uint8Array(40 * 12), width: 40, height: 12 };
const noise: LineImage = {
  ink: Uint8Array.from({ length: 60 * 14 }, (_, index) => (index * 7919) % 256),
  width: 60,
  height: 14,
};

let recogniser: Recogniser | undefined;
afterEach(async () => {
  await recogniser?.close();
  recogniser = undefined;
});

describe('recogniser', () => {
  it('answers one entry a line, also for none, for blank ones, and for equal ones', async () => {
    recogniser = await createRecogniser({ languages: ['en'], workers: 1 });
    expect(await recogniser.recognise([], never)).toEqual([]);
    const [word] = await renderLines([{ text: 'Settings', size: 16, family: 'Test Roboto' }]);
    const image = word?.image ?? blank;
    const lines = await recogniser.recognise(
      [blank, image, { ...image, ink: image.ink.slice() }, blank],
      never,
    );
    expect(lines.map(({ text }) => text)).toEqual(['', 'Settings', 'Settings', '']);
    expect(lines[0]).toEqual({ text: '', words: [], confidence: 0 });
  });

  it('is not sure of what is no text', async () => {
    recogniser = await createRecogniser({ languages: ['en'], workers: 1 });
    const [line] = await recogniser.recognise([noise], never);
    expect(line?.confidence).toBeLessThan(0.5);
  });

  it('throws the signal’s reason as a cancelled error, before and while it reads', async () => {
    recogniser = await createRecogniser({ languages: ['en'], workers: 1 });
    const reason = new Error('the user pressed Ctrl-C');
    const early = AbortSignal.abort(reason);
    await expect(recogniser.recognise([noise], early)).rejects.toMatchObject({
      code: 'cancelled',
      cause: reason,
    });
    const stop = new AbortController();
    const many = Array.from({ length: 200 }, (_, index) => ({
      ...noise,
      ink: noise.ink.map((ink) => (ink + index) % 256),
    }));
    const reading = recogniser.recognise(many, stop.signal);
    setImmediate(() => stop.abort(reason));
    await expect(reading).rejects.toBeInstanceOf(PixelwrightError);
    await expect(reading).rejects.toMatchObject({ code: 'cancelled', cause: reason });
    // The workers are still usable afterwards.
    expect(await recogniser.recognise([blank], never)).toHaveLength(1);
  });

  it('reads with Chinese alone', async () => {
    recogniser = await createRecogniser({ languages: ['zh-Hans'], workers: 1 });
    const [word] = await renderLines([{ text: '忘记密码', size: 20, family: 'Noto Sans SC' }]);
    const [line] = await recogniser.recognise([word?.image ?? blank], never);
    expect(line?.text).toBe('忘记密码');
  });

  it('can be closed twice', async () => {
    const one = await createRecogniser({ languages: ['en'], workers: 1 });
    await one.close();
    await expect(one.close()).resolves.toBeUndefined();
  });

  it('names no address on the network', () => {
    const source = readFileSync(new URL('../../shared/facts/recogniser/reader.ts', import.meta.url), 'utf8');
    expect(source).toContain("cacheMethod: 'none'");
    expect(source).not.toMatch(/https?:/);
  });
});
