/** Our own client and our own host: what an engine says arrives as it was said. */
import { expect, it } from 'vitest';
import type { EnginePart } from '../../shared/engine/engine.ts';
import { collect } from '../../shared/engine/stream/collect.ts';
import { failure as failureOf, readAll } from '../engine/helpers.ts';
import { ask, bundle, hostEngine, hostFolder, never, stateIn } from './helpers.ts';
import { failure, plainBytes } from './scripted-engine.ts';

const [main = ''] = await bundle('scripted-main');

const withoutTimes = (part: EnginePart): unknown =>
  part.type === 'finish'
    ? {
        ...part,
        timings: {
          ...part.timings,
          totalMs: 0,
          firstTextMs: part.timings.firstTextMs === undefined ? undefined : 0,
        },
      }
    : part;

it('passes every part on, in order', async () => {
  const engine = hostEngine(await hostFolder(), main);
  const parts = await readAll(engine.stream(ask('say a b'), { signal: never }));
  expect(parts.map(withoutTimes)).toEqual([
    { type: 'stage-progress', stage: 'loading', fraction: 0.5 },
    { type: 'stage-progress', stage: 'loading', fraction: 1 },
    { type: 'stage-progress', stage: 'encoding', fraction: 0.5 },
    { type: 'prefill-progress', processed: 7, total: 9 },
    { type: 'text-delta', text: 'a ' },
    { type: 'text-delta', text: 'b ' },
    {
      type: 'finish',
      reason: 'stop',
      usage: {
        promptTokens: 9,
        completionTokens: 2,
        imageTokens: 3,
        cached: { promptTokens: 7, images: 1 },
        draft: { proposed: 5, accepted: 4 },
      },
      timings: { firstTextMs: 0, totalMs: 0, prefillMs: 0.5, decodeMs: 0.25 },
    },
  ]);
});

it('passes the whole request on', async () => {
  const engine = hostEngine(await hostFolder(), main);
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);
  const image = { type: 'image', bytes: png, mediaType: 'image/png' } as const;
  const request = {
    messages: [
      { role: 'system', parts: [{ type: 'text', text: 'Be short.' }] },
      { role: 'user', parts: [image, { type: 'video', frames: [{ image, seconds: 1.25 }] }] },
      { role: 'assistant', parts: [{ type: 'text', text: 'Yes?' }] },
      { role: 'user', parts: [{ type: 'text', text: 'reflect' }] },
    ],
    constraint: { kind: 'grammar', grammar: 'root ::= "a"' },
    sampling: {
      temperature: 0,
      topP: 0.5,
      topK: 3,
      minP: 0.1,
      presencePenalty: 1.5,
      repetitionPenalty: 1.1,
      frequencyPenalty: -0.5,
      dryMultiplier: 0.8,
      seed: 7,
    },
    maxTokens: 99,
    stop: ['END'],
    speculation: { texts: ['<main>'] },
  } as const;
  const { text } = await collect(engine.stream(request, { signal: never }));
  // Bytes are told by their length and digest.
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(request, plainBytes)));
});

it('passes errors of the engine on unchanged', async () => {
  const engine = hostEngine(await hostFolder(), main);
  const error = await failureOf(readAll(engine.stream(ask('fail'), { signal: never })));
  const { code, message, next, details } = failure;
  expect(error).toMatchObject({ code, message, next, details });
});

it('passes errors of loading on unchanged', async () => {
  const engine = hostEngine(await hostFolder(), main, { model: { model: '/models/bad.gguf' } });
  const error = await failureOf(readAll(engine.stream(ask('say a'), { signal: never })));
  expect(error).toMatchObject({
    code: 'model-corrupt',
    message: 'The model bad.gguf has no tensors.',
    next: 'Get it again.',
    details: { tensors: 0, name: 'bad.gguf' },
  });
});

it('says where a text began to repeat itself', async () => {
  const engine = hostEngine(await hostFolder(), main);
  const answer = await collect(engine.stream(ask('loop'), { signal: never }));
  expect(answer.text).toBe('once');
  expect(answer.finish.repetition).toEqual({ kind: 'exact', keep: 4, period: 5 });
});

it('describes the model, and starts nothing before it is asked', async () => {
  const folder = await hostFolder();
  const engine = hostEngine(folder, main);
  await expect(stateIn(folder)).rejects.toThrow('No host');
  expect(await engine.describe({ signal: never })).toEqual({
    name: 'scripted on CPU',
    model: 'tiny.gguf',
    contextSize: 4096,
    capabilities: { grammar: true, jsonSchema: true, vision: true },
  });
});
