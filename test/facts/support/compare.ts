/** Holds measured facts against those of the DOM: which lines, boxes and pictures were found, and how exactly. */
import { differenceCiede2000 } from 'culori';
import type { PageBox, PageFacts, PagePicture, TextLine } from '../../../shared/facts/index.ts';
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
  readonly boxes: readonly { readonly truth: PageBox; readonly found?: PageBox }[];
  readonly pictures: readonly { readonly truth: PagePicture; readonly found?: PagePicture }[];
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
  /** Share of the boxes found: IoU ≥ 0.85, fill within 3 levels. */
  readonly boxes: number;
  /** Measured boxes that are none, over the boxes of the page. */
  readonly inventedBoxes: number;
  /** Share of the pictures and drawings found: IoU ≥ 0.7, half of it for icons. */
  readonly pictures: number;
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

/** Boxes that a picture hides are none of the page's, and boxes outside of the screenshot neither. */
function visibleBoxes(truth: PageFacts): PageBox[] {
  return truth.boxes.filter(
    ({ box }) =>
      Math.min(box.width, box.height) >= 8 &&
      !truth.pictures.some((picture) => picture.kind !== 'icon' && covers(picture.box, box)) &&
      iou(box, { x: 0, y: 0, width: truth.width, height: truth.height }) < 0.985,
  );
}

/** Where nothing tells what a box is filled with, or a gradient does, the place alone decides. */
const fills = (truth: PageBox, box: PageBox): boolean =>
  truth.fill === undefined ||
  truth.gradient !== undefined ||
  (box.fill !== undefined && channelDifference(truth.fill, box.fill) <= 3);

export function compare(truth: PageFacts, measured: PageFacts): Comparison {
  const boxes = visibleBoxes(truth).map((one) => {
    const found = best(
      measured.boxes.filter((box) => iou(box.box, one.box) >= 0.85 && fills(one, box)),
      ({ box }) => iou(box, one.box),
    );
    return { truth: one, ...(found && { found }) };
  });
  const pictures = truth.pictures.map((one) => {
    const least = one.kind === 'icon' ? 0.35 : 0.7;
    const found = best(
      measured.pictures.filter((picture) => iou(picture.box, one.box) >= least),
      ({ box }) => iou(box, one.box),
    );
    return { truth: one, ...(found && { found }) };
  });
  const known = [...truth.boxes, ...truth.pictures];
  return {
    lines: truth.lines.map((line) => pairLine(line, measured)),
    boxes,
    pictures,
    inventedBoxes: measured.boxes.filter((box) => !known.some((one) => iou(one.box, box.box) >= 0.5)),
    inventedLines: measured.lines.filter(
      (line) => !truth.lines.some((one) => overlapArea(one.box, line.box) > 0.3 * area(line.box)),
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
  };
}
