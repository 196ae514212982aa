/**
 * The way to `pixelwright serve`: a stream of lines from it, and a request for each message to it.
 *
 * Plain HTTP suffices: messages to the host are few, and each may be refused with words. A WebSocket would need a
 * package, a second protocol on the host's port, and could not carry the key in a header; nor could EventSource.
 */
import type { Channel, ChannelEnds } from './channel.ts';
import { keptOf } from './kept.ts';

/** By origin, so that the key is shown to no other program that listens on this machine, as a cookie would be. */
const place = 'pixelwright-panel-key';
/** Of the tab, and gone with it. */
const keptPlace = 'pixelwright-panel-picture';

export function webChannel(ends: ChannelEnds): Channel {
  let lost = false;
  const lose = (reason: 'lost' | 'noKey'): void => {
    if (!lost) ends.onLost(reason);
    lost = true;
  };
  const opened = open(ends, lose);
  opened.catch(() => lose('lost'));
  let sending = new AbortController();
  let previous: Promise<unknown> = opened;
  const send = async (body: string, signal: AbortSignal | null): Promise<void> => {
    const headers = await opened;
    try {
      const answer = await fetch('/panel/messages', { method: 'POST', headers, body, signal });
      if (!answer.ok) lose('lost');
    } catch {
      if (signal?.aborted !== true) lose('lost');
    }
  };
  return {
    keep(value) {
      try {
        sessionStorage.setItem(keptPlace, JSON.stringify(value));
      } catch {
        // It is more than the browser keeps for a tab, which then begins anew.
        sessionStorage.removeItem(keptPlace);
      }
    },
    kept: () => keptOf(JSON.parse(sessionStorage.getItem(keptPlace) ?? 'null')),
    post(message) {
      const body = JSON.stringify(message);
      if (message.type === 'cancel') {
        // What is still on its way need not arrive.
        sending.abort();
        sending = new AbortController();
        previous = send(body, null);
        return;
      }
      const { signal } = sending;
      previous = previous.then(() => (signal.aborted ? undefined : send(body, signal))).catch(() => {});
    },
  };
}

/** @returns the headers of every later request. */
async function open(
  ends: ChannelEnds,
  lose: (reason: 'lost' | 'noKey') => void,
): Promise<Readonly<Record<string, string>>> {
  const key = await ownKey();
  const authorization = `Bearer ${key ?? ''}`;
  const stream = key === undefined ? undefined : await fetch('/panel/events', { headers: { authorization } });
  if (stream?.body == null || !stream.ok) {
    localStorage.removeItem(place);
    lose('noKey');
    return {};
  }
  void read(stream.body, ends).finally(() => lose('lost'));
  const session = stream.headers.get('x-pixelwright-session') ?? '';
  return { authorization, 'x-pixelwright-session': session, 'content-type': 'application/json' };
}

/** The code in the address is good for one key, which this browser keeps for its other tabs. */
async function ownKey(): Promise<string | undefined> {
  const code = location.hash.slice(1);
  if (code !== '') {
    history.replaceState(null, '', location.pathname);
    const answer = await fetch('/panel/key', { method: 'POST', body: code });
    if (answer.ok) localStorage.setItem(place, await answer.text());
  }
  return localStorage.getItem(place) ?? undefined;
}

/** One message a line. */
async function read(body: ReadableStream<Uint8Array>, ends: ChannelEnds): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let pieces: string[] = [];
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const [first = '', ...lines] = decoder.decode(value, { stream: true }).split('\n');
    pieces.push(first);
    for (const line of lines) {
      const whole = pieces.join('');
      pieces = [line];
      if (whole !== '') ends.onMessage(JSON.parse(whole));
    }
  }
}
