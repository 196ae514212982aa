/** Pages that a conversion elsewhere has made, in the panel: no model is asked for them again. */
import type { Conversion } from '../convert/candidate.ts';
import type { Compared } from '../convert/choose.ts';
import { type MadePages, makesTheSame } from '../convert/made-pages.ts';
import { chooseBestInWorker } from '../scoring/in-worker.ts';
import { optionsOf, type Pages, pagesOf } from './pages.ts';
import type { Tools } from './tools.ts';

/**
 * @param onDraft is given pages that have no scores yet: those are rendered for them.
 * @returns undefined where the settings would make something else now.
 * @throws PixelwrightError `cancelled`, of the score stage.
 */
export async function handedOverPages(
  { measured, options: before, compared, best, warnings }: MadePages,
  name: string,
  tools: Tools,
  onDraft: (draft: Pages) => Promise<void>,
): Promise<Pages | undefined> {
  const { composer, context } = tools;
  const options = optionsOf(name, tools);
  if (!makesTheSame(before, options)) return undefined;
  const conversion: Conversion = { measured, composer, options, context };
  const pages = pagesOf(conversion, compared, best, warnings);
  if (compared.every(({ rating }) => rating !== undefined)) return pages;
  await onDraft({ ...pages, isDraft: true });
  return pagesOf(conversion, await ratedAgain(compared, conversion), best, warnings);
}

/** The candidates as they are, with their scores where there is a browser. */
async function ratedAgain(
  compared: readonly Compared[],
  conversion: Conversion,
): Promise<readonly Compared[]> {
  const candidates = compared.map(({ candidate }) => candidate);
  // They have been fitted.
  const options = { ...conversion.options, fit: 'never' } as const;
  const { compared: rated } = await chooseBestInWorker(candidates, { ...conversion, options }, true);
  return compared.map((one) => {
    const rating = rated.find(({ candidate }) => candidate.name === one.candidate.name)?.rating;
    return rating === undefined ? one : { ...one, rating };
  });
}
