/** The page's palette: fills of boxes and colours of text, with their shares and roles. */
import type { Rgb } from '../geometry.ts';
import type { PageBox, PaletteColor, PaletteRole, TextLine } from './page-facts.ts';
import { colorDistance, pack, packedDistance, unpack } from './pixels.ts';

interface Entry {
  readonly packed: number;
  weight: number;
  roles: Map<PaletteRole, number>;
}

export interface PaletteInput {
  readonly width: number;
  readonly height: number;
  readonly background: Rgb;
  readonly boxes: readonly PageBox[];
  readonly lines: readonly TextLine[];
}

/** Colours nearer than this, in the largest channel difference, are one. */
const sameColor = 6;
const largestPalette = 16;

/**
 * Shares are areas of boxes and of text (its ink taken as a quarter of its box) over the page's area, so they are
 * estimates that leave out pictures.
 */
export function findPalette(input: PaletteInput): PaletteColor[] {
  const page = input.width * input.height;
  const entries: Entry[] = [];
  const add = (color: Rgb, weight: number, role: PaletteRole): void => {
    const packed = pack(...color);
    let entry = entries.find((e) => packedDistance(e.packed, packed) <= sameColor);
    if (!entry) {
      entry = { packed, weight: 0, roles: new Map() };
      entries.push(entry);
    }
    entry.weight += weight;
    entry.roles.set(role, (entry.roles.get(role) ?? 0) + weight);
  };
  const covered = input.boxes.reduce((sum, { box, fill }) => (fill ? sum + box.width * box.height : sum), 0);
  add(input.background, Math.max(0.05 * page, page - covered), 'page');
  for (const { box, fill, border } of input.boxes) {
    if (fill) add(fill, box.width * box.height, isVivid(fill, input.background) ? 'accent' : 'surface');
    const side = border.top ?? border.bottom ?? border.left ?? border.right;
    if (side) add(side.color, 2 * side.width * (box.width + box.height), 'border');
  }
  const strongest = input.lines.reduce(
    (best, line) => Math.max(best, colorDistance(line.color, line.background)),
    0,
  );
  for (const line of input.lines) {
    const contrast = colorDistance(line.color, line.background);
    const role = isVivid(line.color, line.background)
      ? 'accent'
      : contrast >= 0.72 * strongest
        ? 'text'
        : 'muted';
    add(line.color, 0.25 * line.box.width * line.box.height, role);
  }
  return entries
    .sort((a, b) => b.weight - a.weight)
    .slice(0, largestPalette)
    .map(({ packed, weight, roles }) => ({
      color: unpack(packed),
      share: Math.min(1, weight / page),
      role: [...roles].reduce((a, b) => (b[1] > a[1] ? b : a))[0],
    }));
}

/** Saturated, and not the page's own tint. */
function isVivid(color: Rgb, background: Rgb): boolean {
  const chroma = Math.max(...color) - Math.min(...color);
  return chroma >= 70 && colorDistance(color, background) >= 40;
}
