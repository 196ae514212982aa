/** The pages of one picture: candidates with what instructions made of them, one of which is shown. */

import { PixelwrightError } from '../../errors.ts';
import type { SourcePicture } from '../../image/index.ts';
import type { PanelCandidate } from '../../panel-protocol.ts';
import type { PageTarget } from '../../tasks/ui-to-code.ts';
import { type Candidate, type Conversion, treeFiles } from '../convert/candidate.ts';
import type { Compared } from '../convert/choose.ts';
import { measuredDraft } from '../convert/draft.ts';
import { gather } from '../convert/gather.ts';
import { instructed } from '../convert/instruct.ts';
import { worth } from '../convert/rate.ts';
import { type ConvertOptions, labels } from '../convert-result.ts';
import { requireEngine } from '../engine.ts';
import { loadOptions } from '../load-picture.ts';
import { chooseBestInWorker } from '../scoring/in-worker.ts';
import type { OutputFile } from '../write-output.ts';
import { previewOf } from './preview.ts';
import type { Made, Tools } from './tools.ts';

export interface Pages {
  readonly conversion: Conversion;
  /** The best first; not empty. */
  readonly candidates: readonly PageOption[];
  /** Name of the one that is shown. */
  readonly shown: string;
  readonly warnings: readonly string[];
  /** No model has been asked yet, and nothing compared. */
  readonly isDraft: boolean;
}

interface PageOption extends Compared {
  /** What instructions made of it, the newest last. */
  readonly changed: readonly Candidate[];
}

const newest = ({ candidate, changed }: PageOption): Candidate => changed.at(-1) ?? candidate;

function shownOf({ candidates, shown }: Pages): PageOption {
  const option = candidates.find(({ candidate }) => candidate.name === shown);
  if (option === undefined) throw new RangeError(`There is no candidate ${shown}.`);
  return option;
}

/** The measured page alone. @throws PixelwrightError as `convertPicture`. */
export async function draftPages(picture: SourcePicture, name: string, tools: Tools): Promise<Pages> {
  const { settings, engine, composer, context } = tools;
  const { strategy } = settings;
  if (strategy === 'direct' || strategy === 'perceived') requireEngine(engine, `The ${strategy} strategy`);
  const options = optionsOf(name, tools);
  const { conversion, draft } = await measuredDraft(picture, composer, options, context);
  return { ...pagesOf(conversion, [{ candidate: draft }], draft, []), isDraft: true };
}

