/** A hub as the real one behaves, on real sockets: a listing, redirects to a storage host, ranges, and faults on demand. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { modelBytes, projectorBytes } from './gguf-bytes.ts';

export const repository = 'Qwen/Qwen3-VL-2B-Instruct-GGUF';
export const model = 'Qwen3VL-2B-Instruct-Q4_K_M.gguf';
export const projector = 'mmproj-Qwen3VL-2B-Instruct-Q8_0.gguf';

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Answers one request in place of the server; `serve` is what the server would have done. */
export type Behaviour = (
  request: IncomingMessage,
  response: ServerResponse,
  serve: () => void,
) => void | Promise<void>;

export interface Seen {
  readonly host: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
}

export interface Hub {
  readonly url: string;
  readonly storageUrl: string;
  /** What the repository holds; may be changed while it runs. */
  readonly files: Map<string, Buffer>;
  /** One for each request of the listing, of a file at the hub, of a file at the storage; then the usual. */
  readonly onTree: Behaviour[];
  readonly onResolve: Behaviour[];
  readonly onStorage: Behaviour[];
  readonly seen: Seen[];
  /** Requests to the storage, as "name range". */
  ranges(): string[];
  /** Sizes that the listing tells instead of the true ones. */
  readonly listedBytes: Map<string, number>;
}

export const defaultFiles = (): Map<string, Buffer> =>
  new Map([
    [model, modelBytes({ weights: 100_000, seed: 1 })],
    ['Qwen3VL-2B-Instruct-Q8_0.gguf', modelBytes({ weights: 50_000, seed: 2 })],
    ['Qwen3VL-2B-Instruct-F16.gguf', modelBytes({ weights: 60_000, seed: 3 })],
    [projector, projectorBytes({ weights: 20_000, seed: 4 })],
    ['mmproj-Qwen3VL-2B-Instruct-F16.gguf', projectorBytes({ weights: 30_000, seed: 5 })],
  ]);

export async function startHub(files = defaultFiles()): Promise<Hub> {
  const seen: Seen[] = [];
  const queues = { onTree: [] as Behaviour[], onResolve: [] as Behaviour[], onStorage: [] as Behaviour[] };
  const listedBytes = new Map<string, number>();

  const answer = async (
    queue: Behaviour[],
    request: IncomingMessage,
    response: ServerResponse,
    serve: () => void,
  ): Promise<void> => {
    const behaviour = queue.shift();
    if (behaviour === undefined) serve();
    else await behaviour(request, response, serve);
  };
  const look = (request: IncomingMessage): string => {
    const url = new URL(request.url ?? '/', 'http://any');
    seen.push({ host: request.headers.host ?? '', path: url.pathname, headers: request.headers });
    return decodeURIComponent(url.pathname);
  };

  const storage = await listen(
    createServer((request, response) => {
      const bytes = files.get(look(request).replace('/blobs/', ''));
      void answer(queues.onStorage, request, response, () => serveRange(bytes, request, response));
    }),
    'localhost',
  );
  const hub = await listen(
    createServer((request, response) => {
      const path = look(request);
      if (path === `/api/models/${repository}/tree/main`) {
        return void answer(queues.onTree, request, response, () => json(response, tree(files, listedBytes)));
      }
      const name = path.startsWith(`/${repository}/resolve/main/`) ? path.split('/').at(-1) : undefined;
      if (name === undefined || !files.has(name)) return void response.writeHead(404).end();
      return void answer(queues.onResolve, request, response, () =>
        response
          .writeHead(302, { location: `${storage}/blobs/${encodeURIComponent(name)}?signature=secret` })
          .end(),
      );
    }),
    '127.0.0.1',
  );
  return {
    url: hub,
    storageUrl: storage,
    files,
    ...queues,
    seen,
    listedBytes,
    ranges: () =>
      seen
        .filter(({ path }) => path.startsWith('/blobs/'))
        .map(({ path, headers }) => `${path.slice('/blobs/'.length)} ${headers.range ?? 'whole'}`),
  };
}

async function listen(server: Server, host: string): Promise<string> {
  server.listen(0, host);
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return `http://${host}:${address.port}`;
}

const json = (response: ServerResponse, value: unknown): void => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
};

function tree(files: Map<string, Buffer>, listedBytes: Map<string, number>): unknown {
  return [
    { type: 'directory', oid: 'd'.repeat(40), size: 0, path: 'images' },
    { type: 'file', oid: 'a'.repeat(40), size: 1519, path: '.gitattributes' },
    { type: 'file', oid: 'b'.repeat(40), size: 5000, path: 'README.md' },
    ...[...files].map(([path, bytes]) => {
      const size = listedBytes.get(path) ?? bytes.length;
      return {
        type: 'file',
        oid: 'c'.repeat(40),
        size,
        lfs: { oid: sha256(bytes), size, pointerSize: 135 },
        path,
      };
    }),
  ];
}

export const etagOf = (bytes: Uint8Array): string => `"${sha256(bytes).slice(0, 32)}"`;

function serveRange(bytes: Buffer | undefined, request: IncomingMessage, response: ServerResponse): void {
  if (bytes === undefined) return void response.writeHead(404).end();
  const etag = etagOf(bytes);
  const condition = request.headers['if-range'];
  const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
  const start = range === null || (condition !== undefined && condition !== etag) ? 0 : Number(range[1]);
  if (start >= bytes.length) {
    return void response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
  }
  const rest = bytes.subarray(start);
  response.writeHead(start === 0 ? 200 : 206, {
    etag,
    'accept-ranges': 'bytes',
    'content-type': 'application/octet-stream',
    'content-length': rest.length,
    ...(start === 0 ? {} : { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` }),
  });
  response.end(rest);
}

const startOf = (request: IncomingMessage): number =>
  Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);

/**
 * Sends `count` bytes of what was asked for, and cuts the line once they are on the client's disk.
 * @param part where the client collects them.
 */
export const cutAfter =
  (bytes: Buffer, part: string, count: number, headers: Record<string, string | number> = {}): Behaviour =>
  async (request, response) => {
    const start = startOf(request);
    response.writeHead(start === 0 ? 200 : 206, {
      etag: etagOf(bytes),
      'content-length': bytes.length - start,
      ...(start === 0 ? {} : { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` }),
      ...headers,
    });
    response.write(bytes.subarray(start, start + count));
    // A client that wants none of it closes the line itself.
    await Promise.race([once(response, 'close'), landed(part, start + count)]);
    response.destroy();
  };

/** Ends the line without an answer. */
export const hangUp: Behaviour = (_, response) => {
  response.destroy();
};

/** Sends the first bytes, then nothing more; `sent` resolves once they are on the client's disk. */
export function stallAfter(
  bytes: Buffer,
  part: string,
  count: number,
): { behaviour: Behaviour; sent: Promise<void> } {
  const behaviour: Behaviour = (_, response) => {
    response.writeHead(200, { etag: etagOf(bytes), 'content-length': bytes.length });
    response.write(bytes.subarray(0, count));
  };
  return { behaviour, sent: landed(part, count) };
}

/** Resolves when a file has that many bytes; never if it never has. */
async function landed(file: string, bytes: number): Promise<void> {
  while (((await stat(file).catch(() => undefined))?.size ?? 0) < bytes) await setImmediate();
}

/** An answer with this status and these headers. */
export const refuse =
  (status: number, headers: Record<string, string> = {}): Behaviour =>
  (_, response) => {
    response.writeHead(status, headers).end('no');
  };
