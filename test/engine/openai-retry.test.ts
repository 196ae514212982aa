/** Faults of the connection are tried again; answers never are. */
import { expect, it } from 'vitest';
import { ask, engineAt, failure, never, readAll, textOf } from './helpers.ts';
import { delta, type Handler, hello, json, serveChat, stream } from './scripted-server.ts';

/** Plays the handlers one by one; the last one again and again. */
function inTurn(...handlers: Handler[]): Handler {
  let turn = 0;
  return (response, request) => {
    const handler = handlers[Math.min(turn, handlers.length - 1)];
    turn += 1;
    return handler?.(response, request);
  };
}

const hangUp: Handler = (response) => void response.destroy();

it('a connection that is closed without an answer is tried again', async () => {
  const server = await serveChat(inTurn(hangUp, hangUp, stream(hello)));
  const parts = await readAll(engineAt(server.url).stream(ask, { signal: never }));
  expect(textOf(parts)).toBe('Hello');
  expect(server.chats()).toHaveLength(3);
  expect(new Set(server.chats().map(({ body }) => JSON.stringify(body))).size).toBe(1);
});

it('not for ever', async () => {
  const server = await serveChat(hangUp);
  const error = await failure(readAll(engineAt(server.url).stream(ask, { signal: never })));
  expect(error.code).toBe('network');
  expect(error.message).toMatch(/^The connection to the model server at .* failed \(UND_ERR_SOCKET\)\.$/);
  expect(server.chats()).toHaveLength(3);
});

it.each<[string, Handler]>([
  ['after the first token', stream([delta('Hel')], 'cut')],
  ['after the head of the answer', stream([], 'cut')],
  ['after HTTP 503', json(503, { error: { message: 'busy' } })],
  ['after HTTP 500', json(500, { error: { message: 'boom' } })],
])('never %s', async (_name, fault) => {
  const server = await serveChat(inTurn(fault, stream(hello)));
  await failure(readAll(engineAt(server.url).stream(ask, { signal: never })));
  expect(server.chats()).toHaveLength(1);
});

it('waiting for the next try is cancelled at once', async () => {
  const controller = new AbortController();
  const server = await serveChat((response) => {
    response.destroy();
    controller.abort();
  });
  const engine = engineAt(server.url, { retryDelaysMs: [3_600_000] });
  const error = await failure(readAll(engine.stream(ask, { signal: controller.signal })));
  expect(error.code).toBe('cancelled');
  expect(server.chats()).toHaveLength(1);
});
