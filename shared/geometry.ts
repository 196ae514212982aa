/** Rectangles and colours, as every stage writes them. */

/** Axis-aligned rectangle in pixels, y downwards; `x`,`y` is the upper left corner. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** sRGB, each channel 0..255. */
export type Rgb = readonly [red: number, green: number, blue: number];

export const right = (rect: Rect): number => rect.x + rect.width;
export const bottom = (rect: Rect): number => rect.y + rect.height;
export const area = (rect: Rect): number => rect.width * rect.height;

/** Area shared by two rectangles, in square pixels; 0 if they only touch. */
export function overlapArea(a: Rect, b: Rect): number {
  const width = Math.min(right(a), right(b)) - Math.max(a.x, b.x);
  const height = Math.min(bottom(a), bottom(b)) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

/** Smallest rectangle around all given ones. @throws RangeError if there is none. */
export function unionOf(rects: readonly Rect[]): Rect {
  if (rects.length === 0) throw new RangeError('unionOf needs at least one rectangle.');
  const x = Math.min(...rects.map((r) => r.x));
  const y = Math.min(...rects.map((r) => r.y));
  return { x, y, width: Math.max(...rects.map(right)) - x, height: Math.max(...rects.map(bottom)) - y };
}

/** `#rrggbb`, lower case. */
export function toHex(color: Rgb): string {
  return `#${color.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;
}
