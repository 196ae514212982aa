/** What is measured in a picture, as things that can be missing, added, moved or changed. */
import type { PageFacts } from '../../facts/index.ts';
import { area, type Rect, type Rgb, toHex } from '../../geometry.ts';
import type { Raster } from '../../image/picture.ts';
import { inkColor } from './ink-color.ts';

export interface Element {
  readonly kind: 'text' | 'box' | 'line' | 'picture';
  /** In pixels of the canvas. */
  readonly box: Rect;
  /** Words of a text. */
  readonly text?: string;
  /** Of the letters, the line, or the inside of a box where it has one. */
  readonly color?: Rgb;
}

/** Boxes nearly as large as the picture are its background. */
const largestShare = 0.9;

/** @param raster that was measured. */
export function elementsOf(facts: PageFacts, raster: Raster): Element[] {
  const { pixelRatio: ratio } = facts;
  const page = facts.width * facts.height;
  const scaled = ({ x, y, width, height }: Rect): Rect => ({
    x: x * ratio,
    y: y * ratio,
    width: width * ratio,
    height: height * ratio,
  });
  return [
    ...facts.lines.map((line): Element => {
      const box = scaled(line.box);
      const color = inkColor(raster, box);
      return { kind: 'text', box, text: line.text, ...(color ? { color } : {}) };
    }),
    ...facts.boxes
      .filter(({ box }) => area(box) < largestShare * page)
      .map(({ box, fill }): Element => ({ kind: 'box', box: scaled(box), ...(fill ? { color: fill } : {}) })),
    ...facts.separators.map(({ box, color }): Element => ({ kind: 'line', box: scaled(box), color })),
    ...facts.pictures.map(({ box }): Element => ({ kind: 'picture', box: scaled(box) })),
  ];
}

/** For people: `the text "Save"`. */
export function nameOf({ kind, text, color }: Element): string {
  if (kind === 'text') return `the text ${JSON.stringify(text ?? '')}`;
  if (kind === 'picture') return 'a picture or icon';
  if (kind === 'line') return 'a separating line';
  return color === undefined ? 'a box' : `a box in ${toHex(color)}`;
}
