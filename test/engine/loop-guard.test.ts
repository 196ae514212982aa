/** The guard stops its source and says so; `collect` keeps what is worth keeping. */
import { expect, it } from 'vitest';
import type { EnginePart } from '../../shared/engine/engine.ts';
import { collect } from '../../shared/engine/stream/collect.ts';
import { guardLoops } from '../../shared/engine/stream/loop-guard.ts';
import { taskRequest } from '../../shared/engine/task-request.ts';
import { describeImage } from '../../shared/tasks/index.ts';
import { readAll } from './helpers.ts';

const finish: EnginePart = { type: 'finish', reason: 'stop', timings: { totalMs: 1 } };

it('passes a stream that does not repeat itself on as it is', async () => {
  const parts: EnginePart[] = [
    { type: 'prefill-progress', processed: 1, total: 2 },
    { type: 'text-delta', text: 'one ' },
    { type: 'text-delta', text: 'two' },
    finish,
  ];
  expect(await readAll(guardLoops(source(parts)))).toEqual(parts);
});

it('ends its source, so that the engine frees the request', async () => {
  let ended = false;
  async function* endless(): AsyncGenerator<EnginePart> {
    try {
      for (;;) yield { type: 'text-delta', text: 'again ' };
    } finally {
      ended = true;
    }
  }
  const { text, finish: last } = await collect(guardLoops(endless()));
  expect(ended).toBe(true);
  expect(text).toBe('again ');
  expect(last).toMatchObject({ reason: 'repetition', repetition: { kind: 'exact', period: 6, keep: 6 } });
});

it('an engine that never finishes is reported', async () => {
  await expect(collect(source([{ type: 'text-delta', text: 'abc' }]))).rejects.toMatchObject({
    code: 'truncated',
    details: { receivedCharacters: 3 },
  });
});

it('shows every part while it collects', async () => {
  const seen: EnginePart[] = [];
  const { text } = await collect(source([{ type: 'text-delta', text: 'abc' }, finish]), (part) =>
    seen.push(part),
  );
  expect(text).toBe('abc');
  expect(seen).toHaveLength(2);
});

it("a task's request takes the caller's limit and seed", () => {
  expect(taskRequest(describeImage, [])).toEqual({
    messages: [],
    sampling: describeImage.model.sampling,
    maxTokens: 1024,
  });
  expect(taskRequest(describeImage, [], { maxTokens: 50, seed: 9 })).toMatchObject({
    maxTokens: 50,
    sampling: { seed: 9, topK: 20 },
  });
});

async function* source(parts: readonly EnginePart[]): AsyncGenerator<EnginePart> {
  yield* parts;
}
