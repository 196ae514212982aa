/** The pipeline of a page, written once: read, measure, compose; score. Only this file and `run/` know the order. */
import { requireComponents, requireScriptable } from './compose/target.ts';
import type { RunContext } from './context.ts';
import { PixelwrightError, throwIfCancelled } from './errors.ts';
import { measurePicture } from './facts/index.ts';
import type { PictureSource } from './image/index.ts';
import { startComposer } from './run/composer.ts';
import { type Conversion, treeFiles } from './run/convert/candidate.ts';
import type { Choice } from './run/convert/choose.ts';
import { measuredDraft } from './run/convert/draft.ts';
import { gather } from './run/convert/gather.ts';
import { instructed } from './run/convert/instruct.ts';
import { asScreen } from './run/convert/photographed.ts';
import {
  type ConvertOptions,
  type ConvertResult,
  labels,
  type Measured,
  pictureReport,
} from './run/convert-result.ts';
import { requireBuilt, requireEngine } from './run/engine.ts';
import { type LoadOptions, loadPicture } from './run/load-picture.ts';
import { chooseBestInWorker } from './run/scoring/in-worker.ts';
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
 * `measured` needs no model; `perceived` and `direct` need `options.engine`; `auto` keeps the best of what can be
 * made. Whatever the strategy, the measured draft is made first and handed to `options.onDraft`.
 * @throws PixelwrightError of the stages, `model-missing` for a strategy without its engine, `option-invalid` for
 *   a target that is not built or that the strategy cannot make, `cancelled`.
 */
export async function convertPicture(
  source: PictureSource,
  options: ConvertOptions,
  context: RunContext,
): Promise<ConvertResult> {
  requireBuilt(options.target);
  requireComponents(options.target, options.components);
  requireScriptable(options.target, options.script);
  const { strategy } = options;
  if (strategy === 'direct' || strategy === 'perceived')
    requireEngine(options.engine, `The ${strategy} strategy`);
  const picture = await asScreen(await loadPicture(source, context, options.read));
  throwIfCancelled(context.signal);
  // Started here, so that it loads what it needs while the picture is measured.
  const composer = startComposer();
  try {
    const { conversion, draft } = await measuredDraft(picture, composer, options, context);
    if (options.onDraft)
      options.onDraft(await resultOf({ candidate: draft, reports: [], warnings: [] }, conversion));
    const { candidates, warnings } =
      options.engine === undefined || strategy === 'measured'
        ? { candidates: [draft], warnings: [] }
        : await gather(draft, options.engine, conversion);
    const choice = await chooseBestInWorker(candidates, conversion);
    const { instructions } = options;
    const isUnheard = instructions !== undefined && (options.engine === undefined || strategy === 'measured');
    const unheard = isUnheard ? ['The instructions were left aside: only a model can follow them.'] : [];
    const told = [...warnings, ...choice.warnings, ...unheard];
    const { compared, candidate: best } = choice;
    options.onMade?.({ measured: conversion.measured, options, compared, best, warnings: told });
    // The pages of `direct` were asked for with them.
    const candidate =
      instructions === undefined || options.engine === undefined || ['measured', 'direct'].includes(strategy)
        ? best
        : await instructed(best, instructions, options.engine, conversion);
    return await resultOf({ ...choice, candidate, warnings: told }, conversion);
  } finally {
    await composer.close();
  }
}

/** The chosen page in the target's language. */
async function resultOf(
  { candidate, reports, warnings }: Omit<Choice, 'compared'>,
  conversion: Conversion,
): Promise<ConvertResult> {
  const { measured, options } = conversion;
  const { strategy, tree, facts, page, truncated, repetition, usage } = candidate;
  const isPage =
    tree === undefined || (options.target === 'html' && options.inline !== true && options.script !== true);
  const files = isPage ? page : await treeFiles(tree, facts, options.target, conversion);
  const inlined =
    tree === undefined || options.alsoInlined !== true
      ? undefined
      : await treeFiles(tree, facts, options.target, conversion, { ...options, inline: true });
  return {
    files,
    ...(inlined === undefined ? {} : { inlined }),
    report: {
      strategy,
      madeWithoutModel: strategy === 'measured',
      label: labels[strategy],
      picture: pictureReport(measured.picture, facts.pixelRatio),
      warnings: [...measured.picture.warnings, ...candidate.warnings, ...warnings],
      truncated,
      repetition,
      ...(usage === undefined ? {} : { usage }),
      ...(reports.length === 0 ? {} : { candidates: reports }),
    },
    ...(tree === undefined ? {} : { tree }),
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
