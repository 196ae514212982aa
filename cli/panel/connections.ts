/** The open panels of `pixelwright serve`, each a stream of messages with a session behind it. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MessageToPage, PanelSession } from '../../shared/index.ts';

export type OpenSession = (send: (message: MessageToPage) => void) => PanelSession;

/** Bytes; more than the largest picture that the protocol takes, in base64. */
const longestBody = 260 * 1024 * 1024;
/** A stream that is silent for minutes is closed by some systems. */
const heartbeatMs = 20_000;

export class Connections {
  readonly #open: OpenSession;
  readonly #panels = new Map<string, { readonly session: PanelSession; readonly response: ServerResponse }>();

  constructor(open: OpenSession) {
    this.#open = open;
  }

  /** Answers with one message a line until the page is closed, which ends what its session does. */
  stream(response: ServerResponse): void {
    const id = randomUUID();
    response.writeHead(200, {
      'content-type': 'application/x-ndjson',
      'cache-control': 'no-store',
      'x-pixelwright-session': id,
    });
    response.flushHeaders();
    const session = this.#open((message) => void response.write(`${JSON.stringify(message)}\n`));
    this.#panels.set(id, { session, response });
    const heartbeat = setInterval(() => void response.write('\n'), heartbeatMs);
    response.once('close', () => {
      clearInterval(heartbeat);
      this.#panels.delete(id);
      void session.dispose();
    });
  }

  /** Hands a message of a page to its session. */
  async message(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const panel = this.#panels.get(String(request.headers['x-pixelwright-session']));
    if (panel === undefined)
      return end(response, 404, 'There is no such panel any more; load the page again.');
    const body = await bodyOf(request, longestBody);
    if (body === undefined) return end(response, 413, `A message has at most ${longestBody} bytes.`);
    const message = parsed(body);
    if (message === undefined) return end(response, 400, 'A message is a JSON object.');
    panel.session.receive(message);
    end(response, 204);
  }

  async close(): Promise<void> {
    const panels = [...this.#panels.values()];
    for (const { response } of panels) response.end();
    await Promise.all(panels.map(({ session }) => session.dispose()));
  }
}

export function end(response: ServerResponse, status: number, text?: string): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
  response.end(text);
}

/** @returns undefined for what is longer; it is read to its end all the same, or the answer would be lost. */
export async function bodyOf(request: IncomingMessage, longest: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // A request's chunks are bytes where no encoding was set.
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length <= longest) chunks.push(chunk);
  }
  return length <= longest ? Buffer.concat(chunks).toString('utf8') : undefined;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Whoever sent it is told; there is nothing else to know.
    return undefined;
  }
}
