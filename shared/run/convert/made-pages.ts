/** The pages that a conversion chose from, kept so that a panel goes on with them and asks no model again. */
import type { ConvertOptions, Measured } from '../convert-result.ts';
import type { Candidate } from './candidate.ts';
import type { Compared } from './choose.ts';

export interface MadePages {
  readonly measured: Measured;
  /** What they were asked for with. */
  readonly options: ConvertOptions;
  /** As they were compared; not empty. */
  readonly compared: readonly Compared[];
  /** One of them. */
  readonly best: Candidate;
  readonly warnings: readonly string[];
}

/** What another page would come of. The target is not among it: candidates are compared as HTML whatever it is. */
const causes = [
  'engine',
  'strategy',
  'samples',
  'fit',
  'maxTokens',
  'seed',
  'browserPath',
  'instructions',
] as const satisfies readonly (keyof ConvertOptions)[];

/** Whether these options would make the same pages of the same picture. */
export const makesTheSame = (one: ConvertOptions, other: ConvertOptions): boolean =>
  causes.every((name) => one[name] === other[name]) && one.read?.straighten === other.read?.straighten;
