/** Fits a picture to a model: sides in whole image tokens, long pages in overlapping tiles, boxes mapped back. */
import type { RunContext } from '../context.ts';
import { PixelwrightError, throwIfCancelled } from '../errors.ts';
import { bottom, type Rect, right } from '../geometry.ts';
import type { Raster } from './picture.ts';
import { pipeline, renderRaster } from './raster.ts';
import { type Fit, fitToBudget, type TokenBudget, tokenSide } from './token-budget.ts';

export interface PrepareOptions {
  /** Image tokens of a tile; fewer than 1024 lose small text. */
  readonly minTokens?: number;
  /** 2048 unless told. */
  readonly maxTokens?: number;
  /** `auto` cuts a picture that is twice as long as wide, or more, where shrinking would lose its text. */
  readonly tile?: 'auto' | 'never';
  /** Smallest scale at which text survives, 0.75 unless told; half of it at two pixels per CSS pixel. */
  readonly minScale?: number;
  /** Source pixels that neighbouring tiles share; 128 unless told. */
  readonly overlap?: number;
  /** Largest enlargement of a small picture; 4 unless told. */
  readonly maxUpscale?: number;
}

/** A box as Qwen3-VL writes it: x1, y1, x2, y2 from 0 to 1000 of the width and height of the tile. */
export type RelativeBox = readonly [x1: number, y1: number, x2: number, y2: number];

/** One piece of the picture as the model sees it. */
export interface ModelTile {
  /** What the tile shows, in whole pixels of the source. */
  readonly source: Rect;
  /** Sides are multiples of 32; the piece is at the upper left, the rest repeats its edge. */
  readonly raster: Raster;
  readonly tokens: number;
  /** Tile pixels per source pixel. */
  readonly scale: number;
  /** The rectangle in source pixels that a box of this tile means; cut at the tile's edges. */
  toSource(box: RelativeBox): Rect;
  /** The box in this tile for a rectangle in source pixels, not rounded; beyond 0..1000 outside of the tile. */
  fromSource(rect: Rect): RelativeBox;
}

/** Where a tile lies and how it is scaled, before any pixel is touched. */
export interface TilePlan {
  readonly source: Rect;
  readonly fit: Fit;
}

/** A strip longer than this many times its width wastes the model's attention. */
const longestStrip = 4;

/**
 * Scales, pads and cuts a picture for a model.
 * @returns tiles from top to bottom (or left to right) that cover every pixel; one where nothing is cut.
 * @throws PixelwrightError `option-invalid` for a budget that cannot be met, `cancelled`.
 */
export async function prepareForModel(
  picture: { readonly raster: Raster },
  context: RunContext,
  options: PrepareOptions = {},
): Promise<ModelTile[]> {
  const { raster } = picture;
  const tiles: ModelTile[] = [];
  for (const plan of planTiles(raster.width, raster.height, options)) {
    throwIfCancelled(context.signal);
    tiles.push({
      source: plan.source,
      raster: await renderTile(raster, plan),
      tokens: plan.fit.columns * plan.fit.rows,
      scale: plan.fit.scale,
      ...tileMapping(plan),
    });
  }
  return tiles;
}

/** The tiles of a picture of `width` × `height` pixels. Throws as `prepareForModel`. */
export function planTiles(width: number, height: number, options: PrepareOptions = {}): TilePlan[] {
  const { minTokens = 1024, maxTokens = 2048, maxUpscale = 4, minScale = 0.75, overlap = 128 } = options;
  if (!(minTokens <= maxTokens && maxTokens >= 64)) {
    throw new PixelwrightError(
      'option-invalid',
      `Expected minTokens ≤ maxTokens and maxTokens ≥ 64, but got ${minTokens} and ${maxTokens}.`,
      { next: 'Use 1024 and 2048, which suit text.' },
    );
  }
  const budget: TokenBudget = { minTokens, maxTokens, maxUpscale };
  const whole = fitToBudget(width, height, budget);
  const isLong = Math.max(width, height) >= 2 * Math.min(width, height);
  if (options.tile === 'never' || !isLong || whole.scale >= minScale) {
    return [{ source: { x: 0, y: 0, width, height }, fit: whole }];
  }
  const across = Math.min(width, height);
  const length = stripLength(across, maxTokens, minScale);
  return strips(Math.max(width, height), length, Math.min(overlap, length / 4)).map(([from, size]) => {
    const source =
      height >= width ? { x: 0, y: from, width, height: size } : { x: from, y: 0, width: size, height };
    return { source, fit: fitToBudget(source.width, source.height, budget) };
  });
}

/** Source pixels along the page that one tile can show at a legible scale. */
function stripLength(across: number, maxTokens: number, minScale: number): number {
  const squareScale = Math.sqrt(maxTokens * tokenSide ** 2) / across;
  const scale = Math.min(1, Math.max(minScale, squareScale));
  // Whole tokens, so that a strip is not scaled for the sake of a part of one.
  const columns = Math.ceil((across * scale) / tokenSide);
  const rows = Math.max(1, Math.floor(maxTokens / columns));
  return Math.max(tokenSide, Math.min(Math.floor((rows * tokenSide) / scale), across * longestStrip));
}

/** Equal pieces of at most `length`, evenly spread, each sharing at least `overlap` with the next. */
function strips(total: number, length: number, overlap: number): (readonly [from: number, size: number])[] {
  const count = Math.max(1, Math.ceil((total - overlap) / (length - overlap)));
  const size = Math.min(total, Math.ceil((total + (count - 1) * overlap) / count));
  const step = count === 1 ? 0 : (total - size) / (count - 1);
  return Array.from({ length: count }, (_, index) => [Math.round(index * step), size] as const);
}

async function renderTile(raster: Raster, { source, fit }: TilePlan): Promise<Raster> {
  const piece = pipeline(raster)
    .extract({ left: source.x, top: source.y, width: source.width, height: source.height })
    .resize({ width: fit.contentWidth, height: fit.contentHeight, fit: 'fill' });
  const padded = piece.extend({
    right: fit.columns * tokenSide - fit.contentWidth,
    bottom: fit.rows * tokenSide - fit.contentHeight,
    extendWith: 'copy',
  });
  return renderRaster(padded);
}

/** The two directions between boxes of a tile and pixels of the source. */
export function tileMapping({ source, fit }: TilePlan): Pick<ModelTile, 'toSource' | 'fromSource'> {
  // Content sides are rounded to whole pixels, so each axis has a scale of its own.
  const unitX = (fit.columns * tokenSide * source.width) / fit.contentWidth / 1000;
  const unitY = (fit.rows * tokenSide * source.height) / fit.contentHeight / 1000;
  return {
    toSource([x1, y1, x2, y2]) {
      const x = within(source.x + Math.min(x1, x2) * unitX, source.x, right(source));
      const y = within(source.y + Math.min(y1, y2) * unitY, source.y, bottom(source));
      const width = within(source.x + Math.max(x1, x2) * unitX, source.x, right(source)) - x;
      return {
        x,
        y,
        width,
        height: within(source.y + Math.max(y1, y2) * unitY, source.y, bottom(source)) - y,
      };
    },
    fromSource(rect) {
      const x1 = (rect.x - source.x) / unitX;
      const y1 = (rect.y - source.y) / unitY;
      return [x1, y1, x1 + rect.width / unitX, y1 + rect.height / unitY];
    },
  };
}

function within(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
