/** Keeps the best of several candidates: by rendering where there is a browser, else in a fixed order. */
import { PixelwrightError } from '../../errors.ts';
import type { CandidateReport, MadeBy } from '../convert-result.ts';
import type { Candidate, Conversion } from './candidate.ts';
import { fittedCandidate } from './fit.ts';
import { behind, mended } from './mend.ts';
import { type RatedCandidate, type Rating, rate, worth } from './rate.ts';

export interface Choice {
  readonly candidate: Candidate;
  readonly reports: readonly CandidateReport[];
  readonly warnings: readonly string[];
  /** All that was chosen from, as it was compared: fitted, in the fixed order. */
  readonly compared: readonly Compared[];
}

type Rated = Pick<RatedCandidate, 'candidate' | 'rating'>;

export interface Compared {
  readonly candidate: Candidate;
  /** Absent where there was no browser, or nothing to compare with. */
  readonly rating?: Rating;
}

/**
 * Without a browser: what the model perceived is laid out by pixels and read twice, which small models' own pages
 * are not. With one, also who wins a tie.
 */
const order: readonly MadeBy[] = ['perceived', 'measured', 'direct'];

/**
 * A candidate that comes later in the order must be better by this much: below it lies what another font or one
 * misread word changes, while an earlier one has the better structure, which no score sees.
 */
const clearlyBetter = 0.01;

const byOrder = (one: Candidate, other: Candidate): number =>
  order.indexOf(one.strategy) - order.indexOf(other.strategy);

/** Whether anything is rendered for the choice; there is nothing to do for one page that nobody corrects or rates. */
export const needsBrowser = (
  candidates: readonly Candidate[],
  { options: { fit = 'auto' } }: Pick<Conversion, 'options'>,
  rateAlone: boolean,
): boolean =>
  rateAlone ||
  candidates.length > 1 ||
  (fit !== 'never' && candidates.some(({ tree }) => tree !== undefined));

/**
 * @param rateAlone a candidate that nobody is compared with is rated too, which costs a rendering.
 * @throws PixelwrightError `cancelled`. @throws RangeError without candidates.
 */
export async function chooseBest(
  candidates: readonly Candidate[],
  conversion: Conversion,
  rateAlone = false,
): Promise<Choice> {
  const sorted = [...candidates].sort(byOrder);
  const [first, second] = sorted;
  if (first === undefined) throw new RangeError('Choosing needs at least one candidate.');
  if (!needsBrowser(candidates, conversion, rateAlone)) return alone({ candidate: first });
  const rated = await rateOrTell(sorted, conversion, rateAlone);
  if (typeof rated === 'string') {
    if (second === undefined) return alone({ candidate: first });
    const reports = sorted.map((one) => reportOf(one, first));
    const compared = sorted.map((candidate) => ({ candidate }));
    return { candidate: first, reports, warnings: [rated], compared };
  }
  // The draft is then only what the perceived page must not fall behind.
  const asked = rated.filter(({ candidate }) => candidate.strategy === conversion.options.strategy);
  const best = bestOf(asked.length > 0 ? asked : rated);
  if (second === undefined) return alone(rateAlone ? (rated[0] ?? { candidate: best }) : { candidate: best });
  const reports = rated.map(({ candidate, rating }) => reportOf(candidate, best, rating));
  return { candidate: best, reports, warnings: [], compared: rated };
}

const alone = (one: Compared): Choice => ({
  candidate: one.candidate,
  reports: [],
  warnings: [],
  compared: [one],
});

function reportOf(candidate: Candidate, chosen: Candidate, rating?: Rating): CandidateReport {
  const { name, strategy } = candidate;
  return { name, strategy, chosen: candidate === chosen, ...rating };
}

/** @param rated in the fixed order; not empty. */
export function bestOf(rated: readonly Rated[]): Candidate {
  return rated.reduce((best, one) => {
    const alike = one.candidate.strategy === best.candidate.strategy;
    // Both are composed of the same pixels, so that little tells them apart.
    if (best.candidate.strategy === 'perceived' && one.candidate.strategy === 'measured')
      return behind(best.rating, one.rating) > 0 && worth(one.rating) > worth(best.rating) ? one : best;
    return worth(one.rating) > worth(best.rating) + (alike ? 0 : clearlyBetter) ? one : best;
  }).candidate;
}

/** Fitted candidates with their ratings, or the sentence that says why there are none. */
async function rateOrTell(
  candidates: readonly Candidate[],
  conversion: Conversion,
  rateAlone: boolean,
): Promise<Rated[] | string> {
  const { measured, options, context } = conversion;
  // Loaded late: the browser's library takes longer to load than many a picture to convert.
  const { withBrowser } = await import('../../score/browser.ts');
  const { referenceFromFacts } = await import('../../score/reference.ts');
  // What the model has read as well is the better account of the words.
  const facts = candidates.find(({ strategy }) => strategy === 'perceived')?.facts ?? measured.facts;
  const reference = referenceFromFacts(measured.picture.raster, facts);
  const browserOptions = options.browserPath === undefined ? {} : { browserPath: options.browserPath };
  try {
    return await withBrowser(browserOptions, context, async (browser) => {
      const fitted: Candidate[] = [];
      for (const candidate of candidates)
        fitted.push(await fittedCandidate(candidate, browser, reference, conversion));
      // One that nobody is compared with needs no rating.
      const only = fitted.length === 1 && !rateAlone ? fitted[0] : undefined;
      if (only !== undefined) return [{ candidate: only, rating: { d2c4: 0, ssim: 0 } }];
      const rated = await rate(fitted, reference, browser, context);
      if (options.fit === 'never') return rated;
      const measuredPage = rated.find(({ candidate }) => candidate.strategy === 'measured');
      const done: RatedCandidate[] = [];
      for (const one of rated)
        done.push(
          measuredPage === undefined || one.candidate.strategy !== 'perceived'
            ? one
            : await mended(one, measuredPage, reference, browser, conversion),
        );
      return done;
    });
  } catch (error) {
    if (!(error instanceof PixelwrightError) || error.code !== 'browser-missing') throw error;
    const names = candidates.map(({ name }) => name).join(', ');
    return `No browser was found to compare the pages with the picture, so the first of ${names} was kept. ${error.next ?? ''}`.trim();
  }
}
