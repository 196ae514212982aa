/** Facts of diagrams: what can be measured of boxes, arrows and words without a model, and the graph drafted from it. */
import type { RunContext } from '../../context.ts';
import type { SourcePicture } from '../../image/picture.ts';
import { inWorker } from '../measure-picture.ts';
import type { DiagramFacts } from './diagram-facts.ts';

export type { DiagramFacts, DiagramText, MeasuredConnector, MeasuredOutline } from './diagram-facts.ts';
export { draftGraph } from './draft.ts';

/**
 * Measures a diagram in a worker thread. Photos are straightened before, by `straightenPhoto`.
 * @returns the facts in pixels of the picture; see `DiagramFacts`.
 * @throws PixelwrightError `cancelled` as soon as the signal fires; the worker is ended before this returns.
 */
export function measureDiagram(picture: SourcePicture, context: RunContext): Promise<DiagramFacts> {
  return inWorker('diagram', { raster: picture.raster }, context);
}
