/** The first page of a picture, which needs no model, and what every later one is made with. */
import type { RunContext } from '../../context.ts';
import { measurePicture } from '../../facts/index.ts';
import type { SourcePicture } from '../../image/index.ts';
import type { Composer } from '../composer.ts';
import type { ConvertOptions } from '../convert-result.ts';
import { type Candidate, type Conversion, treeCandidate } from './candidate.ts';

export interface Draft {
  readonly conversion: Conversion;
  readonly draft: Candidate;
}

/** @throws PixelwrightError of the facts stage, `cancelled`. */
export async function measuredDraft(
  picture: SourcePicture,
  composer: Composer,
  options: ConvertOptions,
  context: RunContext,
): Promise<Draft> {
  const facts = await measurePicture(picture, context);
  const conversion: Conversion = { measured: { picture, facts }, composer, options, context };
  const plan = await composer.measured(facts, context.signal);
  return { conversion, draft: await treeCandidate('measured', plan, facts, conversion) };
}
