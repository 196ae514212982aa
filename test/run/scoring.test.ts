/** Rendering and comparing happen in a thread of their own, and what comes back is as if they had not. */
import { describe, expect, it } from 'vitest';
import { createContext, type ProgressEvent } from '../../shared/context.ts';
import { PixelwrightError } from '../../shared/errors.ts';
import { silentLog } from '../../shared/log.ts';
import { inScoringWorker, renderFaultInWorker } from '../../shared/run/scoring/in-worker.ts';
import { findBrowser } from '../../shared/score/find-browser.ts';
import { plain } from '../image/pictures.ts';

const pageOf = (text: string) => [
  { path: 'a.html', content: `<!DOCTYPE html><title>A</title><p>${text}</p>` },
];

const failureOf = async (work: Promise<unknown>): Promise<PixelwrightError> => {
  const error = await work.then(
    () => expect.fail('It should have failed.'),
    (reason: unknown) => reason,
  );
  return error instanceof PixelwrightError ? error : expect.fail(String(error));
};

describe('the scoring worker', () => {
  it('tells what is wrong with a page, and its progress', async () => {
    const told: ProgressEvent[] = [];
    const context = createContext(new AbortController().signal, {
      progress: (event) => void told.push(event),
    });
    const { path: browserPath } = await findBrowser({});
    const [kept, lost] = await Promise.all([
      renderFaultInWorker(pageOf('Hello you'), pageOf('Hello me'), { browserPath }, context),
      renderFaultInWorker(pageOf('Hello you'), pageOf(''), { browserPath }, context),
    ]);
    expect(kept).toEqual({ warnings: [] });
    expect(lost.fault).toMatch(/^only 0 of 9 letters/);
    const bytes = await plain(40, 30).png().toBuffer();
    const source = { kind: 'bytes', bytes, name: 'a.png' } as const;
    const { same } = await inScoringWorker(
      'images',
      { expected: source, actual: source, options: {} },
      context,
    );
    expect(same).toBe(true);
    expect(told.map(({ stage }) => stage)).toContain('score');
  });

  it('passes errors on as they are, with code, next step and details', async () => {
    const context = createContext(new AbortController().signal, { log: silentLog });
    const expected = { kind: 'bytes', bytes: await plain(40, 30).png().toBuffer() } as const;
    const options = { browserPath: '/nowhere/chrome' };
    const error = await failureOf(inScoringWorker('page', { expected, page: 'a.html', options }, context));
    expect(error).toMatchObject({ code: 'browser-missing', details: { path: '/nowhere/chrome' } });
    expect(error.next).toMatch(/\S/);
  });

  it('ends with the signal', async () => {
    const controller = new AbortController();
    const context = createContext(controller.signal, { progress: () => controller.abort() });
    const bytes = await plain(40, 30).png().toBuffer();
    const source = { kind: 'bytes', bytes, name: 'a.png' } as const;
    const error = await failureOf(
      inScoringWorker('images', { expected: source, actual: source, options: {} }, context),
    );
    expect(error.code).toBe('cancelled');
    const again = inScoringWorker('images', { expected: source, actual: source, options: {} }, context);
    expect((await failureOf(again)).code).toBe('cancelled');
  });
});
