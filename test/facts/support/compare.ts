/** Holds measured facts against those of the DOM: which lines, boxes and pictures were found, and how exactly. */
import { differenceCiede2000 } from 'culori';
import type { PageBox, PageFacts, PagePicture, Separator, TextLine } from '../../../shared/facts/index.ts';
import { area, bottom, overlapArea, type Rect, type Rgb, right } from '../../../shared/geometry.ts';
import { textSimilarity } from '../../../shared/score/text-similarity.ts';

export interface LinePair {
  readonly truth: TextLine;
  /** The measured words that lie on it, from left to right, whatever lines they were put into. */
  readonly text: string;
  /** 0..1. */
  readonly similarity: number;
  /** The measured line that covers it best; absent where there is none. */
  readonly line?: TextLine;
  /** Of the boxes of both, 0..1. */
  readonly iou: number;
}

export interface Comparison {
  readonly lines: readonly LinePair[];
  readonly boxes: readonly { readonly truth: PageBox; readonly found: PageBox | PagePicture | undefined }[];
  readonly pictures: readonly { readonly truth: PagePicture; readonly found: PagePicture | undefined }[];
  readonly separators: readonly { readonly truth: Separator; readonly found: Separator | undefined }[];
  /** Measured boxes and lines that match nothing of the page. */
  readonly inventedBoxes: readonly PageBox[];
  readonly inventedLines: readonly TextLine[];
}

export interface Figures {
  /** Share of the lines whose words were read: similarity ≥ 0.85. */
  readonly textRecall: number;
  /** Share of the lines that were measured as one line with the same ends: IoU ≥ 0.6. */
  readonly wholeLines: number;
  /** Median ΔE2000 of the colours of whole lines. */
  readonly textColor: number;
  /** Share of the whole lines whose font size is within 10 %. */
  readonly fontSizes: number;
  /** Share of the boxes found: IoU ≥ 0.85, fill within 3 levels; small controls and icons' plates may be pictures. */
  readonly boxes: number;
  /** Measured boxes that are none, over the boxes of the page. */
  readonly inventedBoxes: number;
  /** Share of the pictures and drawings found: IoU ≥ 0.7, half of it for icons. */
  readonly pictures: number;
  /** Share of the separators found: at most 2 px off, give or take a tenth of their length. */
  readonly separators: number;
}

const difference = differenceCiede2000();
const toColor = ([r, g, b]: Rgb) => ({ mode: 'rgb' as const, r: r / 255, g: g / 255, b: b / 255 });

/** ΔE2000. */
export const colorDifference = (a: Rgb, b: Rgb): number => difference(toColor(a), toColor(b));

/** Largest channel difference, 0..255. */
export const channelDifference = (a: Rgb, b: Rgb): number =>
  Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]), Math.abs(a[2] - b[2]));

export function iou(a: Rect, b: Rect): number {
  const shared = overlapArea(a, b);
  return shared / (area(a) + area(b) - shared);
}

const best = <T>(items: readonly T[], score: (item: T) => number): T | undefined =>
  items.reduce<T | undefined>(
    (found, item) => (found === undefined || score(item) > score(found) ? item : found),
    undefined,
  );

const contains = (box: Rect, x: number, y: number): boolean =>
  x >= box.x - 2 && x <= right(box) + 2 && y >= box.y - 3 && y <= bottom(box) + 3;

/** Rows of code as the pieces of one colour that the DOM has. */
function withPieces(facts: PageFacts): PageFacts {
  const lines = facts.lines.flatMap((line): TextLine[] => {
    const { code } = line;
    if (code === undefined) return [line];
    return code.spans.map(({ start, length, color }): TextLine => {
      const text = line.text.slice(start, start + length);
      const box = { ...line.box, x: line.box.x + start * code.advance, width: length * code.advance };
      return { ...line, text, color, box, words: [{ text, box, confidence: line.confidence }] };
    });
  });
  return { ...facts, lines };
}

