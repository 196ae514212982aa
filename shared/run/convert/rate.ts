/** Renders candidates and compares each with the picture. */
import type { RunContext } from '../../context.ts';
import type { Raster } from '../../image/index.ts';
import type { Browser } from '../../score/browser.ts';
import type { ScoreReference } from '../../score/reference.ts';
import type { RenderedPage } from '../../score/render.ts';
import { inFolder } from '../in-folder.ts';
import type { Candidate } from './candidate.ts';

/** How much a page looks like the picture. */
export interface Rating {
  /** 0..1; the words against those that were read. */
  readonly d2c4: number;
  /** −1..1. */
  readonly ssim: number;
}

export interface RatedCandidate {
  readonly candidate: Candidate;
  readonly rating: Rating;
  /** As it was rendered; device pixels. */
  readonly raster: Raster;
  readonly texts: RenderedPage['blocks'];
}

/** The two of one scale in equal parts: words alone are blind to boxes and pictures, pixels alone to words. */
export const worth = ({ d2c4, ssim }: Rating): number => (d2c4 + ssim) / 2;

/** @throws PixelwrightError `cancelled`, and as `scorePage`. */
export async function rate(
  candidates: readonly Candidate[],
  reference: ScoreReference,
  browser: Browser,
  context: RunContext,
): Promise<RatedCandidate[]> {
  const { scoreAndRender } = await import('../../score/score.ts');
  const rated: RatedCandidate[] = [];
  for (const [index, candidate] of candidates.entries()) {
    const count = candidates.length === 1 ? '' : `, ${index + 1} of ${candidates.length}`;
    context.progress({ stage: 'score', message: `comparing ${candidate.name} with the picture${count}` });
    const { score, rendered } = await inFolder(candidate.page, async (page) => {
      // Nobody is told the lift or the overflow here, so neither is rendered for.
      const options = { browser, list: 0, overflowWidths: [] };
      const quiet = { ...context, progress: () => {} };
      return await scoreAndRender(reference, page, quiet, options);
    });
    const { raster, blocks: texts } = rendered;
    rated.push({ candidate, rating: { d2c4: score.d2c4, ssim: score.ssim }, raster, texts });
  }
  return rated;
}
