/** Every fault has its code, its sentence and its next step. */
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { createOpenAiEngine } from '../../shared/engine/openai/openai-engine.ts';
import { ask, engineAt, failure, never, readAll } from './helpers.ts';
import {
  delta,
  event,
  finish,
  type Handler,
  json,
  kinds,
  openStream,
  page,
  serveChat,
  startServer,
  stream,
} from './scripted-server.ts';

/** The error of a chat with a llama-server that answers so. */
async function chatFailure(chat: Handler) {
  const server = await serveChat(chat);
  const error = await failure(readAll(engineAt(server.url).stream(ask, { signal: never })));
  const host = server.url.slice('http://'.length);
  expect(error.next).toMatch(/^[A-Z].+\.$/);
  return { code: error.code, message: error.message.replaceAll(host, 'HOST'), chats: server.chats().length };
}

const because = (message: string, rest: object = {}) => ({ error: { message, ...rest } });

it.each<[name: string, chat: Handler, code: string, message: string]>([
  [
    'wrong key',
    json(401, because('Invalid API Key', { type: 'authentication_error', code: 401 })),
    'not-allowed',
    'The model server at HOST refuses the key: "Invalid API Key".',
  ],
  [
    'wrong key without a word',
    page(403, ''),
    'not-allowed',
    'The model server at HOST refuses the key: HTTP status 403.',
  ],
  [
    'model is loading',
    json(503, because('Loading model', { type: 'unavailable_error', code: 503 })),
    'engine-unavailable',
    'The model server at HOST is still loading its model: "Loading model".',
  ],
  [
    'Ollama: model not pulled',
    json(404, because('model "qwen3-vl" not found, try pulling it first', { type: 'api_error' })),
    'model-missing',
    'The model server at HOST has no model "qwen3-vl.gguf" loaded: "model "qwen3-vl" not found, try pulling it first".',
  ],
  [
    'vLLM: model does not exist',
    json(404, because('The model `x` does not exist.', { type: 'NotFoundError', code: 404 })),
    'model-missing',
    'The model server at HOST has no model "qwen3-vl.gguf" loaded: "The model `x` does not exist".',
  ],
  [
    'LM Studio: nothing loaded',
    json(400, because('No models loaded. Please load a model in the developer page.')),
    'model-missing',
    'The model server at HOST has no model "qwen3-vl.gguf" loaded: "No models loaded. Please load a model in the developer page".',
  ],
  [
    'a model without eyes',
    json(
      500,
      because(
        'image input is not supported - hint: if this is unexpected, you may need to provide the mmproj',
      ),
    ),
    'model-missing',
    'The model server at HOST runs "qwen3-vl.gguf", which cannot see pictures: "image input is not supported - hint: if this is unexpected, you may need to provide the mmproj".',
  ],
  [
    'llama-server: context',
    json(
      400,
      because('request (9412 tokens) exceeds', {
        type: 'exceed_context_size_error',
        n_prompt_tokens: 9412,
        n_ctx: 8192,
      }),
    ),
    'input-too-large',
    'The request of 9412 tokens does not fit the context of 8192 tokens of the model server at HOST.',
  ],
  [
    'vLLM: context',
    json(
      400,
      because(
        "This model's maximum context length is 4096 tokens. However, you requested 9412 tokens (1220 in the messages, 8192 in the completion).",
      ),
    ),
    'input-too-large',
    'The request of 9412 tokens does not fit the context of 4096 tokens of the model server at HOST.',
  ],
  [
    'LM Studio: context',
    json(400, { error: 'Cannot truncate prompt with n_keep (15028) >= n_ctx (7424)' }),
    'input-too-large',
    'The request of 15028 tokens does not fit the context of 7424 tokens of the model server at HOST.',
  ],
  [
    'context without figures, inside a stream',
    stream([event(because('the request exceeds the available context size'))]),
    'input-too-large',
    'The request does not fit the context of the model server at HOST.',
  ],
  [
    'out of memory',
    json(500, because('CUDA error: out of memory')),
    'out-of-memory',
    'The model server at HOST ran out of memory: "CUDA error: out of memory".',
  ],
  ['crash', json(500, because('boom')), 'engine-crashed', 'The model server at HOST failed: "boom".'],
  [
    'crash in the middle',
    stream([delta('Hel'), event(because('slot unavailable', { code: 500 }))]),
    'engine-crashed',
    'The model server at HOST failed: "slot unavailable".',
  ],
  [
    'too many requests',
    json(429, because('Rate limit')),
    'engine-unavailable',
    'The model server at HOST cannot take the request now: "Rate limit".',
  ],
  [
    'a field that it does not like',
    json(400, because('temperature must be positive')),
    'option-invalid',
    'The model server at HOST refuses the request: "temperature must be positive".',
  ],
  [
    'a web page',
    page(200, '<html><body>Router login</body></html>'),
    'engine-unavailable',
    'Expected an OpenAI-compatible answer from http://HOST/v1; got a web page with HTTP status 200.',
  ],
  [
    'a redirect, which is not followed',
    (response) => void response.writeHead(307, { location: 'https://example.org/v1/chat/completions' }).end(),
    'engine-unavailable',
    'The model server at HOST redirects to https://example.org/v1/chat/completions.',
  ],
  [
    'garbage in the stream',
    stream([delta('Hel'), event('<p>Bad gateway</p>')]),
    'output-invalid',
    'Expected a chunk of a chat answer; the model server sent: <p>Bad gateway</p>',
  ],
  [
    'JSON that is no chunk',
    stream([event({ hello: 'world' })]),
    'output-invalid',
    'Expected a chunk of a chat answer; the model server sent: {"hello":"world"}',
  ],
  [
    'a stream that ends without a finish',
    stream([delta('Hel'), delta('lo')]),
    'truncated',
    'The model server at HOST ended its answer after 5 characters without a finish.',
  ],
  [
    'a stream that ends inside an event',
    stream([delta('Hel'), delta('lo').slice(0, 20)]),
    'truncated',
    'The model server at HOST ended its answer after 3 characters without a finish.',
  ],
  [
    'a connection that breaks',
    stream([delta('Hel')], 'cut'),
    'network',
    'The connection to the model server at HOST broke after 3 characters of the answer (UND_ERR_SOCKET).',
  ],
])('%s', async (_name, chat, code, message) => {
  // An HTTP answer is never asked for twice.
  expect(await chatFailure(chat)).toEqual({ code, message, chats: 1 });
});