function pairLine(truth: TextLine, measured: PageFacts): LinePair {
  const words = measured.lines
    .flatMap((line) => line.words)
    .filter(({ box }) => contains(truth.box, box.x + box.width / 2, box.y + box.height / 2))
    .toSorted((a, b) => a.box.x - b.box.x);
  const text = words.map((word) => word.text).join(' ');
  const bare = (value: string): string => value.replace(/\s+/g, '');
  const line = best(measured.lines, ({ box }) => iou(box, truth.box));
  const overlap = line === undefined ? 0 : iou(line.box, truth.box);
  return {
    truth,
    text,
    similarity: textSimilarity(bare(text), bare(truth.text)),
    ...(line !== undefined && overlap > 0 && { line }),
    iou: overlap,
  };
}

const covers = (box: Rect, other: Rect): boolean => overlapArea(box, other) > 0.9 * area(other);

/** Largest side of a control or of an icon's plate, which may be cropped out instead of drawn. */
const largestPlate = 76;
const largestControl = 26;

const hasBorder = (box: PageBox): boolean => Object.keys(box.border).length >= 3;

/** A cell of a grid: its bordered neighbours share its lines, so the grid's lines are what is measured. */
function isCell(box: PageBox, boxes: readonly PageBox[]): boolean {
  const neighbours = boxes.filter(
    (other) =>
      other !== box &&
      hasBorder(other) &&
      overlapArea(grown(other.box, 1), grown(box.box, 1)) > 0 &&
      overlapArea(grown(other.box, -1), grown(box.box, -1)) === 0,
  );
  return hasBorder(box) && neighbours.length >= 2;
}

const grown = ({ x, y, width, height }: Rect, by: number): Rect => ({
  x: x - by,
  y: y - by,
  width: width + 2 * by,
  height: height + 2 * by,
});

/** Boxes that a picture hides are none of the page's, and the whole page is none either. */
function visibleBoxes(truth: PageFacts): PageBox[] {
  return truth.boxes.filter(
    (one) =>
      Math.min(one.box.width, one.box.height) >= 8 &&
      !isCell(one, truth.boxes) &&
      !truth.pictures.some((picture) => picture.kind !== 'icon' && covers(picture.box, one.box)) &&
      iou(one.box, { x: 0, y: 0, width: truth.width, height: truth.height }) < 0.985,
  );
}

/** A list's bullet image counts as its whole item in the DOM; it is no picture of that size. */
function visiblePictures(truth: PageFacts): PagePicture[] {
  return truth.pictures.filter(
    ({ box, kind }) =>
      !(kind === 'photo' && box.height < 48 && truth.lines.some((line) => covers(box, line.box))),
  );
}

/** Where nothing tells what a box is filled with, or a gradient does, the place alone decides. */
const fills = (truth: PageBox, box: PageBox): boolean =>
  truth.fill === undefined ||
  Math.max(truth.box.width, truth.box.height) <= largestControl ||
  truth.gradient !== undefined ||
  (box.fill !== undefined && channelDifference(truth.fill, box.fill) <= 3);

/** Small boxes lose a pixel at their round edges, so that less of them must overlap. */
const leastOverlap = (box: Rect): number => (Math.max(box.width, box.height) <= largestControl ? 0.7 : 0.85);

function findBox(one: PageBox, measured: PageFacts): PageBox | PagePicture | undefined {
  const least = leastOverlap(one.box);
  const box = best(
    measured.boxes.filter((other) => iou(other.box, one.box) >= least && fills(one, other)),
    (other) => iou(other.box, one.box),
  );
  if (box || Math.max(one.box.width, one.box.height) > largestPlate) return box;
  return measured.pictures.find((picture) => iou(picture.box, one.box) >= least);
}

