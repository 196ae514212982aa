/** One chat request from the first byte sent to the last one read. */
import { cancelled, PixelwrightError } from '../../errors.ts';
import type { EnginePart, EngineRequest, FinishPart, FinishReason, Timings, Usage } from '../engine.ts';
import { answerError } from './answer-error.ts';
import type { ServerAddress } from './base-url.ts';
import { type ChatFaults, serverFaults } from './chat-faults.ts';
import { type Chunk, finishReason, parseChunk, usageOf } from './chunk.ts';
import { readEvents } from './events.ts';
import { faultCode, type Http, readWhole } from './http.ts';
import { type BodyTarget, requestBody } from './request-body.ts';
import { serverError } from './server-error.ts';
import { Watchdog } from './watchdog.ts';

export interface ChatTimeouts {
  /** Longest silence before the first text; each step of prefill starts it anew. */
  readonly firstTextMs: number;
  /** Longest silence after that. Keep-alive comments are silence: a stuck server sends them too. */
  readonly nextTextMs: number;
}

export interface ChatConnection {
  readonly http: Http;
  readonly address: ServerAddress;
  readonly timeouts: ChatTimeouts;
  /** Default: those of a server that somebody else keeps. */
  readonly faults?: ChatFaults;
}

/** What a stream has told so far. */
interface Progress {
  readonly start: number;
  characters: number;
  firstTextMs?: number;
  reason?: FinishReason;
  usage?: Usage;
  timings?: Chunk['timings'];
  /** From our own host, which tells more. */
  finish?: FinishPart;
}

export async function* chat(
  connection: ChatConnection,
  request: EngineRequest,
  target: BodyTarget,
  { signal, closed }: { readonly signal: AbortSignal; readonly closed: AbortSignal },
): AsyncGenerator<EnginePart, void, undefined> {
  const { http, address, timeouts, faults = serverFaults(address) } = connection;
  const ours = new AbortController();
  const watchdog = new Watchdog((limitMs) => ours.abort(faults.silent(limitMs, progress.characters)));
  const progress: Progress = { start: performance.now(), characters: 0 };
  try {
    const body = requestBody(request, target);
    watchdog.watch(timeouts.firstTextMs);
    const all = AbortSignal.any([signal, closed, ours.signal]);
    const response = await http.post(`${address.api}/chat/completions`, body, all);
    const contentType = response.headers.get('content-type') ?? '';
    const wholeAnswer = response.ok && contentType.includes('json');
    if (!response.ok || !response.body || !(wholeAnswer || contentType.includes('event-stream'))) {
      throw answerError(address, await readWhole(response), target.model);
    }
    const events = wholeAnswer ? wholeBody(response.text()) : readEvents(response.body);
    for await (const { data, complete } of events) {
      if (data === '[DONE]') {
        progress.reason ??= 'other';
        break;
      }
      const chunk = complete ? parseChunk(data) : lastChunk(data);
      if (chunk === undefined) break;
      if (chunk.error !== undefined) {
        throw serverError(address, response.status, chunk.error, target.model);
      }
      const part = read(chunk, progress);
      // While the caller works on a part, the server is not the one that is silent.
      watchdog.stop();
      if (part) yield part;
      watchdog.watch(progress.characters > 0 ? timeouts.nextTextMs : timeouts.firstTextMs);
    }
  } catch (error) {
    if (signal.aborted) throw cancelled(signal.reason);
    if (error instanceof PixelwrightError) throw error;
    // A connection that breaks behind the reason loses at most the token counts.
    if (progress.reason === undefined) throw faults.broken(progress.characters, faultCode(error), error);
  } finally {
    watchdog.stop();
  }
  if (progress.reason === undefined) throw faults.cutShort(progress.characters);
  const usage = progress.usage === undefined ? {} : { usage: progress.usage };
  yield {
    type: 'finish',
    reason: progress.reason,
    ...usage,
    ...progress.finish,
    timings: timingsOf(progress),
  };
}

/** Notes what a chunk tells and returns what of it is for the caller. */
function read(chunk: Chunk, progress: Progress): EnginePart | undefined {
  const usage = usageOf(chunk);
  if (usage) progress.usage = usage;
  if (chunk.timings) progress.timings = chunk.timings;
  const part = chunk.pixelwright;
  if (part && part.type !== 'finish') return part;
  if (part) {
    progress.finish = part;
    progress.reason = part.reason;
  }
  const choice = chunk.choices?.[0];
  if (choice?.finish_reason && !progress.finish) progress.reason = finishReason(choice.finish_reason);
  const text = choice?.delta?.content ?? choice?.message?.content ?? '';
  if (text !== '') {
    progress.characters += text.length;
    progress.firstTextMs ??= performance.now() - progress.start;
    return { type: 'text-delta', text };
  }
  const prefill = chunk.prompt_progress;
  return prefill && { type: 'prefill-progress', processed: prefill.processed, total: prefill.total };
}

/** A server that does not stream answers with one JSON body, which has the form of a chunk. */
async function* wholeBody(text: Promise<string>): AsyncGenerator<{ data: string; complete: boolean }> {
  yield { data: await text, complete: true };
}

/** The chunk behind which a connection was closed, or undefined if it is cut as well. */
function lastChunk(data: string): Chunk | undefined {
  try {
    return parseChunk(data);
  } catch (error) {
    if (error instanceof PixelwrightError) return undefined;
    throw error;
  }
}

function timingsOf({ start, firstTextMs, timings, finish }: Progress): Timings {
  const prefillMs = finish?.timings.prefillMs ?? timings?.prompt_ms;
  const decodeMs = finish?.timings.decodeMs ?? timings?.predicted_ms;
  return {
    ...(firstTextMs === undefined ? {} : { firstTextMs }),
    totalMs: performance.now() - start,
    ...(prefillMs === undefined ? {} : { prefillMs }),
    ...(decodeMs === undefined ? {} : { decodeMs }),
  };
}
