/** Corrects a composed page by looking at it rendered. */
import type { Browser } from '../../score/browser.ts';
import type { ScoreReference } from '../../score/reference.ts';
import { type Candidate, type Conversion, plain, treeFiles } from './candidate.ts';

/** @returns the candidate itself where nothing gets better, or where the model wrote the code. */
export async function fittedCandidate(
  candidate: Candidate,
  browser: Browser,
  reference: ScoreReference,
  conversion: Conversion,
): Promise<Candidate> {
  const { tree, facts, name } = candidate;
  const { options, context } = conversion;
  if (tree === undefined || options.fit === 'never') return candidate;
  const { fitByRendering } = await import('../../score/fit/fit.ts');
  context.progress({ stage: 'score', message: `comparing ${name} with the picture, pixel by pixel` });
  const fitted = await fitByRendering(tree, browser, reference, context);
  if (fitted === tree) return candidate;
  return { ...candidate, tree: fitted, page: await treeFiles(fitted, facts, 'html', conversion, plain) };
}
