/** A real HTTP server that plays a model server by script, and remembers what it was asked. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
  /** Resolves when the socket or the answer is closed; true if the answer was written to its end. */
  readonly closed: Promise<boolean>;
}

export type Handler = (response: ServerResponse, request: RecordedRequest) => void | Promise<void>;

export interface ScriptedServer {
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  /** Requests to the chat endpoint. */
  readonly chats: () => readonly RecordedRequest[];
}

/** Starts a server for one test. @param routes by path; any other path gets `fallback`, or 404. */
export async function startServer(
  routes: Readonly<Record<string, Handler>>,
  fallback: Handler = json(404, { detail: 'Not Found' }),
): Promise<ScriptedServer> {
  const requests: RecordedRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const request: RecordedRequest = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers: incoming.headers,
      body: text === '' ? undefined : JSON.parse(text),
      closed: once(response, 'close').then(() => response.writableFinished),
    };
    requests.push(request);
    await (routes[request.path] ?? fallback)(response, request);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // A listening TCP server's address is never a pipe name.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    chats: () => requests.filter(({ path }) => path.endsWith('/chat/completions')),
  };
}

export function json(status: number, body: unknown): Handler {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
}

export function page(status: number, body: string, contentType = 'text/html; charset=utf-8'): Handler {
  return (response) => {
    response.writeHead(status, { 'content-type': contentType }).end(body);
  };
}

/** Writes the pieces one by one, each in a turn of its own, and ends the answer. */
export function stream(
  pieces: readonly (string | Uint8Array)[],
  after: 'end' | 'cut' | 'hold' = 'end',
): Handler {
  return async (response) => {
    openStream(response);
    for (const piece of pieces) {
      response.write(piece);
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (after === 'end') response.end();
    if (after === 'cut') response.destroy();
  };
}

export function openStream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  response.flushHeaders();
}

export function event(value: unknown): string {
  return `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`;
}

export function delta(content: string): string {
  return event({ choices: [{ index: 0, delta: { content } }] });
}

export function finish(reason = 'stop'): string {
  return event({ choices: [{ index: 0, delta: {}, finish_reason: reason }] });
}

/** A short, good answer. */
export const hello = [delta('Hel'), delta('lo'), finish(), event('[DONE]')];

const models = (...data: object[]) => json(200, { object: 'list', data });

/** What each kind of server answers when it is looked at. */
export const kinds = {
  'llama-server': {
    '/props': json(200, {
      default_generation_settings: { n_ctx: 8192 },
      modalities: { vision: true },
      build_info: 'b7100-abc',
    }),
    '/v1/models': models({ id: 'qwen3-vl.gguf', object: 'model', owned_by: 'llamacpp' }),
  },
  vllm: {
    '/version': json(200, { version: '0.12.1' }),
    '/v1/models': models({ id: 'Qwen/Qwen3-VL-2B-Instruct', owned_by: 'vllm', max_model_len: 32768 }),
  },
  ollama: {
    '/api/version': json(200, { version: '0.13.0' }),
    '/v1/models': models({ id: 'llama3:latest' }, { id: 'qwen3-vl:2b' }),
    '/api/ps': json(200, { models: [{ name: 'qwen3-vl:2b', context_length: 4096 }] }),
  },
  lmstudio: {
    '/api/v0/models': models(
      { id: 'nomic-embed', type: 'embeddings', state: 'loaded', max_context_length: 2048 },
      {
        id: 'qwen/qwen3-vl-4b',
        type: 'vlm',
        state: 'loaded',
        max_context_length: 262144,
        loaded_context_length: 8192,
      },
      { id: 'other', type: 'llm', state: 'not-loaded', max_context_length: 4096 },
    ),
    '/v1/models': models({ id: 'nomic-embed' }, { id: 'qwen/qwen3-vl-4b' }, { id: 'other' }),
  },
  openai: { '/v1/models': models({ id: 'some-model' }) },
} as const satisfies Record<string, Record<string, Handler>>;

/** A llama-server whose chat endpoint does as told. */
export function serveChat(chat: Handler): Promise<ScriptedServer> {
  return startServer({ ...kinds['llama-server'], '/v1/chat/completions': chat });
}
