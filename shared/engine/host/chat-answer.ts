/** Writes the answer to one chat request, as a stream or whole. */
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { PixelwrightError } from '../../errors.ts';
import type { EnginePart, FinishPart } from '../engine.ts';
import {
  type AnswerHead,
  finishChunk,
  prefillChunk,
  progressChunk,
  textChunk,
  usageChunk,
  wholeAnswer,
} from './chat-chunks.ts';
import type { ChatCall } from './chat-request.ts';
import { errorBody, sendError, sendJson } from './send.ts';

/** Proxies and clients give up on a connection that is silent for long; reading a picture can take minutes. */
export const defaultKeepAliveMs = 5000;

export interface ChatAnswer {
  part(part: EnginePart): void;
  /** After the last part. @throws PixelwrightError `engine-crashed` if no finish has come. */
  end(): void;
  fail(error: PixelwrightError): void;
  /** Frees what the answer holds; may be called at any time, more than once. */
  close(): void;
}

export interface AnswerOptions {
  readonly model: string;
  /** Milliseconds between the comments in a stream. */
  readonly keepAliveMs: number;
}

export function chatAnswer(
  response: ServerResponse,
  call: ChatCall,
  { model, keepAliveMs }: AnswerOptions,
): ChatAnswer {
  const head = { id: `chatcmpl-${randomUUID()}`, created: Math.floor(Date.now() / 1000), model };
  return call.stream ? streamedAnswer(response, call, head, keepAliveMs) : collectedAnswer(response, head);
}

function streamedAnswer(
  response: ServerResponse,
  call: ChatCall,
  head: AnswerHead,
  keepAliveMs: number,
): ChatAnswer {
  let texts = 0;
  let finish: FinishPart | undefined;
  const open = (): void => {
    if (response.headersSent || response.destroyed) return;
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    });
    response.flushHeaders();
  };
  // A slow reader's text waits in memory, where an answer is small: holding the engine back instead would
  // keep a place that others wait for.
  const write = (value: object | string): void => {
    open();
    if (response.destroyed) return;
    response.write(`data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`);
  };
  // Our client must know at once that the request has arrived, so that a crash is not taken for a connection
  // that never was. Others get a status code for what fails before the first text.
  if (call.ours) open();
  const keepAlive = setInterval(() => {
    open();
    if (!response.destroyed) response.write(': working\n\n');
  }, keepAliveMs);
  const close = (): void => clearInterval(keepAlive);
  return {
    close,
    part: (part) => {
      if (part.type === 'text-delta') {
        write(textChunk(head, part.text, texts === 0));
        texts += 1;
      } else if (part.type === 'finish') {
        finish = part;
      } else if (call.ours) {
        write(progressChunk(head, part));
      } else if (call.returnProgress && part.type === 'prefill-progress') {
        write(prefillChunk(head, part));
      }
    },
    end: () => {
      if (finish === undefined) throw noFinish();
      write(finishChunk(head, finish, call.ours));
      if (call.includeUsage && finish.usage) write(usageChunk(head, finish.usage));
      write('[DONE]');
      response.end();
      close();
    },
    fail: (error) => {
      close();
      if (!response.headersSent) return sendError(response, error);
      write(errorBody(error));
      response.end();
    },
  };
}

function collectedAnswer(response: ServerResponse, head: AnswerHead): ChatAnswer {
  let text = '';
  let finish: FinishPart | undefined;
  return {
    close: () => {},
    part: (part) => {
      if (part.type === 'text-delta') text += part.text;
      if (part.type === 'finish') finish = part;
    },
    end: () => {
      if (finish === undefined) throw noFinish();
      // What a loop added behind `keep` is nothing that anybody wants.
      sendJson(response, 200, wholeAnswer(head, text.slice(0, finish.repetition?.keep), finish));
    },
    fail: (error) => sendError(response, error),
  };
}

function noFinish(): PixelwrightError {
  return new PixelwrightError('engine-crashed', 'The engine ended its answer without saying why.', {
    next: 'Run again; if it stays so, report it with the log of the engine host.',
  });
}
