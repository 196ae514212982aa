/** Cancellation reaches the socket, wherever a request stands. */
import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { guardLoops } from '../../shared/engine/stream/loop-guard.ts';
import { ask, engineAt, failure, never, readAll, textOf } from './helpers.ts';
import { delta, hello, openStream, serveChat, startServer, stream } from './scripted-server.ts';

it('before the first byte of the answer', async () => {
  const controller = new AbortController();
  const server = await serveChat(() => controller.abort(new Error('enough')));
  const error = await failure(readAll(engineAt(server.url).stream(ask, { signal: controller.signal })));
  expect(error.code).toBe('cancelled');
  expect(error.cause).toEqual(new Error('enough'));
  expect(await server.chats()[0]?.closed).toBe(false);
});

it('in the middle of the answer', async () => {
  const controller = new AbortController();
  const server = await serveChat(stream([delta('Hel')], 'hold'));
  const parts = engineAt(server.url).stream(ask, { signal: controller.signal });
  const read = (async () => {
    for await (const part of parts) if (part.type === 'text-delta') controller.abort();
  })();
  expect((await failure(read)).code).toBe('cancelled');
  expect(await server.chats()[0]?.closed).toBe(false);
});

it('by leaving the loop', async () => {
  const server = await serveChat(stream([delta('Hel')], 'hold'));
  for await (const part of engineAt(server.url).stream(ask, { signal: never })) {
    if (part.type === 'text-delta') break;
  }
  expect(await server.chats()[0]?.closed).toBe(false);
});

it('before it began: nothing is sent', async () => {
  const server = await serveChat(stream(hello));
  const error = await failure(readAll(engineAt(server.url).stream(ask, { signal: AbortSignal.abort() })));
  expect(error.code).toBe('cancelled');
  expect(server.requests).toHaveLength(0);
});

it('while the server is looked at: other callers are not affected', async () => {
  const held: (() => void)[] = [];
  const controller = new AbortController();
  const server = await startServer({}, (response) => {
    const answer = () =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":[{"id":"m"}]}');
    held.push(answer);
    if (held.length === 5) controller.abort();
  });
  const engine = engineAt(server.url);
  const first = failure(engine.describe({ signal: controller.signal }));
  const second = engine.describe({ signal: never });
  expect((await first).code).toBe('cancelled');
  for (const answer of held) answer();
  expect((await second).model).toBe('m');
});

it('by closing the engine', async () => {
  const server = await serveChat(stream([delta('Hel')], 'hold'));
  const engine = engineAt(server.url);
  const read = (async () => {
    for await (const part of engine.stream(ask, { signal: never })) {
      if (part.type === 'text-delta') void engine.close();
    }
  })();
  const error = await failure(read);
  expect(error.code).toBe('engine-unavailable');
  expect(error.message).toBe('The engine was closed.');
  expect(await server.chats()[0]?.closed).toBe(false);
  expect((await failure(readAll(engine.stream(ask, { signal: never })))).message).toBe(
    'The engine was closed.',
  );
});

it('a finished request leaves no listener on the signal', async () => {
  const controller = new AbortController();
  const server = await serveChat(stream(hello));
  const engine = engineAt(server.url);
  for (let run = 0; run < 3; run += 1) await readAll(engine.stream(ask, { signal: controller.signal }));
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
});

it('a loop is stopped at the server, and reported', async () => {
  const row = '<li><a href="#">Read more</a></li>\n';
  const server = await serveChat(async (response) => {
    openStream(response);
    while (!response.destroyed) {
      response.write(delta(row));
      await new Promise((resolve) => setImmediate(resolve));
    }
  });
  const parts = await readAll(guardLoops(engineAt(server.url).stream(ask, { signal: never })));
  const last = parts.at(-1);
  expect(last).toMatchObject({
    type: 'finish',
    reason: 'repetition',
    repetition: { kind: 'exact', keep: row.length },
  });
  expect(textOf(parts).startsWith(row.repeat(3))).toBe(true);
  expect(await server.chats()[0]?.closed).toBe(false);
});
