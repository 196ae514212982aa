/** Hand-made facts: lines and boxes at given places, everything else ordinary. */
import type { PageBox, PageFacts, PagePicture, Separator, TextLine } from '../../shared/facts/page-facts.ts';

export interface LineParts {
  readonly size?: number;
  readonly weight?: number;
  /** Width of the ink; half the font size a letter if it is not given. */
  readonly width?: number;
}

/** A line whose ink starts at x and stands on the baseline. */
export function line(text: string, x: number, baseline: number, parts: LineParts = {}): TextLine {
  const size = parts.size ?? 16;
  const width = parts.width ?? text.length * size * 0.5;
  const box = { x, y: baseline - 0.72 * size, width, height: 0.72 * size };
  let at = 0;
  const words = text.split(' ').map((word) => {
    const share = word.length / text.length;
    const found = {
      text: word,
      confidence: 1,
      box: { ...box, x: x + width * (at / text.length), width: width * share },
    };
    at += word.length + 1;
    return found;
  });
  return {
    text,
    words,
    confidence: 1,
    box,
    baseline,
    color: [20, 20, 20],
    background: [255, 255, 255],
    typography: {
      kind: 'sans',
      family: 'DejaVu Sans',
      size,
      weight: parts.weight ?? 400,
      italic: false,
      letterSpacing: 0,
    },
    underline: false,
    strike: false,
    onPicture: false,
  };
}

export function box(
  x: number,
  y: number,
  width: number,
  height: number,
  parts: Partial<PageBox> = {},
): PageBox {
  return {
    box: { x, y, width, height },
    fill: [240, 240, 240],
    border: {},
    radius: 0,
    confidence: 1,
    ...parts,
  };
}

export function rule(x: number, y: number, width: number, height: number): Separator {
  return {
    box: { x, y, width, height },
    color: [200, 200, 200],
    orientation: width > height ? 'horizontal' : 'vertical',
  };
}

export function picture(x: number, y: number, width: number, height: number): PagePicture {
  return { box: { x, y, width, height }, kind: 'photo', radius: 0, background: [255, 255, 255] };
}

export function page(parts: Partial<PageFacts>): PageFacts {
  return {
    width: 800,
    height: 600,
    pixelRatio: 1,
    background: [255, 255, 255],
    palette: [],
    lines: [],
    boxes: [],
    separators: [],
    pictures: [],
    language: 'en',
    ...parts,
  };
}
