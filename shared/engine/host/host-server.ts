/**
 * The host's HTTP server. Built on `node:http` alone: five addresses need no router, and what matters here
 * (seeing a client leave, comments in a stream, refusing before a body is read) is the socket's own business.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { PixelwrightError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { guard, guardPage } from './guard.ts';
import { isLoopback } from './host-address.ts';
import { sendError } from './send.ts';

/** @param proof the answer to a client's challenge, where it sent one. */
export type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  proof: string | undefined,
) => Promise<void> | void;

/** A page on the same port, with all that lies below its path; whom it lets in is its own business. */
export interface Mount {
  /** `/panel` */
  readonly path: string;
  /** Comes with the host's own name, and from no other page. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Ends what runs for it, and its open answers. */
  close(): Promise<void>;
}

export interface HostServerOptions {
  readonly token: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Address to listen on; `127.0.0.1` but where the user said otherwise. */
  readonly address: string;
  /** `GET /health` → what to do. */
  readonly routes: Readonly<Record<string, Handler>>;
  readonly mount?: Mount | undefined;
  readonly log: Log;
}

export interface HostServer {
  readonly port: number;
  /** Takes no more connections; those that are open go on. */
  stop(): void;
  /** After `stop`: gives answers that have ended a second to get out, then cuts what is left. */
  close(): Promise<void>;
}

/** @throws PixelwrightError `engine-unavailable` if the port cannot be had. */
export async function startHostServer(options: HostServerOptions): Promise<HostServer> {
  const { address, log } = options;
  // Known before the first request, which cannot come before the port is.
  let port = options.port;
  const server = createServer((request, response) => {
    response.on('error', (error) => log.debug(`answer: ${error.message}`));
    handle(request, response, { ...options, port }).catch((error: unknown) => {
      log.error(`${request.method} ${request.url}: ${error instanceof Error ? error.stack : String(error)}`);
      sendError(response, asOurs(error));
    });
  });
  port = await listen(server, options.port, address);
  return {
    port,
    stop: () => void server.close(),
    close: () => closeAll(server),
  };
}

async function closeAll(server: Server): Promise<void> {
  for (let waited = 0; waited < 1000 && (await connections(server)) > 0; waited += 20) {
    server.closeIdleConnections();
    await sleep(20);
  }
  server.closeAllConnections();
}

function connections(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });
}

async function listen(server: Server, port: number, address: string): Promise<number> {
  try {
    server.listen({ port, host: address });
    await once(server, 'listening');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new PixelwrightError(
      'engine-unavailable',
      `The engine host cannot listen on ${address}:${port} (${code}).`,
      {
        next:
          code === 'EADDRINUSE' ? 'Choose another port, or 0 for any.' : 'Choose another port or address.',
        details: { address, port, code },
        cause,
      },
    );
  }
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('A TCP server has an address.');
  return bound.port;
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  { token, port, address, routes, mount }: HostServerOptions,
): Promise<void> {
  const path = (request.url ?? '/').replace(/[?#].*$/, '');
  const open = !isLoopback(address);
  if (mount !== undefined && `${path}/`.startsWith(`${mount.path}/`)) {
    const foreign = guardPage(request, { port, open });
    return foreign
      ? sendError(response, foreign.error, foreign.status)
      : await mount.handle(request, response);
  }
  const { refusal, proof } = guard(request, { token, port, open });
  if (refusal) return sendError(response, refusal.error, refusal.status);
  const handler = routes[`${request.method} ${path}`];
  if (handler) return await handler(request, response, proof);
  const methods = Object.keys(routes).filter((route) => route.endsWith(` ${path}`));
  const known = Object.keys(routes).join(', ');
  const message =
    methods.length > 0
      ? `The engine host takes ${methods.join(', ')}, not ${request.method} ${path}.`
      : `The engine host has no ${request.method} ${path}; it has ${known}.`;
  sendError(response, new PixelwrightError('option-invalid', message), methods.length > 0 ? 405 : 404);
}

/** Any error as one of ours; one that is not is a fault of the host and says so. */
export function asOurs(error: unknown): PixelwrightError {
  if (error instanceof PixelwrightError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new PixelwrightError('engine-crashed', `The engine host failed: ${reason}`, {
    next: 'Run again; if it stays so, report it with the log of the engine host.',
    cause: error,
  });
}