/** An icon of the set is measured with the blank margin of its square, which a page's own ink has not. */
const isSquareOf = ({ symbol, box }: PagePicture, ink: PagePicture): boolean =>
  symbol !== undefined && covers(box, ink.box) && box.width <= 2.2 * Math.max(ink.box.width, ink.box.height);

function findPicture(one: PagePicture, measured: PageFacts, truth: PageFacts): PagePicture | undefined {
  const least = one.kind === 'icon' ? 0.35 : 0.7;
  const plates = truth.boxes.filter(
    ({ box }) => covers(box, one.box) && Math.max(box.width, box.height) <= largestPlate,
  );
  const places = one.kind === 'icon' ? [one, ...plates] : [one];
  return measured.pictures.find(
    (picture) => places.some(({ box }) => iou(picture.box, box) >= least) || isSquareOf(picture, one),
  );
}

export function compare(truth: PageFacts, found: PageFacts): Comparison {
  const measured = withPieces(found);
  const pictures = visiblePictures(truth);
  const known = [...truth.boxes, ...pictures].map(({ box }) => box);
  return {
    lines: truth.lines.map((line) => pairLine(line, measured)),
    boxes: visibleBoxes(truth).map((one) => ({ truth: one, found: findBox(one, measured) })),
    pictures: pictures.map((one) => ({ truth: one, found: findPicture(one, measured, truth) })),
    separators: truth.separators.map((one) => ({
      truth: one,
      found: measured.separators.find(({ box }) => iou(grown(box, 2), grown(one.box, 2)) > 0.55),
    })),
    inventedBoxes: measured.boxes.filter(({ box }) => !known.some((one) => iou(one, box) >= 0.5)),
    inventedLines: measured.lines.filter(
      (line) =>
        !truth.lines.some((one) => overlapArea(one.box, line.box) > 0.3 * area(line.box)) &&
        !truth.pictures.some(({ kind, box }) => kind === 'drawing' && covers(box, line.box)),
    ),
  };
}

const share = <T>(items: readonly T[], test: (item: T) => boolean): number =>
  items.length === 0 ? 1 : items.filter(test).length / items.length;

export const isWhole = (pair: LinePair): boolean => pair.iou >= 0.6;

const closeSize = (pair: LinePair): boolean =>
  Math.abs((pair.line?.typography.size ?? 0) / pair.truth.typography.size - 1) <= 0.1;

export function figuresOf(comparison: Comparison): Figures {
  const whole = comparison.lines.filter(isWhole);
  const differences = whole
    .flatMap(({ truth, line }) => (line ? [colorDifference(truth.color, line.color)] : []))
    .toSorted((a, b) => a - b);
  return {
    textRecall: share(comparison.lines, (pair) => pair.similarity >= 0.85),
    wholeLines: share(comparison.lines, isWhole),
    textColor: differences[differences.length >> 1] ?? 0,
    fontSizes: share(whole, closeSize),
    boxes: share(comparison.boxes, ({ found }) => found !== undefined),
    inventedBoxes: comparison.inventedBoxes.length / Math.max(1, comparison.boxes.length),
    pictures: share(comparison.pictures, ({ found }) => found !== undefined),
    separators: share(comparison.separators, ({ found }) => found !== undefined),
  };
}

/** The same page at another size. */
export function scaledFacts(facts: PageFacts, by: number): PageFacts {
  const scaled = ({ x, y, width, height }: Rect): Rect => ({
    x: x * by,
    y: y * by,
    width: width * by,
    height: height * by,
  });
  const place = <T extends { readonly box: Rect }>(item: T): T => ({ ...item, box: scaled(item.box) });
  return {
    ...facts,
    width: facts.width * by,
    height: facts.height * by,
    lines: facts.lines.map((line) => ({
      ...place(line),
      typography: { ...line.typography, size: line.typography.size * by },
    })),
    boxes: facts.boxes.map(place),
    pictures: facts.pictures.map(place),
    separators: facts.separators.map(place),
  };
}
