/** The strategy `perceived`, from a picture to a candidate: the model tells what is what, code composes. */
import type { Engine } from '../../engine/engine.ts';
import { PixelwrightError } from '../../errors.ts';
import type { Candidate, Conversion } from './candidate.ts';

/** @throws PixelwrightError of the engine; `output-invalid` where the model perceived nothing. */
export async function perceivedCandidate(_engine: Engine, _conversion: Conversion): Promise<Candidate> {
  throw new PixelwrightError('output-invalid', 'Perceiving is not put together yet.');
}
