/** The pipeline, written once: read, measure, compose; describe; score. Only this file knows the order. */
import type { RunContext } from './context.ts';
import { throwIfCancelled } from './errors.ts';
import type { PageFacts } from './facts/page-facts.ts';
import { type PictureSource, type ReadOptions, readPicture, type SourcePicture } from './image/index.ts';
import { cropAssets, inlineFiles, separateFiles } from './run/assets.ts';
import {
  type ConvertOptions,
  type ConvertResult,
  measuredLabel,
  pictureReport,
} from './run/convert-result.ts';
import { requireBuilt, requireEngine } from './run/engine.ts';
import { composeMeasured, measurePicture } from './run/seams.ts';
import { withBrowser } from './score/browser.ts';
import { referenceFromFacts, referenceFromPage, withPicture } from './score/reference.ts';
import { type PageScore, scorePage } from './score/score.ts';

export interface Measured {
  readonly picture: SourcePicture;
  readonly facts: PageFacts;
}

/** Reads a picture and measures it, without any model. Throws as `readPicture`. */
export async function measure(
  source: PictureSource,
  context: RunContext,
  options: ReadOptions = {},
): Promise<Measured> {
  const picture = await readPicture(source, context, options);
  throwIfCancelled(context.signal);
  return { picture, facts: await measurePicture(picture, context) };
}

/**
 * Turns a picture into a page.
 *
 * `measured` needs no model. `direct` needs `options.engine`. `auto` is `direct` with an engine, else `measured`.
 * Whatever the strategy, the measured draft is made first and handed to `options.onDraft`.
 * @throws PixelwrightError of the stages, `model-missing` for `direct` without an engine, `option-invalid` for a
 *   target that is not built yet, `cancelled`.
 */
export async function convertPicture(
  source: PictureSource,
  options: ConvertOptions,
  context: RunContext,
): Promise<ConvertResult> {
  requireBuilt(options.target);
  const engine =
    options.strategy === 'direct' ? requireEngine(options.engine, 'The direct strategy') : options.engine;
  const measured = await measure(source, context, options.read);
  const draft = await composeDraft(measured, options, context);
  if (options.strategy === 'measured' || engine === undefined) return draft;
  options.onDraft?.(draft);
  return draft;
}

async function composeDraft(
  { picture, facts }: Measured,
  options: ConvertOptions,
  context: RunContext,
): Promise<ConvertResult> {
  context.progress({ stage: 'compose', message: 'composing the page' });
  const inline = options.inline ?? false;
  const page = await composeMeasured(facts, { name: options.name, inlineCss: inline });
  throwIfCancelled(context.signal);
  const assets = await cropAssets(picture, facts.pixelRatio, page.assets, context);
  return {
    files: (inline ? inlineFiles : separateFiles)(options.name, page, assets),
    report: {
      strategy: 'measured',
      madeWithoutModel: true,
      label: measuredLabel,
      picture: pictureReport(picture, facts.pixelRatio),
      warnings: [...picture.warnings, ...page.warnings],
      truncated: false,
      repetition: false,
    },
  };
}

export interface ScoreRunOptions {
  readonly read?: ReadOptions;
  /** The page that the picture was taken of; with it the text and the structure of the reference are exact. */
  readonly referencePage?: string;
  /** Program of a Chromium, Chrome or Edge. */
  readonly browserPath?: string;
}

/**
 * Renders a page and compares it with a picture.
 * @param page path of an HTML file.
 * @throws PixelwrightError `browser-missing`, `input-not-found`, `cancelled`, and as `measure`.
 */
export async function scoreAgainstPicture(
  source: PictureSource,
  page: string,
  options: ScoreRunOptions,
  context: RunContext,
): Promise<PageScore> {
  const { picture, facts } = await measure(source, context, options.read);
  const browserOptions = options.browserPath === undefined ? {} : { browserPath: options.browserPath };
  return await withBrowser(browserOptions, context, async (browser) => {
    const { width, height, pixelRatio } = facts;
    const size = { width, height, deviceScaleFactor: pixelRatio };
    const reference =
      options.referencePage === undefined
        ? referenceFromFacts(picture.raster, facts)
        : withPicture(await referenceFromPage(browser, options.referencePage, size, context), picture.raster);
    return await scorePage(reference, page, context, { ...browserOptions, browser });
  });
}