/** How a panel's pages are asked for. */
export function optionsOf(name: string, { settings, engine }: Tools): ConvertOptions {
  const { strategy, fit, maxTokens, samples, browser } = settings;
  return {
    name,
    target: 'html',
    strategy,
    fit,
    read: loadOptions(settings),
    ...(engine === undefined ? {} : { engine }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(samples === undefined ? {} : { samples }),
    ...(browser === undefined ? {} : { browserPath: browser }),
  };
}

/** All that can be made of a draft, compared with the picture. @throws PixelwrightError as `convertPicture`. */
export async function improvedPages(drafted: Pages, tools: Tools): Promise<Pages> {
  const conversion = at(drafted.conversion, tools);
  const draft = shownOf(drafted).candidate;
  const { engine, settings } = tools;
  const { candidates, warnings } =
    engine === undefined || settings.strategy === 'measured'
      ? { candidates: [draft], warnings: [] }
      : await gather(draft, engine, conversion);
  const choice = await chooseBestInWorker(candidates, conversion, true);
  return pagesOf(conversion, choice.compared, choice.candidate, [...warnings, ...choice.warnings]);
}

/** @param best one of the compared; it is shown. */
export function pagesOf(
  conversion: Conversion,
  compared: readonly Compared[],
  best: Candidate,
  warnings: readonly string[],
): Pages {
  const value = ({ candidate, rating }: Compared): number =>
    candidate === best ? Number.POSITIVE_INFINITY : rating === undefined ? 0 : worth(rating);
  const candidates = compared
    .toSorted((one, other) => value(other) - value(one))
    .map((one) => ({ ...one, changed: [] }));
  return { conversion, candidates, shown: best.name, warnings, isDraft: false };
}

/** @throws PixelwrightError `option-invalid` where there is no such candidate. */
export function choosePage(pages: Pages, name: string): Pages {
  if (pages.candidates.some(({ candidate }) => candidate.name === name)) return { ...pages, shown: name };
  const names = pages.candidates.map(({ candidate }) => candidate.name).join(', ');
  throw new PixelwrightError('option-invalid', `Expected one of ${names}; got ${name}.`);
}

/** A model writes HTML only: for another target the best that code composed is shown. */
export function chooseFor(pages: Pages, target: PageTarget): Pages {
  if (target === 'html' || newest(shownOf(pages)).tree !== undefined) return pages;
  const composed = pages.candidates.find(({ candidate }) => candidate.tree !== undefined);
  if (composed !== undefined) return { ...pages, shown: composed.candidate.name };
  throw new PixelwrightError(
    'option-invalid',
    `The model wrote this page as HTML; there is no ${target} of it.`,
    {
      next: 'Choose HTML, or the strategy perceived in the settings, which makes every target.',
    },
  );
}

/** @throws PixelwrightError `model-missing`, `output-invalid` where nothing could be changed, of the engine. */
export async function instructPage(pages: Pages, instruction: string, tools: Tools): Promise<Pages> {
  const engine = requireEngine(tools.engine, 'Following an instruction');
  const option = shownOf(pages);
  const before = newest(option);
  const plain = { ...before, warnings: [] };
  const after = await instructed(plain, instruction, engine, at(pages.conversion, tools));
  // What cannot be done comes back as it was, with the reason.
  if (isSame(after, before)) throw notFollowed(after.warnings);
  return replaced(pages, { ...option, changed: [...option.changed, after] });
}

/** Pictures are cut out of the same source. */
const isSame = (one: Candidate, other: Candidate): boolean =>
  one.page.length === other.page.length &&
  one.page.every(
    ({ content }, index) => typeof content !== 'string' || content === other.page[index]?.content,
  );

function notFollowed(warnings: readonly string[]): PixelwrightError {
  return new PixelwrightError('output-invalid', warnings.join(' ') || 'The instruction changed nothing.', {
    next: 'Say it in other words, or name the part and what shall become of it.',
  });
}

/** Takes the last instruction back. @throws PixelwrightError `option-invalid` where there is none. */
export function undoPage(pages: Pages): Pages {
  const option = shownOf(pages);
  if (option.changed.length === 0)
    throw new PixelwrightError('option-invalid', 'There is no instruction to take back.');
  return replaced(pages, { ...option, changed: option.changed.slice(0, -1) });
}

const replaced = (pages: Pages, fresh: PageOption): Pages => ({
  ...pages,
  candidates: pages.candidates.map((one) => (one.candidate === fresh.candidate ? fresh : one)),
});

export const shownTree = (pages: Pages) => newest(shownOf(pages)).tree;
export const isUndoable = (pages: Pages): boolean => shownOf(pages).changed.length > 0;

/** The conversion as of this request: its signal, its progress, its composer. */
const at = (conversion: Conversion, { composer, context }: Tools): Conversion => ({
  ...conversion,
  composer,
  context,
});

/** The page that is shown, in a target's language. */
export async function pageMade(pages: Pages, target: PageTarget, tools: Tools): Promise<Made> {
  const candidate = newest(shownOf(pages));
  const { facts, page, strategy, warnings, truncated, repetition } = candidate;
  const files = await filesOf(pages, target, false, tools);
  const incomplete =
    truncated || repetition ? ['The model’s answer ended early; the page is what it had told.'] : [];
  const { picture } = pages.conversion.measured;
  return {
    label: labels[strategy],
    size: { width: facts.width, height: facts.height },
    files,
    preview: { kind: 'page', html: previewOf(page, tools.nonce) },
    warnings: [...new Set([...picture.warnings, ...warnings, ...incomplete, ...pages.warnings])],
  };
}

/** @param inline style and pictures inside the page or component. */
export async function filesOf(
  pages: Pages,
  target: PageTarget,
  inline: boolean,
  tools: Tools,
): Promise<readonly OutputFile[]> {
  const { tree, facts, page } = newest(shownOf(pages));
  // What the model wrote is one file, and what is compared is plain HTML, as here.
  if (tree === undefined || (target === 'html' && !inline)) return page;
  const components = target === 'vue' ? tools.settings.components : 'plain';
  return await treeFiles(tree, facts, target, at(pages.conversion, tools), {
    inline,
    script: false,
    components,
  });
}

export function listed({ candidates, shown, isDraft }: Pages): PanelCandidate[] {
  return candidates.map(({ candidate: { name, strategy }, rating, changed }, index) => ({
    name,
    label: labels[strategy],
    shown: name === shown,
    best: index === 0 && candidates.length > 1,
    ...(rating === undefined
      ? { noBrowser: !isDraft }
      : { score: { words: rating.d2c4, pixels: rating.ssim } }),
    changes: changed.length,
  }));
}