it('an event without end is given up', async () => {
  const server = await serveChat(
    stream(['data: ', ...Array.from({ length: 9 }, () => 'x'.repeat(512 * 1024))], 'hold'),
  );
  const error = await failure(readAll(engineAt(server.url).stream(ask, { signal: never })));
  expect(error.code).toBe('output-invalid');
  expect(await server.chats()[0]?.closed).toBe(false);
});

it('silence before the first text', async () => {
  const server = await serveChat((response) => openStream(response));
  const engine = engineAt(server.url, { timeouts: { firstTextMs: 200 } });
  const error = await failure(readAll(engine.stream(ask, { signal: never })));
  expect(error.code).toBe('network');
  expect(error.message).toMatch(/ sent no text for 0\.2 s\.$/);
  expect(await server.chats()[0]?.closed).toBe(false);
});

it('silence after it, keep-alive comments or not', async () => {
  const server = await serveChat((response) => {
    openStream(response);
    response.write(delta('Hello'));
    const timer = setInterval(() => response.write(': ping\n\n'), 5);
    response.on('close', () => clearInterval(timer));
  });
  const engine = engineAt(server.url, { timeouts: { nextTextMs: 40 } });
  const error = await failure(readAll(engine.stream(ask, { signal: never })));
  expect(error.code).toBe('network');
  expect(error.message).toMatch(/ fell silent after 5 characters for 0\.04 s\.$/);
  expect(await server.chats()[0]?.closed).toBe(false);
});

