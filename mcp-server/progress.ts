/** Tells a client once a second what its call is doing, from the start to the end. */
import type { ServerContext } from '@modelcontextprotocol/server';

export interface Progress {
  /** What is being done now; sent with the next tick. */
  tell(message: string): void;
  stop(): void;
}

/** Clients restart their clocks with each notification; a person can read one a second. */
const tickMs = 1000;

/** `progress` is the time since the start in seconds, since nobody knows how long a model will write. */
export function startProgress({ mcpReq }: ServerContext): Progress {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return { tell: () => {}, stop: () => {} };
  const start = performance.now();
  let message = 'starting';
  let said = '';
  let last = 0;
  const send = (): void => {
    const seconds = (performance.now() - start) / 1000;
    // Each must be more than the one before, also where two fall into one tenth of a second.
    last = Math.max(Math.round(seconds * 10) / 10, Math.round(last * 10 + 1) / 10);
    const shown = message === said ? `${message} (${Math.round(seconds)} s)` : message;
    said = message;
    const params = { progressToken, progress: last, message: shown };
    // A client that has gone is told nothing; its call is cancelled by the transport.
    mcpReq.notify({ method: 'notifications/progress', params }).catch(() => {});
  };
  send();
  const timer = setInterval(send, tickMs);
  return {
    tell: (text) => {
      message = text;
    },
    stop: () => clearInterval(timer),
  };
}
