/** Tells the type of a file from its content, because names and headers of servers lie. */
import { PixelwrightError } from '../errors.ts';
import type { PictureFormat } from './picture.ts';

const acceptedTypes = 'a PNG, JPEG, WebP, AVIF, GIF, TIFF, SVG or BMP picture';

/**
 * The picture format of `bytes`.
 * @param name for the message.
 * @throws PixelwrightError `input-unsupported`, saying what the bytes are instead.
 */
export function sniffFormat(bytes: Uint8Array, name: string): PictureFormat {
  const format = pictureFormat(bytes);
  if (format !== undefined) return format;
  const [what, next] = otherType(bytes);
  throw new PixelwrightError('input-unsupported', `Expected ${acceptedTypes}, but ${name} is ${what}.`, {
    next,
  });
}

function pictureFormat(bytes: Uint8Array): PictureFormat | undefined {
  const head = latin1(bytes, 0, 16);
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'gif';
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'webp';
  if (/^(II[*+]\0|MM\0[*+])/.test(head)) return 'tiff';
  if (head.startsWith('BM') && isBitmapHeader(bytes)) return 'bmp';
  if (brands(bytes).some((brand) => brand === 'avif' || brand === 'avis')) return 'avif';
  return isSvg(bytes) ? 'svg' : undefined;
}

/** "BM" begins many texts; the size of the second header tells. */
function isBitmapHeader(bytes: Uint8Array): boolean {
  if (bytes.length < 26) return false;
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(14, true);
  return [12, 16, 40, 52, 56, 64, 108, 124].includes(size);
}

/** Brands of an ISO base media file (AVIF, HEIC, MP4); none for other files. */
function brands(bytes: Uint8Array): string[] {
  if (latin1(bytes, 4, 8) !== 'ftyp') return [];
  const size = Math.min(new DataView(bytes.buffer, bytes.byteOffset).getUint32(0), bytes.length, 512);
  const found = [latin1(bytes, 8, 12)];
  for (let at = 16; at + 4 <= size; at += 4) found.push(latin1(bytes, at, at + 4));
  return found;
}

/** An SVG root after an XML declaration, comments, and a document type. */
function isSvg(bytes: Uint8Array): boolean {
  const text = decodeText(bytes.subarray(0, 64 * 1024));
  const prolog = /^\s*(?:<\?[^>]*\?>\s*|<!--[\s\S]*?-->\s*|<!DOCTYPE\s[^[>]*(?:\[[\s\S]*?\]\s*)?>\s*)*/i.exec(
    text,
  );
  return /^<(?:[\w.-]+:)?svg[\s/>]/.test(text.slice(prolog?.[0].length ?? 0));
}

/** Text in UTF-8 or, by its byte order mark, UTF-16. */
export function decodeText(bytes: Uint8Array): string {
  const mark = latin1(bytes, 0, 2);
  const encoding = mark === '\xff\xfe' ? 'utf-16le' : mark === '\xfe\xff' ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

/** What the bytes are, and what to do about it. */
function otherType(bytes: Uint8Array): readonly [what: string, next: string] {
  const head = latin1(bytes, 0, 16);
  const asPng = 'Export it as PNG or JPEG.';
  if (head.startsWith('%PDF')) return ['a PDF document', 'Export the page as PNG.'];
  if (head.startsWith('\0\0\x01\0')) return ['a Windows icon', asPng];
  if (head.startsWith('8BPS')) return ['a Photoshop document', asPng];
  if (head.startsWith('\xff\x0a') || head.startsWith('\0\0\0\x0cJXL ')) return ['a JPEG XL picture', asPng];
  if (head.startsWith('\x1f\x8b')) return ['a gzip archive', 'Unpack it first.'];
  if (head.startsWith('PK\x03\x04'))
    return ['a ZIP archive or an office document', 'Unpack it, or export a picture.'];
  const brand = brands(bytes);
  if (brand.some((name) => /^(hei[cxms]|hev[cx]|mif1|msf1)$/.test(name))) return ['a HEIC photo', asPng];
  if (brand.length > 0) return ['a video', 'Take a screenshot of it and give that.'];
  const text = decodeText(bytes.subarray(0, 1024));
  if (/^\s*<(!doctype html|html|head|body)/i.test(text)) {
    return ['an HTML page', 'Give a screenshot of the page, or the address of the picture itself.'];
  }
  const isText = !hasControlCharacters(text);
  return isText
    ? ['text', 'Check that this is the right file; its content counts, not its name.']
    : ['of an unknown type', 'Check that the file is whole, or export it as PNG.'];
}

/** Control characters, and U+FFFD for bytes that are no text; the last few may be a cut character. */
function hasControlCharacters(text: string): boolean {
  for (const char of text.slice(0, -4)) {
    const code = char.charCodeAt(0);
    if (code === 0xfffd || (code < 32 && code !== 9 && code !== 10 && code !== 12 && code !== 13))
      return true;
  }
  return false;
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}
