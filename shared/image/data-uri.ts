/** Decodes `data:` URIs within the byte limit. */
import { PixelwrightError } from '../errors.ts';
import { formatBytes, tooManyBytes } from './limits.ts';

/**
 * Bytes of a data URI, base64 (also the URL-safe alphabet, with or without padding) or percent-encoded.
 * @param limit largest number of decoded bytes.
 * @throws PixelwrightError `input-unsupported` if it is malformed or empty, `input-too-large`.
 */
export function decodeDataUri(uri: string, limit: number): Uint8Array {
  const comma = uri.indexOf(',');
  if (comma < 0) throw malformed('there is no comma before the data');
  const payload = uri.slice(comma + 1);
  // An escaped base64 character is the longest spelling: four characters a byte.
  if (payload.length > limit * 4) throw tooLarge(limit);
  const isBase64 = /;\s*base64\s*$/i.test(uri.slice(0, comma));
  const bytes = isBase64 ? fromBase64(payload) : fromPercent(payload);
  if (bytes.length > limit) throw tooLarge(limit);
  if (bytes.length === 0) throw malformed('it holds no data');
  return bytes;
}

function fromBase64(payload: string): Uint8Array {
  const text = fromPercent(payload).toString('latin1').replace(/\s+/g, '');
  if (!/^[\w+/-]*={0,2}$/.test(text) || text.replace(/=+$/, '').length % 4 === 1) {
    throw malformed('its base64 data holds other characters or is cut short');
  }
  return Buffer.from(text, 'base64');
}

/** Like browsers, leaves a "%" that begins no escape as it is: SVGs are full of `100%`. */
function fromPercent(payload: string): Buffer {
  const source = Buffer.from(payload, 'utf8');
  if (!payload.includes('%')) return source;
  const result = Buffer.alloc(source.length);
  let length = 0;
  for (let at = 0; at < source.length; at++) {
    const digits = source[at] === 0x25 ? source.toString('latin1', at + 1, at + 3) : '';
    const isEscape = /^[\da-f]{2}$/i.test(digits);
    result[length++] = isEscape ? Number.parseInt(digits, 16) : (source[at] ?? 0);
    if (isEscape) at += 2;
  }
  return result.subarray(0, length);
}

function tooLarge(limit: number): PixelwrightError {
  return tooManyBytes('the data URI', `more than ${formatBytes(limit)}`, limit);
}

function malformed(what: string): PixelwrightError {
  return new PixelwrightError('input-unsupported', `Expected a data URI with a picture, but ${what}.`, {
    next: 'Write it as data:image/png;base64,… with the whole file, or give a path.',
  });
}
