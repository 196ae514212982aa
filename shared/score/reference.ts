/** What a candidate is compared with: a picture, the text in it, and the page behind it where that is known. */
import type { RunContext } from '../context.ts';
import type { PageFacts } from '../facts/page-facts.ts';
import type { Rect } from '../geometry.ts';
import type { Raster } from '../image/picture.ts';
import type { Browser } from './browser.ts';
import type { Component, PageStructure } from './in-page.ts';
import { type RenderedPage, type RenderOptions, renderPage, type TextBlock } from './render.ts';

export interface ScoreReference {
  /** Device pixels. */
  readonly raster: Raster;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Device pixels per CSS pixel. */
  readonly pixelRatio: number;
  readonly blocks: readonly TextBlock[];
  /** Whether a block is the text of an element, as in Design2Code, or a visual line, as in a picture's facts. */
  readonly unit: 'element' | 'line';
  /** Where the reference page itself is known. */
  readonly structure?: PageStructure;
}

/** A reference that is only a picture: its blocks are the lines that were measured in it. */
export function referenceFromFacts(raster: Raster, facts: PageFacts): ScoreReference {
  return {
    raster,
    width: facts.width,
    height: facts.height,
    pixelRatio: facts.pixelRatio,
    blocks: facts.lines.map(({ text, box, color }) => ({ text, box, color })),
    unit: 'line',
  };
}

/** A reference whose page is known: its blocks are exact. @throws PixelwrightError as {@link renderPage}. */
export async function referenceFromPage(
  browser: Browser,
  file: string,
  options: RenderOptions,
  context: RunContext,
): Promise<ScoreReference> {
  return referenceFromRendered(
    await renderPage(browser, file, options, context),
    options.deviceScaleFactor ?? 1,
  );
}

/** @param pixelRatio device pixels per CSS pixel that the page was rendered with. */
export function referenceFromRendered(rendered: RenderedPage, pixelRatio: number): ScoreReference {
  return {
    raster: rendered.raster,
    width: rendered.raster.width / pixelRatio,
    height: rendered.raster.height / pixelRatio,
    pixelRatio,
    blocks: rendered.blocks,
    unit: 'element',
    structure: rendered.structure,
  };
}

/**
 * The same reference for a changed picture of it: compressed, or scaled.
 *
 * @param raster the changed picture.
 * @param scale CSS pixels of the changed picture per CSS pixel of the reference: 0.8 if it was shrunk to 80 %.
 */
export function withPicture(reference: ScoreReference, raster: Raster, scale = 1): ScoreReference {
  const scaled = (box: Rect): Rect => ({
    x: box.x * scale,
    y: box.y * scale,
    width: box.width * scale,
    height: box.height * scale,
  });
  const { structure } = reference;
  const components = structure?.components.map(
    (component): Component => ({ ...component, box: scaled(component.box) }),
  );
  return {
    ...reference,
    raster,
    width: raster.width / reference.pixelRatio,
    height: raster.height / reference.pixelRatio,
    blocks: reference.blocks.map((block) => ({ ...block, box: scaled(block.box) })),
    ...(structure && components
      ? { structure: { ...structure, components, height: structure.height * scale } }
      : {}),
  };
}
