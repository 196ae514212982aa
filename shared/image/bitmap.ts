/** Decodes Windows bitmaps, which sharp's libraries leave out, with Skia. */
import { createCanvas, loadImage } from '@napi-rs/canvas';

/** Size from the header; a negative height means rows from top to bottom. */
export function bitmapSize(bytes: Uint8Array): { width: number; height: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isOld = view.getUint32(14, true) === 12;
  return isOld
    ? { width: view.getUint16(18, true), height: view.getUint16(20, true) }
    : { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
}

/** Whether an uncompressed bitmap holds fewer bytes than its header promises. */
export function isBitmapCut(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = view.getUint32(14, true);
  const bits = header === 12 ? view.getUint16(24, true) : view.getUint16(28, true);
  const compression = header === 12 ? 0 : view.getUint32(30, true);
  const { width, height } = bitmapSize(bytes);
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  return compression === 0 && bytes.length < view.getUint32(10, true) + rowBytes * height;
}

/** RGBA pixels, not premultiplied. */
export async function decodeBitmap(
  bytes: Uint8Array,
): Promise<{ width: number; height: number; data: Uint8Array }> {
  const image = await loadImage(Buffer.from(bytes));
  const { width, height } = image;
  const drawing = createCanvas(width, height).getContext('2d');
  drawing.drawImage(image, 0, 0);
  const { data } = drawing.getImageData(0, 0, width, height);
  return { width, height, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}
