/** Scores a candidate page against a picture: renders it and compares text, pixels and structure. */

import type { RunContext } from '../context.ts';
import { throwIfCancelled } from '../errors.ts';
import { type BlockScore, scoreBlocks } from './block-score.ts';
import { type Browser, withBrowser } from './browser.ts';
import type { BrowserOptions } from './find-browser.ts';
import { fitTo, meanPixelError, structuralSimilarity } from './pixel-score.ts';
import type { ScoreReference } from './reference.ts';
import { type RenderedPage, renderPage } from './render.ts';
import { absoluteShare, layoutIou, pictureShare, treeBleu } from './structure-score.ts';
import { scoreTextList } from './text-list.ts';

export interface PageScore extends BlockScore {
  /** D2C-4 of a bare list of the reference's words. */
  readonly list: number;
  /** (d2c4 − list) / (1 − list): 0 is no better than the bare words, 1 is perfect; below 0 is worse than a list. */
  readonly lift: number;
  /** −1..1. */
  readonly ssim: number;
  /** Mean absolute pixel error, 0..1, 0 the best. */
  readonly pixelError: number;
  /** Share of the elements that are placed absolutely, 0..1. */
  readonly absoluteShare: number;
  /** Share of the page under pictures, 0..1. */
  readonly pictureShare: number;
  /** Share of the text on the page that cannot be seen, 0..1. */
  readonly unseenTextShare: number;
  /** Pixels by which the page is too wide, by viewport width. */
  readonly overflow: readonly { readonly width: number; readonly pixels: number }[];
  /** Only where the reference page itself is known. */
  readonly treeBleu?: number;
  readonly layoutIou?: number;
  readonly referencePictureShare?: number;
  /** What was blocked while rendering. */
  readonly warnings: readonly string[];
}

export interface ScoreOptions extends BrowserOptions {
  /** A running browser; without it one is started for this score. */
  readonly browser?: Browser;
  /** The list's D2C-4 from an earlier score of the same reference, to save its rendering. */
  readonly list?: number;
  /** Viewport widths at which overflow is measured; 390, 768, 1024 and 1280 by default. */
  readonly overflowWidths?: readonly number[];
}

export interface ScoredPage {
  readonly score: PageScore;
  readonly rendered: RenderedPage;
}

export const defaultOverflowWidths: readonly number[] = [390, 768, 1024, 1280];

/**
 * Scores a page. It is rendered in a viewport of the reference's CSS size at the reference's pixel ratio, offline
 * and without its scripts, down to twice the reference's height; text below that is not found. Pixel measures
 * compare the upper left part of the reference's size, padded with white where the page is smaller.
 *
 * @throws PixelwrightError `browser-missing`, `input-not-found`, `cancelled`.
 */
export async function scorePage(
  reference: ScoreReference,
  page: string,
  context: RunContext,
  options: ScoreOptions = {},
): Promise<PageScore> {
  return (await scoreAndRender(reference, page, context, options)).score;
}

/** Like {@link scorePage}; also hands on what was rendered. */
export async function scoreAndRender(
  reference: ScoreReference,
  page: string,
  context: RunContext,
  options: ScoreOptions = {},
): Promise<ScoredPage> {
  const work = async (browser: Browser) => {
    context.progress({ stage: 'score', message: 'rendering the page' });
    const rendered = await renderPage(
      browser,
      page,
      {
        width: reference.width,
        height: reference.height,
        deviceScaleFactor: reference.pixelRatio,
        maxHeight: 2 * reference.height,
        overflowWidths: options.overflowWidths ?? defaultOverflowWidths,
      },
      context,
    );
    const list = options.list ?? (await scoreTextList(browser, reference, context)).d2c4;
    throwIfCancelled(context.signal);
    context.progress({ stage: 'score', message: 'comparing text, pixels and structure' });
    return { score: compare(reference, rendered, list), rendered };
  };
  return options.browser ? work(options.browser) : withBrowser(options, context, work);
}

/** Compares a rendered page with a reference. @param list D2C-4 of the bare list of the reference's words. */
export function compare(reference: ScoreReference, rendered: RenderedPage, list: number): PageScore {
  const blocks = scoreBlocks(
    reference.blocks,
    reference.unit === 'line' ? rendered.lineBlocks : rendered.blocks,
    reference,
  );
  const picture = fitTo(rendered.raster, reference.raster.width, reference.raster.height);
  const page = rendered.structure;
  return {
    ...blocks,
    list,
    // A list that is perfect leaves nothing to lift; a page as good as it is called perfect too.
    lift: list < 1 ? (blocks.d2c4 - list) / (1 - list) : blocks.d2c4 - list,
    ssim: structuralSimilarity(reference.raster, picture),
    pixelError: meanPixelError(reference.raster, picture),
    absoluteShare: absoluteShare(page),
    pictureShare: pictureShare(page.components, reference),
    unseenTextShare: rendered.unseenTextShare,
    overflow: rendered.overflow,
    warnings: rendered.warnings,
    ...(reference.structure
      ? {
          treeBleu: treeBleu(reference.structure, page),
          layoutIou: layoutIou(reference.structure.components, page.components, reference),
          referencePictureShare: pictureShare(reference.structure.components, reference),
        }
      : {}),
  };
}
