/**
 * Sessions of the older protocol over HTTP. Without them a cancel, which comes as a request of its own, would
 * not find the call that it ends.
 */
import { randomUUID } from 'node:crypto';
import {
  isInitializeRequest,
  legacyStatelessFallback,
  type McpServerFactory,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import { z } from 'zod';

export interface LegacySessions {
  /** Answers a request of the older protocol. */
  fetch(request: Request): Promise<Response>;
  /** Ends every session and what runs in it. */
  close(): Promise<void>;
}

interface Session {
  readonly transport: WebStandardStreamableHTTPServerTransport;
  lastUse: number;
}

/** Clients that went without a word. */
const mostIdleMs = 30 * 60_000;
const mostSessions = 64;

const requestSchema = z.object({ id: z.union([z.string(), z.number()]), method: z.string() });

/** A client that knows no sessions is served request by request. The caller closes them. */
export function legacySessions(factory: McpServerFactory, onerror: (error: Error) => void): LegacySessions {
  const sessions = new Map<string, Session>();
  const stateless = legacyStatelessFallback(factory, onerror);

  const open = async (): Promise<WebStandardStreamableHTTPServerTransport> => {
    await makeRoom(sessions);
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void sessions.set(id, { transport, lastUse: Date.now() }),
      onsessionclosed: (id) => void sessions.delete(id),
    });
    transport.onerror = onerror;
    const server = await factory({ era: 'legacy' });
    await server.connect(transport);
    return transport;
  };

  return {
    fetch: async (request) => {
      const id = request.headers.get('mcp-session-id');
      const parsedBody = await bodyOf(request);
      if (id === null && !isInitializeRequest(parsedBody)) return await stateless(request, { parsedBody });
      const session = id === null ? undefined : sessions.get(id);
      if (id !== null && session === undefined) return unknownSession();
      if (session !== undefined) session.lastUse = Date.now();
      const transport = session?.transport ?? (await open());
      cancelWhenGone(request.signal, parsedBody, transport);
      return await transport.handleRequest(request, { parsedBody });
    },
    close: async () => {
      const all = [...sessions.values()];
      sessions.clear();
      await Promise.all(all.map(({ transport }) => transport.close()));
    },
  };
}

async function bodyOf(request: Request): Promise<unknown> {
  if (request.method !== 'POST') return undefined;
  try {
    // From a copy, since the transport answers for itself what is wrong with a body.
    return await request.clone().json();
  } catch {
    return undefined;
  }
}

/** What a client that has closed its stream asked for could not be delivered any more. */
function cancelWhenGone(
  signal: AbortSignal,
  body: unknown,
  transport: WebStandardStreamableHTTPServerTransport,
): void {
  const messages = z.array(requestSchema).safeParse(Array.isArray(body) ? body : [body]);
  if (!messages.success) return;
  const cancel = (): void => {
    for (const { id: requestId } of messages.data) {
      const params = { requestId, reason: 'the client closed its connection' };
      transport.onmessage?.({ jsonrpc: '2.0', method: 'notifications/cancelled', params });
    }
  };
  signal.addEventListener('abort', cancel, { once: true });
}

/** Ends what has been idle for long; the longest idle one where there are too many. */
async function makeRoom(sessions: Map<string, Session>): Promise<void> {
  const byUse = [...sessions].toSorted(([, one], [, other]) => one.lastUse - other.lastUse);
  const tooMany = sessions.size - mostSessions + 1;
  const gone = byUse.filter(([, { lastUse }], index) => index < tooMany || Date.now() - lastUse > mostIdleMs);
  for (const [id, { transport }] of gone) {
    sessions.delete(id);
    await transport.close();
  }
}

/** 404 tells a client to begin again. */
function unknownSession(): Response {
  const error = { code: -32_001, message: 'This session is not known here (any more). Initialize again.' };
  return Response.json({ jsonrpc: '2.0', error, id: null }, { status: 404 });
}
