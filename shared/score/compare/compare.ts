/** Compares two pictures: how alike they are, and the regions that differ, each with its kind. */
import type { RunContext } from '../../context.ts';
import type { PageFacts } from '../../facts/index.ts';
import type { Rect } from '../../geometry.ts';
import type { Raster } from '../../image/picture.ts';
import type { DifferenceKind } from '../../tasks/index.ts';
import { fitTo, structuralSimilarityInTurns } from '../pixel-score.ts';
import { type Canvas, layOnEachOther } from './canvas.ts';
import { type Change, changesOf } from './changes.ts';
import { clustersOf } from './clusters.ts';
import { type Element, elementsOf } from './elements.ts';
import { gathered, grown, merged, placeOf } from './gather.ts';
import { leftoverChange } from './leftovers.ts';
import { clear, countIn, differenceMask, type Mask } from './mask.ts';
import { pairElements } from './pairs.ts';

export interface Region {
  readonly kind: DifferenceKind;
  /** In pixels of the expected picture; of what was added, of the actual one. */
  readonly box: Rect;
  /** In pixels of the actual picture, where the thing is in both and not at the same place. */
  readonly actualBox?: Rect;
  /** Share of all differing pixels, 0..1; regions may overlap. */
  readonly weight: number;
  readonly note: string;
}

export interface Comparison {
  readonly same: boolean;
  /** Mean structural similarity over what both show, times the share of it; -1..1. */
  readonly structural: number;
  /** Share of pixels without a visible difference, 0..1. */
  readonly pixels: number;
  /** Heaviest first. */
  readonly regions: readonly Region[];
  readonly canvas: Canvas;
  readonly mask: Mask;
}

export interface CompareOptions {
  /** A picture was saved with loss, so that small differences mean nothing. */
  readonly lossy: boolean;
  /** Measures the pictures; only called where they differ. */
  readonly measure: (raster: Raster) => Promise<PageFacts>;
}

/** Least visible difference: 4 steps of grey in 100 for clean pictures; noise of a codec stays below the other. */
const cleanThreshold = 0.035;
const noisyThreshold = 0.1;
/** Fewer pixels than this are dust. */
const leastCluster = 12;
/** Around a change, the anti-aliased pixels that belong to it. */
const margin = 3;

/** @throws PixelwrightError `cancelled`, and as `measure`. */
export async function comparePictures(
  expected: Raster,
  original: Raster,
  { lossy, measure }: CompareOptions,
  context: RunContext,
): Promise<Comparison> {
  const { signal } = context;
  context.progress({ stage: 'score', message: 'comparing the pixels' });
  const canvas = await layOnEachOther(expected, original);
  const { actual, width, height, beyond } = canvas;
  const noisy = lossy || canvas.scale !== 1;
  const threshold = noisy ? noisyThreshold : cleanThreshold;
  const mask = await differenceMask(expected, actual, canvas, threshold, signal);
  const differing = countIn(mask, { x: 0, y: 0, width, height });
  const outside = beyond.reduce((sum, { box }) => sum + box.width * box.height, 0);
  const pixelCount = width * height + outside;
  const [left, right] = [fitTo(expected, width, height), fitTo(actual, width, height)];
  const structural = await structuralSimilarityInTurns(left, right, signal);
  const shared = {
    same: differing === 0 && outside === 0,
    structural: (structural * width * height) / pixelCount,
    pixels: 1 - (differing + outside) / pixelCount,
    canvas,
    mask,
  };
  if (differing === 0) return { ...shared, regions: regionsOf(edges(canvas), shared, outside) };
  const before = touched(elementsOf(await measure(expected), expected), mask);
  const after = touched(elementsOf(await measure(actual), actual), mask);
  const changes = gathered(changesOf(pairElements(before, after, { width }), mask, noisy));
  const found = [...edges(canvas), ...changes, ...leftovers(changes, canvas, mask)];
  return { ...shared, regions: regionsOf(found, shared, differing + outside) };
}

/** Things without a differing pixel are the same in both. */
const touched = (elements: readonly Element[], mask: Mask): Element[] =>
  elements.filter(({ box }) => countIn(mask, grown(box, 1)) > 0);

/** What one picture shows beyond the other. */
function edges({ beyond }: Canvas): Change[] {
  return beyond.map(({ box, kind }) =>
    kind === 'missing'
      ? { kind, expected: box, note: 'the picture ends before this area' }
      : { kind, actual: box, note: 'the picture goes on beyond the design' },
  );
}

/** Pixels that the changes leave unexplained. */
function leftovers(changes: readonly Change[], { expected, actual }: Canvas, mask: Mask): Change[] {
  const rest: Mask = { ...mask, data: Uint8Array.from(mask.data) };
  for (const change of changes) {
    for (const box of [change.expected, change.actual]) {
      if (box !== undefined) clear(rest, grown(box, margin));
    }
  }
  const boxes = merged(clustersOf(rest, leastCluster).map(({ box }) => box));
  return boxes.map((box) => leftoverChange(box, expected, actual));
}

function regionsOf(
  changes: readonly Change[],
  { mask, canvas }: Pick<Comparison, 'mask' | 'canvas'>,
  total: number,
): Region[] {
  const { scale, beyond } = canvas;
  const regions = changes.map((change): Region => {
    const { kind, expected, actual, note } = change;
    const strip = beyond.find(({ box }) => box === placeOf(change));
    const pixels = strip ? strip.box.width * strip.box.height : pixelsOf(change, mask);
    const own = actual === undefined ? undefined : whole(actual, 1 / scale);
    const box = expected === undefined ? (own ?? whole(placeOf(change), 1)) : whole(expected, 1);
    return {
      kind,
      box,
      ...(own === undefined || sameRect(own, box) ? {} : { actualBox: own }),
      weight: Math.round((1000 * pixels) / Math.max(1, total)) / 1000,
      note,
    };
  });
  return regions.sort((a, b) => b.weight - a.weight);
}

const sameRect = (a: Rect, b: Rect): boolean =>
  a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;

function pixelsOf({ expected, actual }: Change, mask: Mask): number {
  const boxes = merged([expected, actual].flatMap((box) => (box === undefined ? [] : [grown(box, 1)])));
  return boxes.reduce((sum, box) => sum + countIn(mask, box), 0);
}

function whole({ x, y, width, height }: Rect, scale: number): Rect {
  const left = Math.max(0, Math.round(x * scale));
  const top = Math.max(0, Math.round(y * scale));
  return {
    x: left,
    y: top,
    width: Math.max(1, Math.round((x + width) * scale) - left),
    height: Math.max(1, Math.round((y + height) * scale) - top),
  };
}
