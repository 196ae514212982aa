/** Renders a page and reads from it what the score compares: pixels, visible text, structure. */
import { setTimeout } from 'node:timers/promises';
import { parse, rgb } from 'culori';
import sharp from 'sharp';
import type { RunContext } from '../context.ts';
import { throwIfCancelled } from '../errors.ts';
import { type Rect, type Rgb, unionOf } from '../geometry.ts';
import type { Raster } from '../image/picture.ts';
import { type Browser, type Page, type PageOptions, withPage } from './browser.ts';
import {
  collectStructure,
  collectText,
  hideText,
  loadResources,
  measureOverflow,
  type PageStructure,
  type PlacedLine,
  type PlacedText,
} from './in-page.ts';
import { findInk, type Ink } from './ink.ts';

/** Text that is seen, with the box of its ink (CSS pixels) and its colour. */
export interface TextBlock {
  readonly text: string;
  readonly box: Rect;
  readonly color: Rgb;
}

export interface RenderOptions extends PageOptions {
  /** Take the whole page, not only the viewport; on by default. */
  readonly fullPage?: boolean;
  /** Most of the page to be taken, CSS pixels; 16,000 device pixels, Chromium's own limit, by default. */
  readonly maxHeight?: number;
  /** Widths at which horizontal overflow is measured; none by default. */
  readonly overflowWidths?: readonly number[];
}

export interface RenderedPage {
  readonly png: Buffer;
  /** The same, decoded: device pixels. */
  readonly raster: Raster;
  /** One block for each element with text of its own, the unit of Design2Code. */
  readonly blocks: readonly TextBlock[];
  /** The same text, one block for each visual line, the unit of a picture's facts. */
  readonly lineBlocks: readonly TextBlock[];
  /** Share of the characters on the page that nobody can see, 0..1. */
  readonly unseenTextShare: number;
  readonly structure: PageStructure;
  /** Pixels by width. */
  readonly overflow: readonly { readonly width: number; readonly pixels: number }[];
  /** Requests that were blocked. */
  readonly warnings: readonly string[];
}

const longestScreenshot = 16_000;

/**
 * Renders a local page offline, without its scripts, and finds its visible text.
 *
 * Design2Code recolours every text element in two passes and finds blocks in the pixels that follow. Here the text
 * and its place come from the DOM, and a second pass without text tells what is seen: hidden, transparent,
 * covered, cut off or background-coloured text changes no pixel. The box of a block is the box of the changed
 * pixels, as published; its colour is the computed one, laid over what is behind it where it is translucent
 * (published: the mean of the pixels, anti-aliasing included). Beyond the published method all elements count,
 * not only a list of tags, and so does what form fields show. Generated content and list markers do not, in both.
 *
 * @throws PixelwrightError `input-not-found` if the page cannot be opened, `cancelled` on abort.
 */
export async function renderPage(
  browser: Browser,
  file: string,
  options: RenderOptions,
  context: RunContext,
): Promise<RenderedPage> {
  throwIfCancelled(context.signal);
  const ratio = options.deviceScaleFactor ?? 1;
  return withPage(browser, file, options, async (open) => {
    const { page } = open;
    await waitForResources(page, context.signal);
    const structure = await page.evaluate(collectStructure);
    const placed = await page.evaluate(collectText);
    const height = Math.min(
      options.fullPage === false ? options.height : Math.max(options.height, structure.height),
      options.maxHeight ?? Number.POSITIVE_INFINITY,
      Math.floor(longestScreenshot / ratio),
    );
    const size = { width: Math.ceil(options.width), height: Math.ceil(height) };
    const png = await screenshot(page, size);
    await page.evaluate(hideText);
    const hidden = await decode(await screenshot(page, size));
    const raster = await decode(png);
    const seen = placed.map((text) => seenText(text, raster, hidden, ratio));
    // Last, because it changes the viewport and the root's overflow.
    const overflow: { width: number; pixels: number }[] = [];
    for (const width of options.overflowWidths ?? []) {
      throwIfCancelled(context.signal);
      await page.setViewportSize({ width, height: size.height });
      overflow.push({ width, pixels: await page.evaluate(measureOverflow) });
    }
    for (const warning of open.warnings) context.log.warn(warning);
    const blocks = seen.flatMap(blockOf);
    const texts = blocks.map((block) => ({ kind: 'text' as const, box: block.box }));
    return {
      png,
      raster,
      blocks,
      lineBlocks: seen.flatMap((text) => text.lines.map((line) => line.block)),
      unseenTextShare: unseenShare(placed, seen),
      structure: { ...structure, components: [...structure.components, ...texts] },
      overflow,
      warnings: open.warnings,
    };
  });
}

