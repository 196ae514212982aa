/** Gives the places of a perceived page that look worse than measured their measured layout, as it is rendered. */
import { chooseGrafts, type Offer } from '../../compose/perceived/choose-grafts.ts';
import { wellNested } from '../../compose/perceived/nesting.ts';
import { grafted, placeOf, standInsOf } from '../../compose/perceived/stand-ins.ts';
import { throwIfCancelled } from '../../errors.ts';
import type { Raster } from '../../image/index.ts';
import type { Browser } from '../../score/browser.ts';
import type { SimilarityMap } from '../../score/pixel-score.ts';
import type { ScoreReference } from '../../score/reference.ts';
import type { UiNode } from '../../ui-tree.ts';
import { type Candidate, type Conversion, plain, treeFiles } from './candidate.ts';
import { fittedCandidate } from './fit.ts';
import { type RatedCandidate, type Rating, rate } from './rate.ts';

/** Below this two pages look alike, and the perceived structure is worth more. */
const tie: Rating = { d2c4: 0.001, ssim: 0.002 };
/** Share of the page's similarity that a place must lose to be laid out anew. */
const leastLoss = 0.0004;
/**
 * One rendering each. First the parts of what is lost, twice, since what was above them has moved them; then larger
 * ones; at last all of the page, which then is the measured one with perceived names.
 */
const attempts: readonly number[] = [0.8, 0.8, 1.5, Number.POSITIVE_INFINITY];

/** How far a page falls behind another; 0 for a tie. */
export const behind = (one: Rating, other: Rating): number =>
  Math.max(0, other.d2c4 - one.d2c4 - tie.d2c4) + Math.max(0, other.ssim - one.ssim - tie.ssim);

interface Donor {
  readonly standIns: ReadonlyMap<UiNode, UiNode>;
  readonly map: SimilarityMap;
}

/**
 * @param perceived both fitted, rated, and composed of a tree.
 * @param measured what it may not fall behind.
 * @returns the perceived candidate where it does not, or where nothing helps.
 * @throws PixelwrightError `cancelled`, and as `rate`.
 */
export async function mended(
  perceived: RatedCandidate,
  measured: RatedCandidate,
  reference: ScoreReference,
  browser: Browser,
  conversion: Conversion,
): Promise<RatedCandidate> {
  const { tree, name } = perceived.candidate;
  if (tree === undefined || behind(perceived.rating, measured.rating) === 0) return perceived;
  const { context } = conversion;
  context.progress({ stage: 'score', message: `laying out anew where ${name} differs from the picture` });
  const { fitTo, similarityMap } = await import('../../score/pixel-score.ts');
  const mapOf = async (raster: Raster): Promise<SimilarityMap> => {
    const { width, height } = reference.raster;
    const fitted = fitTo(raster, width, height);
    return await similarityMap(reference.raster, fitted, reference.pixelRatio, context.signal);
  };
  const donors: Donor[] = [];
  for (const donor of [await corrected(perceived, reference, browser, conversion), measured]) {
    const root = donor.candidate.tree?.root;
    if (root) donors.push({ standIns: standInsOf(tree.root, root), map: await mapOf(donor.raster) });
  }
  let best = perceived;
  let latest = await mapOf(perceived.raster);
  let grafts = new Map<UiNode, UiNode>();
  for (const partsShare of attempts) {
    throwIfCancelled(context.signal);
    const offerFor = (node: UiNode): Offer | undefined => {
      if (grafts.has(node) && partsShare !== Number.POSITIVE_INFINITY) return undefined;
      const offers = donors.flatMap(({ standIns, map }): Offer[] => {
        const standIn = standIns.get(node);
        if (standIn === undefined) return [];
        const place = placeOf(node, standIn);
        return [{ standIn, gain: map.within(place) - latest.within(place) }];
      });
      return offers.sort((a, b) => b.gain - a.gain)[0];
    };
    const least = partsShare === Number.POSITIVE_INFINITY ? Number.NEGATIVE_INFINITY : leastLoss;
    const more = chooseGrafts(tree.root, { offerFor, least, partsShare });
    if (more.size === 0) continue;
    grafts = new Map([...grafts, ...more]);
    const root = wellNested(grafted(tree.root, grafts));
    const next = await ratedTree(perceived.candidate, { ...tree, root }, reference, browser, conversion);
    context.log.debug(
      `mend: ${grafts.size} places, SSIM ${best.rating.ssim.toFixed(4)} → ${next.rating.ssim.toFixed(4)}`,
    );
    if (behind(next.rating, measured.rating) < behind(best.rating, measured.rating)) best = next;
    if (behind(best.rating, measured.rating) === 0) break;
    latest = await mapOf(next.raster);
  }
  return best;
}

async function ratedTree(
  candidate: Candidate,
  tree: NonNullable<Candidate['tree']>,
  reference: ScoreReference,
  browser: Browser,
  conversion: Conversion,
): Promise<RatedCandidate> {
  const page = await treeFiles(tree, candidate.facts, 'html', conversion, plain);
  const quiet = { ...conversion.context, progress: () => {} };
  const [rated] = await rate([{ ...candidate, tree, page }], reference, browser, quiet);
  if (rated === undefined) throw new RangeError('One candidate has one rating.');
  return rated;
}

/** The measured page of what the model has corrected: it has the same words as the perceived one. */
async function corrected(
  { candidate }: RatedCandidate,
  reference: ScoreReference,
  browser: Browser,
  conversion: Conversion,
): Promise<RatedCandidate> {
  const { composer, context } = conversion;
  const { tree } = await composer.measured(candidate.facts, context.signal);
  const quiet: Conversion = { ...conversion, context: { ...context, progress: () => {} } };
  const fitted = await fittedCandidate({ ...candidate, tree }, browser, reference, quiet);
  return await ratedTree(candidate, fitted.tree ?? tree, reference, browser, quiet);
}
