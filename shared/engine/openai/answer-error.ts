/** What an HTTP answer means that is not the wanted one. */
import { z } from 'zod';
import { PixelwrightError } from '../../errors.ts';
import type { ServerAddress } from './base-url.ts';
import type { WholeAnswer } from './http.ts';
import { type ServerError, serverError, serverErrorSchema, wrongAddressHelp } from './server-error.ts';

const errorBodySchema = z.union([
  z.looseObject({ error: serverErrorSchema }),
  // FastAPI, and vLLM before 0.10.
  z.looseObject({ message: z.string() }).transform(({ message }) => ({ error: message })),
  z.looseObject({ detail: z.string() }).transform(({ detail }) => ({ error: detail })),
]);

/** @param model the one that was asked for; empty while the server is being looked at. */
export function answerError(address: ServerAddress, answer: WholeAnswer, model: string): PixelwrightError {
  const { status, contentType, body, location } = answer;
  const details = { status, server: address.root, body: body.slice(0, 2000) };
  if (status >= 300 && status < 400) {
    const message = `The model server at ${address.label} redirects to ${location ?? 'another address'}.`;
    const next = 'Give that address as base URL if you trust it.';
    return new PixelwrightError('engine-unavailable', message, { next, details });
  }
  const error = parseErrorBody(body);
  if (error !== undefined) return serverError(address, status, error, model);
  if (status === 401 || status === 403 || status === 429 || status >= 500) {
    return serverError(address, status, contentType.includes('html') ? '' : body, model);
  }
  const kind = contentType.includes('html') ? 'a web page' : contentType || 'no content type';
  const message = `Expected an OpenAI-compatible answer from ${address.api}; got ${kind} with HTTP status ${status}.`;
  return new PixelwrightError('engine-unavailable', message, { next: wrongAddressHelp, details });
}

function parseErrorBody(body: string): ServerError | undefined {
  try {
    return errorBodySchema.safeParse(JSON.parse(body)).data?.error;
  } catch (error) {
    // Not JSON: the status has to tell.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
