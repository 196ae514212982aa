/** The pictures of a chat request: data URIs only, because the host fetches nothing. */
import { createContext } from '../../context.ts';
import { PixelwrightError } from '../../errors.ts';
import type { ImagePart } from '../engine.ts';

const magics = [
  { mediaType: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47] },
  { mediaType: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
] as const;

/**
 * A picture as engines take it: PNG and JPEG stay as they are, whatever else the image stage can read
 * (WebP, GIF, AVIF, …) becomes a PNG. What the bytes are counts, not what the URI calls them.
 * @param where the place in the request, for messages: `messages[0].content[1]`.
 * @throws PixelwrightError `not-allowed` for an address, `input-unsupported`, `input-too-large`, `cancelled`.
 */
export async function pictureFromUri(uri: string, where: string, signal: AbortSignal): Promise<ImagePart> {
  if (!/^data:/i.test(uri)) {
    const scheme = /^[a-z][a-z0-9+.-]{0,20}:/i.exec(uri)?.[0] ?? 'something else';
    throw new PixelwrightError(
      'not-allowed',
      `${where}: a picture must be a data: URI with base64; it begins with "${scheme}".`,
      { next: 'Send the picture itself: data:image/png;base64,…; the engine host fetches no addresses.' },
    );
  }
  const comma = uri.indexOf(',');
  if (comma < 0 || !/;base64$/i.test(uri.slice(0, comma))) {
    throw new PixelwrightError('input-unsupported', `${where}: the data: URI of a picture must be base64.`, {
      next: 'Write it as data:image/png;base64,… .',
    });
  }
  const bytes = new Uint8Array(Buffer.from(uri.slice(comma + 1), 'base64'));
  const known = magics.find((magic) => magic.bytes.every((byte, index) => bytes[index] === byte));
  if (known) return { type: 'image', bytes, mediaType: known.mediaType };
  // Loaded late: it brings the codecs, and most pictures need none here.
  const { decodePicture, encodePng, readEncoded } = await import('../../image/index.ts');
  const context = createContext(signal);
  const encoded = await readEncoded({ kind: 'bytes', bytes, name: where }, context);
  const { raster } = await decodePicture(encoded, context);
  return { type: 'image', bytes: await encodePng(raster), mediaType: 'image/png' };
}
