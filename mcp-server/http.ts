/** The server over streamable HTTP, for clients of this machine: both eras at one address. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  localhostHostValidation,
  localhostOriginValidation,
  toNodeHandler,
} from '@modelcontextprotocol/node';
import { createMcpHandler, isLegacyRequest } from '@modelcontextprotocol/server';
import { PixelwrightError } from '../shared/start.ts';
import { legacySessions } from './legacy-sessions.ts';
import { type Additions, serverFactory } from './server.ts';
import { openServices, type ServerOptions } from './services.ts';

export interface HttpOptions extends ServerOptions {
  /** 0 lets the system choose. */
  readonly port: number;
  /** For tests of the protocol. */
  readonly additions?: Additions;
}

export interface HttpServer {
  /** For clients: `http://127.0.0.1:7391/mcp`. */
  readonly url: string;
  /** Ends every connection and what runs in it. */
  close(): Promise<void>;
}

const address = '127.0.0.1';
const endpoint = '/mcp';

/** Listens on this machine only. @throws PixelwrightError `not-allowed` where the port is taken or forbidden. */
export async function serveOverHttp({ port, additions, ...options }: HttpOptions): Promise<HttpServer> {
  const services = openServices(options);
  const onerror = (error: Error): void => options.log.debug(`mcp: ${error.message}`);
  const factory = serverFactory(services, additions);
  const modern = createMcpHandler(factory, { legacy: 'reject', onerror });
  const legacy = legacySessions(factory, onerror);
  const answer = toNodeHandler(
    {
      fetch: async (request) =>
        (await isLegacyRequest(request)) ? await legacy.fetch(request) : await modern.fetch(request),
    },
    { onerror },
  );
  // A page in a browser could otherwise reach us under a name of its own that leads here.
  const checks = [localhostHostValidation(), localhostOriginValidation()];
  const server = createServer((request, response) => {
    if (checks.every((check) => check(request, response)) && isEndpoint(request, response)) {
      // A request that a server receives always has both.
      void answer(request as IncomingMessage & { method: string; url: string }, response);
    }
  });
  await listening(server, port);
  // What `listen` on TCP gives; a pipe would give text.
  const taken = (server.address() as AddressInfo).port;
  return {
    url: `http://${address}:${taken}${endpoint}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      await modern.close();
      await legacy.close();
      await services.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function isEndpoint({ url = '' }: IncomingMessage, response: ServerResponse): boolean {
  if (url.split('?')[0] === endpoint) return true;
  response.writeHead(404, { 'content-type': 'text/plain' }).end(`The protocol is spoken at ${endpoint}.\n`);
  return false;
}

async function listening(server: ReturnType<typeof createServer>, port: number): Promise<void> {
  server.listen(port, address);
  try {
    await once(server, 'listening');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    const reason = code === 'EADDRINUSE' ? 'another program uses it' : `the system refuses it (${code})`;
    throw new PixelwrightError('not-allowed', `Expected to listen on port ${port}, but ${reason}.`, {
      next: 'Give another one with --port, or 0 to let the system choose.',
      details: { port },
      cause,
    });
  }
}
