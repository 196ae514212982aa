/** CSS colours of the browser's computed styles as numbers. */
import type { Rgb } from '../../../shared/geometry.ts';

export interface Rgba {
  readonly rgb: Rgb;
  readonly alpha: number;
}

const cache = new Map<string, Rgba>();

/** Parses any CSS colour by drawing one pixel of it. */
export function parseColor(text: string): Rgba {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('The browser gives no 2d canvas.');
  context.fillStyle = text;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
  const color: Rgba = { rgb: [red, green, blue], alpha: alpha / 255 };
  cache.set(text, color);
  return color;
}

/** `over` painted on `under`. */
export function blend(over: Rgba, under: Rgb): Rgb {
  const mix = (a: number, b: number): number => Math.round(a * over.alpha + b * (1 - over.alpha));
  return [mix(over.rgb[0], under[0]), mix(over.rgb[1], under[1]), mix(over.rgb[2], under[2])];
}

export function sameColor(a: Rgb, b: Rgb): boolean {
  return a.every((channel, index) => Math.abs(channel - (b[index] ?? 0)) <= 1);
}
