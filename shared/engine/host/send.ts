/** JSON answers and errors of the host. */
import type { ServerResponse } from 'node:http';
import type { ErrorCode, PixelwrightError } from '../../errors.ts';
import { toWireError } from '../openai/pixelwright.ts';

/** HTTP's nearest status; where several fit, the one after which clients do not try again. */
const statuses: Readonly<Record<ErrorCode, number>> = {
  'input-not-found': 404,
  'input-unsupported': 400,
  'input-too-large': 413,
  'not-allowed': 403,
  'option-invalid': 400,
  'output-not-writable': 500,
  'model-missing': 404,
  'model-corrupt': 500,
  'engine-unavailable': 503,
  'engine-crashed': 500,
  'browser-missing': 500,
  'out-of-memory': 500,
  cancelled: 499,
  truncated: 500,
  repetition: 500,
  'output-invalid': 500,
  network: 502,
};

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  if (response.headersSent || response.destroyed) return;
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': body.length,
    'cache-control': 'no-store',
  });
  response.end(body);
}

/** OpenAI's form of an error, with ours in it. */
export function errorBody(error: PixelwrightError): object {
  const message = error.next === undefined ? error.message : `${error.message} ${error.next}`;
  const type = statuses[error.code] < 500 ? 'invalid_request_error' : 'server_error';
  return { error: { message, type, code: error.code, param: null, pixelwright: toWireError(error) } };
}

/** @param status instead of the one that the code stands for. */
export function sendError(response: ServerResponse, error: PixelwrightError, status?: number): void {
  sendJson(response, status ?? statuses[error.code], errorBody(error));
}
