/** The pipeline of a page, written once: read, measure, compose; score. Only this file and `run/` know the order. */
import type { RunContext } from './context.ts';
import { PixelwrightError, throwIfCancelled } from './errors.ts';
import { measurePicture } from './facts/index.ts';
import type { PictureSource } from './image/index.ts';
import { cropAssets, inlineFiles } from './run/assets.ts';
import { type Composer, startComposer } from './run/composer.ts';
import {
  type ConvertOptions,
  type ConvertResult,
  type Measured,
  measuredLabel,
  pictureReport,
} from './run/convert-result.ts';
import { convertDirect } from './run/direct.ts';
import { requireBuilt, requireEngine } from './run/engine.ts';
import { type LoadOptions, loadPicture } from './run/load-picture.ts';
import type { PageScore } from './score/score.ts';

/** Reads a picture and measures it, without any model. Throws as `loadPicture`. */
export async function measure(
  source: PictureSource,
  context: RunContext,
  options: LoadOptions = {},
): Promise<Measured> {
  const picture = await loadPicture(source, context, options);
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
  const { measured, draft } = await measureAndCompose(source, options, context);
  if (options.strategy === 'measured' || engine === undefined) return draft;
  options.onDraft?.(draft);
  try {
    return await convertDirect(measured, draft, options, engine, context);
  } catch (error) {
    // Whoever leaves the choice to us is better served by the draft than by nothing.
    const pageless = error instanceof PixelwrightError && error.code === 'output-invalid';
    if (options.strategy !== 'auto' || !pageless) throw error;
    return withWarning(
      draft,
      `The model wrote no page, so this is measured from the pixels. ${error.message}`,
    );
  }
}

function withWarning({ files, report }: ConvertResult, warning: string): ConvertResult {
  return { files, report: { ...report, warnings: [...report.warnings, warning] } };
}

async function measureAndCompose(source: PictureSource, options: ConvertOptions, context: RunContext) {
  const picture = await loadPicture(source, context, options.read);
  throwIfCancelled(context.signal);
  // Started here, so that it loads what it needs while the picture is measured.
  const composer = startComposer();
  try {
    const measured: Measured = { picture, facts: await measurePicture(picture, context) };
    return { measured, draft: await composeDraft(measured, composer, options, context) };
  } finally {
    await composer.close();
  }
}

async function composeDraft(
  { picture, facts }: Measured,
  composer: Composer,
  options: ConvertOptions,
  context: RunContext,
): Promise<ConvertResult> {
  context.progress({ stage: 'compose', message: 'composing the page' });
  const { name, inline = false } = options;
  const { tree, warnings } = await composer.measured(facts, context.signal);
  const choices = { name, inline, palette: facts.palette };
  const page = await composer.compile(tree, 'html', choices, context.signal);
  const assets = await cropAssets(picture, facts.pixelRatio, page.assets, context);
  return {
    files: inline ? inlineFiles(page.files, assets) : [...page.files, ...assets],
    report: {
      strategy: 'measured',
      madeWithoutModel: true,
      label: measuredLabel,
      picture: pictureReport(picture, facts.pixelRatio),
      warnings: [...picture.warnings, ...warnings],
      truncated: false,
      repetition: false,
    },
  };
}

export interface ScoreRunOptions {
  readonly read?: LoadOptions;
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
  // Loaded late: the browser's library takes longer to load than many a picture to convert.
  const { withBrowser } = await import('./score/browser.ts');
  const { referenceFromFacts, referenceFromPage, withPicture } = await import('./score/reference.ts');
  const { scorePage } = await import('./score/score.ts');
  for (const file of [page, options.referencePage ?? page]) requirePage(file);
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

/** A browser renders a picture as well, and the score of that says nothing. */
function requirePage(file: string): void {
  if (/\.(x?html?|xht)$/i.test(file)) return;
  throw new PixelwrightError('input-unsupported', `Expected an HTML page; got "${file}".`, {
    next: 'Give the picture first and the page second: pixelwright score login.png login.html',
  });
}