it('a caller who is slow is not taken for a silent server', async () => {
  const server = await serveChat(stream([delta('a'), delta('b'), finish()]));
  const engine = engineAt(server.url, { timeouts: { nextTextMs: 30 } });
  let text = '';
  for await (const part of engine.stream(ask, { signal: never })) {
    if (part.type === 'text-delta') text += part.text;
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  expect(text).toBe('ab');
});

it('nobody listens', async () => {
  const port = await freePort();
  const error = await failure(engineAt(`http://127.0.0.1:${port}`).describe({ signal: never }));
  expect(error.code).toBe('engine-unavailable');
  expect(error.message).toBe(`No model server answers at 127.0.0.1:${port}: the connection was refused.`);
});

it('a host that does not exist', async () => {
  const error = await failure(engineAt('http://no-such-host.invalid:8080').describe({ signal: never }));
  expect(error.code).toBe('engine-unavailable');
  expect(error.message).toBe('The host of the model server, no-such-host.invalid:8080, is not known.');
});

it('something that does not speak HTTP', async () => {
  const server = createServer((socket) => socket.end('220 mail.example.org ESMTP\r\n'));
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : 0);
    });
  });
  const error = await failure(engineAt(`http://127.0.0.1:${port}`).describe({ signal: never }));
  server.close();
  expect(error.code).toBe('network');
});

it('a web server that is no model server', async () => {
  const server = await startServer({}, page(404, '<html>Not found</html>'));
  const error = await failure(engineAt(server.url).describe({ signal: never }));
  expect(error.code).toBe('engine-unavailable');
  expect(error.message).toMatch(
    /^Expected an OpenAI-compatible answer from .*; got a web page with HTTP status 404\.$/,
  );
  expect(error.next).toContain('/v1');
});

it('a wrong key is told before a picture is sent', async () => {
  const refusal = json(401, because('Invalid API Key'));
  const server = await startServer({ '/v1/models': kinds['llama-server']['/v1/models'], '/props': refusal });
  const error = await failure(
    readAll(engineAt(server.url, { apiKey: 'k-123' }).stream(ask, { signal: never })),
  );
  expect(error.code).toBe('not-allowed');
  expect(JSON.stringify({ ...error, message: error.message })).not.toContain('k-123');
  expect(server.chats()).toHaveLength(0);
});

it('a server that is still loading is asked anew the next time', async () => {
  let ready = false;
  const loading = json(503, because('Loading model'));
  const when =
    (handler: Handler): Handler =>
    (response, request) =>
      (ready ? handler : loading)(response, request);
  const server = await startServer({
    '/props': when(kinds['llama-server']['/props']),
    '/v1/models': when(kinds['llama-server']['/v1/models']),
  });
  const engine = engineAt(server.url);
  expect((await failure(engine.describe({ signal: never }))).message).toContain('is still loading its model');
  ready = true;
  expect((await engine.describe({ signal: never })).model).toBe('qwen3-vl.gguf');
});

it('a server that never says what it is', async () => {
  const server = await startServer({}, () => {});
  const error = await failure(
    engineAt(server.url, { timeouts: { discoveryMs: 50 } }).describe({ signal: never }),
  );
  expect(error.code).toBe('engine-unavailable');
  expect(error.message).toMatch(/did not say what it is within 0\.05 s\.$/);
});

it.each([
  ['no model', [], 'lists no model.'],
  ['several', [{ id: 'a' }, { id: 'b' }], 'has several models: a, b.'],
])('%s to choose from', async (_name, data, message) => {
  const server = await startServer({
    '/api/version': json(200, { version: '1' }),
    '/v1/models': json(200, { data }),
  });
  const error = await failure(engineAt(server.url).describe({ signal: never }));
  expect(error.code).toBe('model-missing');
  expect(error.message).toContain(message);
});

it.each(['localhost:8080', 'ftp://a/', 'http://', ''])('"%s" is no base URL', (baseUrl) => {
  expect(() => createOpenAiEngine({ baseUrl })).toThrow(
    /^The base URL must be an http or https address; it is "/,
  );
});

it('a password in a URL is in no message', async () => {
  expect(() => createOpenAiEngine({ baseUrl: 'ftp://me:secret@host/' })).toThrow(/^(?!.*secret).*$/);
  const error = await failure(engineAt('http://me:secret@no-such-host.invalid').describe({ signal: never }));
  expect(JSON.stringify({ ...error, message: error.message, details: error.details })).not.toContain(
    'secret',
  );
});

async function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });
}
