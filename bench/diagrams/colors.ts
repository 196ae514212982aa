/** Colours as styles write them and as graphs hold them. */
import type { Rgb } from '../../shared/geometry.ts';

/** `#rrggbb` → channels. */
export function rgbOf(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

export const cssOf = (color: Rgb | undefined): string => (color ? `rgb(${color.join(',')})` : 'none');
