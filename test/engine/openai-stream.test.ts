/** What comes out of a stream: text, progress, counts, reason; however the bytes are cut. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readEvents } from '../../shared/engine/openai/events.ts';
import { ask, engineAt, never, readAll, textOf } from './helpers.ts';
import { delta, event, finish, hello, json, serveChat, stream } from './scripted-server.ts';

async function run(pieces: readonly (string | Uint8Array)[]) {
  const server = await serveChat(stream(pieces));
  return readAll(engineAt(server.url).stream(ask, { signal: never }));
}

it('text, then a finish with reason and times', async () => {
  const parts = await run(hello);
  expect(parts.slice(0, -1)).toEqual([
    { type: 'text-delta', text: 'Hel' },
    { type: 'text-delta', text: 'lo' },
  ]);
  expect(parts.at(-1)).toEqual({
    type: 'finish',
    reason: 'stop',
    timings: { firstTextMs: expect.any(Number), totalMs: expect.any(Number) },
  });
});

it('llama-server: prefill, usage and its own times', async () => {
  const parts = await run([
    event({
      choices: [{ delta: { role: 'assistant', content: null } }],
      prompt_progress: { total: 1200, cache: 0, processed: 512, time_ms: 9 },
    }),
    event({
      choices: [{ delta: { role: 'assistant', content: null } }],
      prompt_progress: { total: 1200, cache: 0, processed: 1200, time_ms: 20 },
    }),
    delta('Hi'),
    event({ choices: [{ delta: {}, finish_reason: 'length' }] }),
    event({
      choices: [],
      usage: {
        prompt_tokens: 1200,
        completion_tokens: 1,
        total_tokens: 1201,
        prompt_tokens_details: { cached_tokens: 36 },
      },
      timings: { cache_n: 36, prompt_n: 1164, prompt_ms: 20.5, predicted_n: 1, predicted_ms: 3.25 },
    }),
    event('[DONE]'),
  ]);
  expect(parts).toEqual([
    { type: 'prefill-progress', processed: 512, total: 1200 },
    { type: 'prefill-progress', processed: 1200, total: 1200 },
    { type: 'text-delta', text: 'Hi' },
    {
      type: 'finish',
      reason: 'length',
      usage: { promptTokens: 1200, completionTokens: 1, cached: { promptTokens: 36 } },
      timings: {
        firstTextMs: expect.any(Number),
        totalMs: expect.any(Number),
        prefillMs: 20.5,
        decodeMs: 3.25,
      },
    },
  ]);
});

it.each([
  [
    'keep-alive comments and other fields',
    [': ping\n\n', 'event: message\nid: 7\nretry: 100\n', ...hello, ': bye\n\n'],
  ],
  ['carriage returns', hello.map((text) => text.replaceAll('\n', '\r\n'))],
  ['no [DONE]', hello.slice(0, -1)],
  ['no blank line behind the last event', [...hello.slice(0, -1), 'data: [DONE]']],
  ['a finish that the socket is closed behind', [...hello.slice(0, -2), finish().trimEnd()]],
  [
    'empty deltas and thinking',
    [event({ choices: [{ delta: { content: '', reasoning_content: 'Hm.' } }] }), ...hello],
  ],
  ['a byte order mark', ['\uFEFF', ...hello]],
])('%s', async (_name, pieces) => {
  const parts = await run(pieces);
  expect(textOf(parts)).toBe('Hello');
  expect(parts.at(-1)).toMatchObject({ type: 'finish', reason: 'stop' });
});

it.each([
  ['content_filter', 'content-filter'],
  ['tool_calls', 'other'],
])('reason %s is told as %s', async (reason, told) => {
  expect((await run([delta('x'), finish(reason)])).at(-1)).toMatchObject({ type: 'finish', reason: told });
});

it('a break behind the reason costs the counts, not the answer', async () => {
  const server = await serveChat(stream(hello.slice(0, -1), 'cut'));
  const parts = await readAll(engineAt(server.url).stream(ask, { signal: never }));
  expect(textOf(parts)).toBe('Hello');
  expect(parts.at(-1)).toMatchObject({ type: 'finish', reason: 'stop' });
});

it('a server that does not stream is read as well', async () => {
  const usage = { prompt_tokens: 3, completion_tokens: 2 };
  const whole = {
    choices: [{ message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
    usage,
  };
  const server = await serveChat(json(200, whole));
  const parts = await readAll(engineAt(server.url).stream(ask, { signal: never }));
  expect(textOf(parts)).toBe('Hello');
  expect(parts.at(-1)).toMatchObject({ reason: 'stop', usage: { promptTokens: 3, completionTokens: 2 } });
});

const characters = fc.array(fc.constantFrom('a', 'ß', '界', '🙂', '\n', '\r', ':', '"', 'data:'), {
  maxLength: 12,
});

it('events are the same, wherever the bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(characters, { minLength: 1, maxLength: 6 }),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 40 }),
      async (texts, end, sizes) => {
        const values = texts.map((text) => JSON.stringify({ text: text.join('') }));
        const bytes = Buffer.from(values.map((value) => `: ping${end}data: ${value}${end}${end}`).join(''));
        const events = [];
        for await (const { data } of readEvents(cut(bytes, sizes))) events.push(data);
        expect(events).toEqual(values);
      },
    ),
  );
});

async function* cut(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

it('characters that are cut between two packets arrive whole', async () => {
  const bytes = Buffer.from([delta('grün 界 🙂'), finish(), event('[DONE]')].join(''));
  const parts = await run([...bytes].map((byte) => Uint8Array.of(byte)));
  expect(textOf(parts)).toBe('grün 界 🙂');
});
