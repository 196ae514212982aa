/** Where a region of a page lies in its picture, and where its things lie in what a model is shown of it. */
import type { Rect } from '../geometry.ts';
import { type ModelTile, planTiles, type RelativeBox, tileMapping } from '../image/index.ts';
import { perceiveSettings } from '../tasks/perceive/prompt.ts';
import type { PageRegion } from '../tasks/perceive/regions.ts';

const { min, max } = perceiveSettings.imageTokens;
/** Of the one tile that a region is. */
export const regionBudget = { minTokens: min, maxTokens: max, tile: 'never' } as const;

export interface RegionMapping {
  /** Source pixels: all of the picture's width. */
  readonly source: Rect;
  /** From 0..1000 of what the model is shown to CSS pixels of the page. */
  toPage(box: RelativeBox): Rect;
  /** And back; not rounded, beyond 0..1000 outside of the region. */
  toRegion(rect: Rect): ReturnType<ModelTile['fromSource']>;
}

/** @param picture its size in source pixels. @param pixelRatio source pixels per CSS pixel. */
export function regionMapping(
  { box }: Pick<PageRegion, 'box'>,
  picture: { readonly width: number; readonly height: number },
  pixelRatio: number,
): RegionMapping {
  const top = Math.round(box.y * pixelRatio);
  const end = Math.min(picture.height, Math.round((box.y + box.height) * pixelRatio));
  const [plan] = planTiles(picture.width, end - top, regionBudget);
  if (plan === undefined) throw new RangeError('A picture that is not tiled is one tile.');
  const { toSource, fromSource } = tileMapping(plan);
  return {
    source: { x: 0, y: top, width: picture.width, height: end - top },
    toPage(relative) {
      const { x, y, width, height } = toSource(relative);
      return {
        x: x / pixelRatio,
        y: (y + top) / pixelRatio,
        width: width / pixelRatio,
        height: height / pixelRatio,
      };
    },
    toRegion: ({ x, y, width, height }) =>
      fromSource({
        x: x * pixelRatio,
        y: y * pixelRatio - top,
        width: width * pixelRatio,
        height: height * pixelRatio,
      }),
  };
}
