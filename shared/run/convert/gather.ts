/** Every page that the strategy wants to choose from. */
import type { Engine } from '../../engine/engine.ts';
import type { Candidate, Conversion } from './candidate.ts';
import { directCandidates, isPageless } from './direct.ts';
import { perceivedCandidate } from './perceived.ts';

export interface Gathered {
  readonly candidates: readonly Candidate[];
  readonly warnings: readonly string[];
}

/** @throws PixelwrightError of the engine; what one strategy could not make is a warning where `auto` has others. */
export async function gather(draft: Candidate, engine: Engine, conversion: Conversion): Promise<Gathered> {
  const { strategy, samples, fit } = conversion.options;
  if (strategy === 'perceived') {
    const perceived = await perceivedCandidate(engine, conversion);
    // The measured page tells where the perceived one can be mended.
    return { candidates: fit === 'never' ? [perceived] : [draft, perceived], warnings: [] };
  }
  if (strategy === 'direct')
    return {
      candidates: await directCandidates(draft, engine, Math.max(1, samples ?? 1), conversion),
      warnings: [],
    };
  const perceived = await orWarning('perceive the page', async () => [
    await perceivedCandidate(engine, conversion),
  ]);
  const written =
    samples === undefined || samples === 0
      ? { candidates: [], warnings: [] }
      : await orWarning('write the page', () => directCandidates(draft, engine, samples, conversion));
  return {
    candidates: [draft, ...perceived.candidates, ...written.candidates],
    warnings: [...perceived.warnings, ...written.warnings],
  };
}

/** Whoever leaves the choice to us is better served by the other candidates than by nothing. */
async function orWarning(task: string, make: () => Promise<Candidate[]>): Promise<Gathered> {
  try {
    return { candidates: await make(), warnings: [] };
  } catch (error) {
    if (!isPageless(error)) throw error;
    return { candidates: [], warnings: [`The model could not ${task}. ${error.message}`] };
  }
}
