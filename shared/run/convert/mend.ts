/** Gives the places of a perceived page that look worse than measured their measured layout, as it is rendered. */
import { chooseGrafts, type Offer } from '../../compose/perceived/choose-grafts.ts';
import { driftedIn } from '../../compose/perceived/drift.ts';
import { wellNested } from '../../compose/perceived/nesting.ts';
import { grafted, placeOf, standInsOf } from '../../compose/perceived/stand-ins.ts';
import { throwIfCancelled } from '../../errors.ts';
import type { Rect } from '../../geometry.ts';
import type { Raster } from '../../image/index.ts';
import type { Browser } from '../../score/browser.ts';
import type { SimilarityMap } from '../../score/pixel-score.ts';
import type { ScoreReference } from '../../score/reference.ts';
import { childrenOf, type UiNode, type UiTree, walk } from '../../ui-tree.ts';
import { type Candidate, type Conversion, plain, treeFiles } from './candidate.ts';
import { fittedCandidate } from './fit.ts';
import { type RatedCandidate, type Rating, rate, worth } from './rate.ts';

/** Below this two pages look alike, and the perceived structure is worth more. */
const tie: Rating = { d2c4: 0.001, ssim: 0.002 };
/** Share of the page's similarity that a place must lose to be laid out anew. */
const leastLoss = 0.0004;
/** What does not close the gap must narrow it by this much to be worth the structure that it costs. */
const leastGain = 0.002;
/**
 * Shares of what a place loses that its parts must bring to be laid out anew instead of it: first small places, then
 * larger ones, at last the whole page. Texts stay whole at first; where that helps no more, they stand in the pieces
 * that were measured, so that the last page is laid out as the measured one.
 */
const passes: readonly { readonly areKept: boolean; readonly shares: readonly number[] }[] = [
  { areKept: false, shares: [0.5, 0.5, 1] },
  { areKept: true, shares: [1, Number.POSITIVE_INFINITY] },
];

/** How far a page falls behind another; 0 for a tie. */
export const behind = (one: Rating, other: Rating): number =>
  Math.max(0, other.d2c4 - one.d2c4 - tie.d2c4) + Math.max(0, other.ssim - one.ssim - tie.ssim);

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
  const told = ({ d2c4, ssim }: Rating): string => `D2C-4 ${d2c4.toFixed(4)}, SSIM ${ssim.toFixed(4)}`;
  context.log.debug(`mend: ${told(perceived.rating)}; measured ${told(measured.rating)}`);
  const { fitTo, similarityMap } = await import('../../score/pixel-score.ts');
  const mapOf = async (raster: Raster): Promise<SimilarityMap> => {
    const { width, height } = reference.raster;
    const fitted = fitTo(raster, width, height);
    return await similarityMap(reference.raster, fitted, reference.pixelRatio, context.signal);
  };
  const donor = await donorOf(perceived, measured, reference, browser, conversion);
  const root = donor.candidate.tree?.root;
  if (root === undefined) return perceived;
  const goal = await mapOf(donor.raster);
  let best = perceived;
  for (const { areKept, shares } of passes) {
    const standIns = standInsOf(tree.root, root, areKept);
    let latest = await mapOf(perceived.raster);
    let drifted = driftedIn(tree.root, perceived.texts);
    let grafts = new Map<UiNode, UiNode>();
    for (const partsShare of shares) {
      throwIfCancelled(context.signal);
      const isLast = partsShare === Number.POSITIVE_INFINITY;
      const whole = isLast ? standIns.get(tree.root) : undefined;
      const offerFor = offersOf({ standIns, goal, latest, drifted, grafts });
      const more = isLast
        ? new Map(whole === undefined ? [] : [[tree.root, whole] as const])
        : chooseGrafts(tree.root, { offerFor, least: leastLoss, partsShare });
      if (more.size === 0) continue;
      grafts = new Map([...grafts, ...more]);
      const mixed = { ...tree, root: wellNested(grafted(tree.root, grafts)) };
      const next = await ratedTree(perceived.candidate, mixed, isLast, reference, browser, conversion);
      context.log.debug(
        `mend: ${grafts.size} places, SSIM ${best.rating.ssim.toFixed(4)} → ${next.rating.ssim.toFixed(4)}`,
      );
      const left = behind(next.rating, measured.rating);
      const isNearer = left < behind(best.rating, measured.rating) - (left === 0 ? 0 : leastGain);
      // Words that the model has corrected are worth more than the last pixel.
      if (isNearer && worth(next.rating) >= worth(best.rating) - tie.d2c4) best = next;
      else if (!areKept) break;
      if (behind(best.rating, measured.rating) === 0) return best;
      latest = await mapOf(next.raster);
      drifted = driftedIn(tree.root, next.texts);
    }
  }
  return best;
}

interface Mending {
  readonly standIns: ReadonlyMap<UiNode, UiNode>;
  /** How alike the measured page, and the latest one, are to the picture. */
  readonly goal: SimilarityMap;
  readonly latest: SimilarityMap;
  /** What was pushed away by something else. */
  readonly drifted: ReadonlySet<UiNode>;
  readonly grafts: ReadonlyMap<UiNode, UiNode>;
}

/** What can be laid out anew, and what that would bring. */
function offersOf(mending: Mending): (node: UiNode) => Offer | undefined {
  const { standIns, goal, latest, drifted, grafts } = mending;
  const gainAt = (place: Rect): number => goal.within(place) - latest.within(place);
  const excused = (node: UiNode): number =>
    childrenOf(node).reduce(
      (sum, child) => sum + (drifted.has(child) ? gainAt(child.box) : excused(child)),
      0,
    );
  return (node) => {
    const standIn = standIns.get(node);
    if (standIn === undefined || grafts.has(node)) return undefined;
    // What was pushed away by something else is well as it is.
    if (drifted.has(node)) return undefined;
    return { standIn, gain: gainAt(placeOf(node, standIn)) - excused(node) };
  };
}

/**
 * What is laid out as measured comes from the measured page with the words that the model has corrected, unless other
 * words have spoilt it.
 */
async function donorOf(
  { candidate }: RatedCandidate,
  measured: RatedCandidate,
  reference: ScoreReference,
  browser: Browser,
  conversion: Conversion,
): Promise<RatedCandidate> {
  const { composer, context } = conversion;
  const { tree } = await composer.measured(candidate.facts, context.signal);
  const told = (page: UiTree | undefined): string =>
    JSON.stringify(page === undefined ? [] : [...walk(page.root)].map(({ kind, text }) => [kind, text]));
  if (told(tree) === told(measured.candidate.tree)) return measured;
  const corrected = await ratedTree(candidate, tree, false, reference, browser, conversion);
  return worth(corrected.rating) >= worth(measured.rating) ? corrected : measured;
}

/** @param isFitted what is of one piece needs no fitting; what was mixed has new neighbours. */
async function ratedTree(
  candidate: Candidate,
  tree: UiTree,
  isFitted: boolean,
  reference: ScoreReference,
  browser: Browser,
  conversion: Conversion,
): Promise<RatedCandidate> {
  const quiet: Conversion = { ...conversion, context: { ...conversion.context, progress: () => {} } };
  const page = await treeFiles(tree, candidate.facts, 'html', quiet, plain);
  const mixed = { ...candidate, tree, page };
  const fitted = isFitted ? mixed : await fittedCandidate(mixed, browser, reference, quiet);
  const [rated] = await rate([fitted], reference, browser, quiet.context);
  if (rated === undefined) throw new RangeError('One candidate has one rating.');
  return rated;
}
