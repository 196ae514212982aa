/** Renders candidates and compares each with the picture. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { RunContext } from '../../context.ts';
import type { Browser } from '../../score/browser.ts';
import type { ScoreReference } from '../../score/reference.ts';
import type { OutputFile } from '../write-output.ts';
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
  const { scorePage } = await import('../../score/score.ts');
  const rated: RatedCandidate[] = [];
  for (const [index, candidate] of candidates.entries()) {
    const message = `comparing ${candidate.name} with the picture, ${index + 1} of ${candidates.length}`;
    context.progress({ stage: 'score', message });
    const rating = await inFolder(candidate.page, async (page) => {
      // Nobody is told the lift or the overflow here, so neither is rendered for.
      const options = { browser, list: 0, overflowWidths: [] };
      const quiet = { ...context, progress: () => {} };
      return await scorePage(reference, page, quiet, options);
    });
    rated.push({ candidate, rating: { d2c4: rating.d2c4, ssim: rating.ssim } });
  }
  return rated;
}

/** Hands over the path of the first file; all are removed afterwards. */
async function inFolder<T>(files: readonly OutputFile[], work: (page: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'pixelwright-candidate-'));
  try {
    for (const file of files) {
      const target = path.join(folder, file.path);
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, file.content);
    }
    return await work(path.join(folder, files[0]?.path ?? ''));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
