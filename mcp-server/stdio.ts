/** The server over stdio: one client, until it closes our standard input. */
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import { serverFactory } from './server.ts';
import { openServices, type ServerOptions } from './services.ts';

export interface StdioOptions extends ServerOptions {
  /** Where the protocol is written. */
  readonly output: Writable;
  /** Ends the server. */
  readonly signal: AbortSignal;
}

/** Resolves when the client has gone or `signal` has fired, and everything that ran has been ended. */
export async function serveOverStdio({ output, signal, ...options }: StdioOptions): Promise<void> {
  const services = openServices(options);
  const gone = new AbortController();
  const handle = serveStdio(serverFactory(services), {
    transport: new StdioServerTransport(process.stdin, output),
    onerror: (error) => options.log.debug(`mcp: ${error.message}`),
  });
  // A file ends without being closed, a pipe may be closed without an end.
  for (const event of ['end', 'close', 'error']) process.stdin.once(event, () => gone.abort());
  output.once('error', () => gone.abort());
  const ended = AbortSignal.any([signal, gone.signal]);
  if (!ended.aborted) await once(ended, 'abort');
  await handle.close();
  await services.close();
  process.stdin.destroy();
}
