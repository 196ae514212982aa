/** A host that dies costs the requests that it had, and nothing else. */
import { expect, it } from 'vitest';
import type { Engine } from '../../shared/engine/engine.ts';
import { hostFiles } from '../../shared/engine/host/host-state.ts';
import { watchHost } from '../../shared/engine/host/host-watch.ts';
import { collect } from '../../shared/engine/stream/collect.ts';
import { PixelwrightError } from '../../shared/errors.ts';
import { failure, readAll } from '../engine/helpers.ts';
import { ask, bundle, ended, hostEngine, hostFolder, never, stateIn, until } from './helpers.ts';

const [main = ''] = await bundle('scripted-main');

const say = async (engine: Engine): Promise<string> =>
  (await collect(engine.stream(ask('say hello'), { signal: never }))).text;

/** Reads until the first text, then does `blow`, then reads on; the error and how long it took after the blow. */
async function struck(
  engine: Engine,
  prompt: string,
  blow: () => Promise<void>,
): Promise<{ error: PixelwrightError; afterMs: number }> {
  let at: number | undefined;
  try {
    for await (const { type } of engine.stream(ask(prompt), { signal: never })) {
      if (type !== 'text-delta' || at !== undefined) continue;
      at = performance.now();
      await blow();
    }
  } catch (error) {
    if (at === undefined || !(error instanceof PixelwrightError)) throw error;
    return { error, afterMs: performance.now() - at };
  }
  throw new Error('The stream ended as if nothing had happened.');
}

it('a host that is killed in the middle of an answer', async () => {
  const folder = await hostFolder();
  const engine = hostEngine(folder, main);
  const other = hostEngine(folder, main);
  // Begun before the blow: a request without a first part is asked again, and this one would count for ever.
  const counting = other.stream(ask('count'), { signal: never })[Symbol.asyncIterator]();
  await counting.next();
  const collateral = failure(readAll({ [Symbol.asyncIterator]: () => counting }));
  let pid = 0;
  const { error, afterMs } = await struck(engine, 'count', async () => {
    ({ pid } = await stateIn(folder));
    process.kill(pid, 'SIGKILL');
  });
  expect(error.code).toBe('engine-crashed');
  expect(error.message).toMatch(/^The engine host \(process \d+\) ended before its answer was complete/);
  expect(error.details).toMatchObject({ pid });
  // The limit that callers are promised.
  expect(afterMs).toBeLessThan(2000);
  expect((await collateral).code).toBe('engine-crashed');
  expect(await say(engine)).toBe('hello ');
  expect((await stateIn(folder)).pid).not.toBe(pid);
});

it('a host whose native side aborts', async () => {
  const folder = await hostFolder();
  const engine = hostEngine(folder, main);
  const { error } = await struck(engine, 'abort', async () => {});
  expect(error.code).toBe('engine-crashed');
  expect(await say(engine)).toBe('hello ');
});

it('a host that is killed between two requests is not missed', async () => {
  const folder = await hostFolder();
  const engine = hostEngine(folder, main);
  expect(await say(engine)).toBe('hello ');
  await ended((await stateIn(folder)).pid, 'SIGKILL');
  expect(await say(engine)).toBe('hello ');
});

it('a host that is stopped in the middle of an answer says so', async () => {
  const folder = await hostFolder();
  const engine = hostEngine(folder, main);
  const { error } = await struck(engine, 'count', async () => {
    process.kill((await stateIn(folder)).pid, 'SIGTERM');
  });
  expect(error.code).toBe('engine-unavailable');
  expect(error.message).toBe('The engine host is ending: it got SIGTERM.');
  expect(await say(engine)).toBe('hello ');
});

it('a host that hangs is noticed', async () => {
  const folder = await hostFolder();
  await hostEngine(folder, main).describe({ signal: never });
  const state = await stateIn(folder);
  const watch = watchHost(state, hostFiles(folder).log, { aliveMs: 10, pulseMs: 10, answerMs: 200 });
  process.kill(state.pid, 'SIGSTOP');
  await until(() => watch.signal.aborted);
  expect(watch.signal.reason).toMatchObject({ code: 'engine-crashed' });
  expect(watch.signal.reason.message).toMatch(/^The engine host \(process \d+\) said nothing for 0\.63 s\.$/);
  watch.stop();
});

it('a host whose process is gone is noticed, whatever its connections do', async () => {
  const folder = await hostFolder();
  await hostEngine(folder, main).describe({ signal: never });
  const state = await stateIn(folder);
  const watch = watchHost(state, hostFiles(folder).log, { aliveMs: 10, pulseMs: 60_000, answerMs: 200 });
  await ended(state.pid, 'SIGKILL');
  await until(() => watch.signal.aborted);
  expect(watch.signal.reason).toMatchObject({ code: 'engine-crashed', details: { pid: state.pid } });
  watch.stop();
});
