/** The strategy `perceived`, from a picture to a candidate: the model tells what is what, code composes. */

import { needsMeasuring, planMerge } from '../../compose/perceived/match.ts';
import { applyMerge } from '../../compose/perceived/match-apply.ts';
import type { Engine } from '../../engine/engine.ts';
import { measureGivenIn } from '../../facts/index.ts';
import { perceive } from '../perceive.ts';
import { type Candidate, type Conversion, treeCandidate } from './candidate.ts';

/** @throws PixelwrightError of the engine; `output-invalid` where the model perceived nothing. */
export async function perceivedCandidate(engine: Engine, conversion: Conversion): Promise<Candidate> {
  const { measured, composer, options, context } = conversion;
  const { maxTokens, seed } = options;
  const perceived = await perceive(measured, { engine, maxTokens, seed }, context);
  context.progress({ stage: 'measure', message: 'measuring what the model pointed at' });
  const plan = planMerge(measured.facts, perceived.perception);
  const given = needsMeasuring(plan)
    ? await measureGivenIn(measured.picture, measured.facts, plan.given, context)
    : undefined;
  const { facts, perception } = applyMerge(plan, given);
  const page = await composer.perceived(facts, perception, context.signal);
  const { warnings, truncated, repetition, usage } = perceived;
  return await treeCandidate('perceived', page, facts, conversion, {
    warnings,
    truncated,
    repetition,
    ...(usage === undefined ? {} : { usage }),
  });
}