async function waitForResources(page: Page, signal: AbortSignal): Promise<void> {
  // Local files load at once; the bound only keeps a broken picture from holding the work.
  for (let round = 0; round < 50 && (await page.evaluate(loadResources)) > 0; round += 1) {
    throwIfCancelled(signal);
    await setTimeout(20);
  }
}

/** Chromium now and then answers "Unable to capture screenshot" on a machine under load; a later try succeeds. */
export async function screenshot(page: Page, size: { width: number; height: number }): Promise<Buffer> {
  const options = {
    type: 'png',
    fullPage: true,
    clip: { x: 0, y: 0, ...size },
    animations: 'disabled',
  } as const;
  for (const pause of [100, 500, 2000]) {
    try {
      return await page.screenshot(options);
    } catch (error) {
      if (!(error instanceof Error && error.message.includes('Unable to capture screenshot'))) throw error;
      await setTimeout(pause);
    }
  }
  return await page.screenshot(options);
}

async function decode(png: Buffer): Promise<Raster> {
  const { data, info } = await sharp(png)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

interface SeenText {
  readonly text: string;
  readonly complete: boolean;
  readonly lines: readonly { readonly block: TextBlock }[];
}

function seenText(placed: PlacedText, shown: Raster, hidden: Raster, ratio: number): SeenText {
  const lines = withoutOverlaps(placed.lines).flatMap((line) => {
    const ink = findInk(shown, hidden, line.box, line.text.length, ratio);
    return ink ? [{ block: { text: line.text, box: ink.box, color: paintedColor(placed, ink) } }] : [];
  });
  return { text: placed.text, complete: lines.length === placed.lines.length, lines };
}

/** Cuts lines that reach into each other, as content areas do under a tight `line-height`, at half way. */
function withoutOverlaps(lines: readonly PlacedLine[]): PlacedLine[] {
  return lines.map((line, index) => {
    const above = lines[index - 1]?.box;
    const below = lines[index + 1]?.box;
    const end = line.box.y + line.box.height;
    const sameColumn = (other: Rect) =>
      other.x < line.box.x + line.box.width && line.box.x < other.x + other.width;
    const top =
      above && above.y < line.box.y && sameColumn(above)
        ? Math.max(line.box.y, (above.y + above.height + line.box.y) / 2)
        : line.box.y;
    const bottom =
      below && below.y > line.box.y && sameColumn(below) ? Math.min(end, (end + below.y) / 2) : end;
    return { text: line.text, box: { ...line.box, y: top, height: bottom - top } };
  });
}

function paintedColor(placed: PlacedText, ink: Ink): Rgb {
  const color = rgb(parse(placed.color));
  const alpha = (color?.alpha ?? 1) * placed.opacity;
  // Glyphs without a fill show a gradient or a stroke; only the pixels know its colour.
  if (!color || alpha === 0) return ink.color;
  const mix = (channel: number, behind: number) =>
    Math.min(255, Math.max(0, channel * 255)) * alpha + behind * (1 - alpha);
  return [mix(color.r, ink.background[0]), mix(color.g, ink.background[1]), mix(color.b, ink.background[2])];
}

function blockOf(seen: SeenText): TextBlock[] {
  const [first] = seen.lines;
  if (!first) return [];
  return [
    {
      text: seen.complete ? seen.text : seen.lines.map((line) => line.block.text).join(' '),
      box: unionOf(seen.lines.map((line) => line.block.box)),
      color: first.block.color,
    },
  ];
}

function unseenShare(placed: readonly PlacedText[], seen: readonly SeenText[]): number {
  const lengthOf = (text: string) => text.replace(/\s/g, '').length;
  const all = placed.reduce((sum, text) => sum + lengthOf(text.text), 0);
  const visible = seen.flatMap(blockOf).reduce((sum, block) => sum + lengthOf(block.text), 0);
  return all === 0 ? 0 : Math.max(0, 1 - visible / all);
}
