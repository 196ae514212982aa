/** One model in memory: shared, swapped in fair order, given back when nobody wants it. */
import { expect, it } from 'vitest';
import type { Engine, StageProgressPart } from '../../shared/engine/engine.ts';
import type { LoadEngineOptions } from '../../shared/engine/host/loaded-model.ts';
import { ModelSlot } from '../../shared/engine/host/model-slot.ts';
import type { WantedModel } from '../../shared/engine/host/wanted-model.ts';
import { PixelwrightError } from '../../shared/errors.ts';
import { silentLog } from '../../shared/log.ts';
import { failure } from '../engine/helpers.ts';
import { never, until } from './helpers.ts';

const model = (name: string): WantedModel => ({ model: `/models/${name}` });

/** A loader that tells what it does, and finishes when it is told to. */
function recorder({ byHand = false, closing = async () => {} } = {}) {
  const events: string[] = [];
  let proceed = (): void => {};
  const load = async (wanted: WantedModel, { signal }: LoadEngineOptions): Promise<Engine> => {
    const name = wanted.model.slice('/models/'.length);
    events.push(`load ${name}`);
    if (byHand) {
      await new Promise<void>((resolve, reject) => {
        proceed = resolve;
        signal.addEventListener('abort', () => {
          events.push(`cancel ${name}`);
          reject(new PixelwrightError('cancelled', 'The load was cancelled.'));
        });
      });
    }
    if (name === 'bad') throw new PixelwrightError('model-corrupt', 'It is bad.');
    return {
      stream: () => {
        throw new Error('not used');
      },
      describe: () => Promise.reject(new Error('not used')),
      close: async () => {
        await closing();
        events.push(`close ${name}`);
      },
    };
  };
  return { events, load, proceed: () => proceed() };
}

function slotOf(load: (wanted: WantedModel, options: LoadEngineOptions) => Promise<Engine>, idleMs = 60_000) {
  return new ModelSlot({ load, idleMs, log: silentLog });
}

const options = (signal = never, stages: string[] = []) => ({
  signal,
  onStage: ({ stage }: StageProgressPart) => stages.push(stage),
});

it('loads once for all who want the same, however they call it', async () => {
  const { load, events } = recorder();
  const slot = slotOf(load);
  const leases = await Promise.all([
    slot.acquire(model('a'), options()),
    slot.acquire({ ...model('a'), name: 'Anna' }, options()),
    slot.acquire(model('a'), options()),
  ]);
  expect(events).toEqual(['load a']);
  expect(new Set(leases.map(({ engine }) => engine)).size).toBe(1);
});

it('other settings are another model', async () => {
  const { load, events } = recorder();
  const slot = slotOf(load);
  (await slot.acquire({ ...model('a'), threads: 1 }, options())).release(false);
  (await slot.acquire({ ...model('a'), threads: 2 }, options())).release(false);
  expect(events).toEqual(['load a', 'close a', 'load a']);
});

it('swaps when the requests that run have ended, and those who came later wait behind', async () => {
  const { load, events } = recorder();
  const slot = slotOf(load);
  const first = await slot.acquire(model('a'), options());
  const second = await slot.acquire(model('a'), options());
  const stages: string[] = [];
  const order: string[] = [];
  const other = slot.acquire(model('b'), options(never, stages)).then((lease) => {
    order.push('b');
    return lease;
  });
  const later = slot.acquire(model('a'), options()).then((lease) => {
    order.push('a');
    return lease;
  });
  first.release(false);
  expect(slot.waiting).toBe(2);
  expect(events).toEqual(['load a']);
  second.release(false);
  (await other).release(false);
  (await later).release(false);
  expect(order).toEqual(['b', 'a']);
  expect(events).toEqual(['load a', 'close a', 'load b', 'close b', 'load a']);
  expect(stages[0]).toBe('waiting');
});

it('a request that is cancelled while it waits makes room for those behind it', async () => {
  const { load, events } = recorder();
  const slot = slotOf(load);
  const first = await slot.acquire(model('a'), options());
  const giveUp = new AbortController();
  const waiting = failure(slot.acquire(model('b'), options(giveUp.signal)));
  const behind = slot.acquire(model('a'), options());
  giveUp.abort();
  expect((await waiting).code).toBe('cancelled');
  await behind;
  first.release(false);
  expect(events).toEqual(['load a']);
});

it('loading goes on while anybody waits for it, and ends with the last', async () => {
  const { load, events, proceed } = recorder({ byHand: true });
  const slot = slotOf(load);
  const [one, two] = [new AbortController(), new AbortController()];
  const first = failure(slot.acquire(model('a'), options(one.signal)));
  const second = failure(slot.acquire(model('a'), options(two.signal)));
  one.abort();
  expect((await first).code).toBe('cancelled');
  expect(events).toEqual(['load a']);
  two.abort();
  expect((await second).code).toBe('cancelled');
  await until(() => slot.current === undefined);
  expect(events).toEqual(['load a', 'cancel a']);
  const third = slot.acquire(model('a'), options());
  proceed();
  await third;
  expect(events).toEqual(['load a', 'cancel a', 'load a']);
});

it('an error of loading reaches all who wait, and is not kept', async () => {
  const { load, events } = recorder();
  const slot = slotOf(load);
  const errors = await Promise.all([1, 2].map(() => failure(slot.acquire(model('bad'), options()))));
  expect(errors.map(({ code }) => code)).toEqual(['model-corrupt', 'model-corrupt']);
  await failure(slot.acquire(model('bad'), options()));
  expect(events).toEqual(['load bad', 'load bad']);
});

it('an engine that broke is not given to anybody again', async () => {
  const { load, events } = recorder();
  const slot = slotOf(load);
  const [one, two] = [await slot.acquire(model('a'), options()), await slot.acquire(model('a'), options())];
  one.release(true);
  const next = slot.acquire(model('a'), options());
  expect(events).toEqual(['load a']);
  two.release(false);
  await next;
  expect(events).toEqual(['load a', 'close a', 'load a']);
});

it('unloads when idle, and loads again when it is wanted', async () => {
  const { load, events } = recorder();
  const slot = slotOf(load, 1);
  (await slot.acquire(model('a'), options())).release(false);
  await until(() => slot.current === undefined);
  expect(events).toEqual(['load a', 'close a']);
  await slot.acquire(model('a'), options());
  expect(events).toEqual(['load a', 'close a', 'load a']);
});

it('a request that comes while the model is being unloaded gets it afresh', async () => {
  let finish: (() => void) | undefined;
  const closing = () =>
    new Promise<void>((resolve) => {
      finish = resolve;
    });
  const { load, events } = recorder({ closing });
  const slot = slotOf(load);
  (await slot.acquire(model('a'), options())).release(false);
  const closed = slot.close();
  const next = slot.acquire(model('a'), options());
  await until(() => finish !== undefined);
  finish?.();
  await closed;
  (await next).release(false);
  expect(events).toEqual(['load a', 'close a', 'load a']);
});
