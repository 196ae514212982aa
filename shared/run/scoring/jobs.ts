/** What can be asked of the scoring worker, with what is answered: all that a browser is needed for. */
import type { RunContext } from '../../context.ts';
import { type CompareImagesOptions, compareImages, type ImageComparison } from '../compare-images.ts';
import { type ComparePageOptions, comparePage } from '../compare-page.ts';
import type { Candidate, Conversion } from '../convert/candidate.ts';
import { type Choice, chooseBest } from '../convert/choose.ts';
import { type RenderVerdict, renderFault } from '../edit/render-fault.ts';
import { localComposer } from './local-composer.ts';

/** What of a conversion goes over the thread's border: data, and no functions. */
export type ScoredConversion = Pick<Conversion, 'measured'> & {
  readonly options: Omit<Conversion['options'], 'engine' | 'onDraft' | 'onText' | 'onMade'>;
};

export interface ScoringJobs {
  readonly choose: {
    readonly input: ScoredConversion & {
      readonly candidates: readonly Candidate[];
      readonly rateAlone: boolean;
    };
    readonly output: Choice;
  };
  readonly fault: {
    readonly input: {
      readonly before: Parameters<typeof renderFault>[0];
      readonly after: Parameters<typeof renderFault>[1];
      readonly options: Parameters<typeof renderFault>[2];
    };
    readonly output: RenderVerdict;
  };
  readonly images: {
    readonly input: {
      readonly expected: Parameters<typeof compareImages>[0];
      readonly actual: Parameters<typeof compareImages>[1];
      readonly options: CompareImagesOptions;
    };
    readonly output: ImageComparison;
  };
  readonly page: {
    readonly input: {
      readonly expected: Parameters<typeof comparePage>[0];
      readonly page: Parameters<typeof comparePage>[1];
      readonly options: ComparePageOptions;
    };
    readonly output: ImageComparison;
  };
}

export type ScoringJob = keyof ScoringJobs;

type Doers = {
  readonly [Job in ScoringJob]: (
    input: ScoringJobs[Job]['input'],
    context: RunContext,
  ) => Promise<ScoringJobs[Job]['output']>;
};

export const doers: Doers = {
  choose: async ({ candidates, rateAlone, ...conversion }, context) =>
    await chooseBest(candidates, { ...conversion, composer: localComposer, context }, rateAlone),
  fault: async ({ before, after, options }, context) => await renderFault(before, after, options, context),
  images: async ({ expected, actual, options }, context) =>
    await compareImages(expected, actual, options, context),
  page: async ({ expected, page, options }, context) => await comparePage(expected, page, options, context),
};
