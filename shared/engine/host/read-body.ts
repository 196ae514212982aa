/** Reads the JSON body of a request, within bounds. */
import type { IncomingMessage } from 'node:http';
import { PixelwrightError } from '../../errors.ts';

/** A picture of the largest allowed file size in base64, three times over; V8's longest string is twice this. */
export const longestBody = 256 * 1024 * 1024;

/** @throws PixelwrightError `input-too-large`, `option-invalid` for what is no JSON, `cancelled`. */
export async function readJson(request: IncomingMessage, longest: number): Promise<unknown> {
  const body = await readBytes(request, longest);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PixelwrightError('option-invalid', `The request to the engine host is not JSON: ${reason}.`, {
      next: 'Send a JSON object as OpenAI describes it for chat completions.',
      cause,
    });
  }
}

/** What is too long is still received, but not kept: a closed connection would take the answer with it. */
function readBytes(request: IncomingMessage, longest: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    request.on('data', (chunk: Uint8Array) => {
      length += chunk.length;
      if (length <= longest) chunks.push(chunk);
      else if (chunks.length > 0) chunks.length = 0;
    });
    request.once('end', () => (length > longest ? reject(tooLong(longest)) : resolve(Buffer.concat(chunks))));
    request.once('error', reject);
    request.once('close', () => reject(new PixelwrightError('cancelled', 'The client has gone.')));
    if (Number(request.headers['content-length'] ?? 0) > longest) reject(tooLong(longest));
  });
}

function tooLong(longest: number): PixelwrightError {
  const message = `The request to the engine host is longer than ${longest} bytes.`;
  return new PixelwrightError('input-too-large', message, {
    next: 'Send fewer or smaller pictures.',
    details: { longest },
  });
}
