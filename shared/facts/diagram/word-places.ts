/** Tells how words stand in their shape: at which side, at the top or the bottom, in bold. */
import type { GraphNode } from '../../diagram-graph.ts';
import { unionOf } from '../../geometry.ts';
import type { DiagramText, MeasuredOutline } from './diagram-facts.ts';

/** Shapes whose words stand in a place of their own, or have slanted sides. */
const fixed: readonly MeasuredOutline['shape'][] = [
  ...(['swimlane', 'table', 'class', 'lifeline', 'actor', 'start', 'end', 'image'] as const),
  ...(['text', 'diamond', 'cylinder', 'cloud', 'triangle', 'parallelogram', 'hexagon'] as const),
];

/** Room on one side per room on the other, below which words stand at that side. */
const mostShare = 0.45;

/** @param contains other shapes stand in it, so that its words are a title. */
export function placeOfWords(
  { shape, box }: Pick<MeasuredOutline, 'shape' | 'box'>,
  texts: readonly DiagramText[],
  contains: boolean,
): Pick<GraphNode, 'align' | 'verticalAlign'> {
  if (texts.length === 0 || fixed.includes(shape)) return {};
  const words = unionOf(texts.map((text) => text.box));
  if (words.y >= box.y + box.height - 2) return { verticalAlign: 'below' };
  const [before, after] = [words.x - box.x, box.x + box.width - words.x - words.width];
  const [above, below] = [words.y - box.y, box.y + box.height - words.y - words.height];
  const em = Math.max(...texts.map(({ fontSize }) => fontSize));
  // Half an em is what reading a box's ink may be wrong by, to either side.
  const isAt = (near: number, far: number): boolean => near < mostShare * far && far - near > 1.5 * em;
  const align = isAt(before, after) ? 'left' : isAt(after, before) ? 'right' : undefined;
  const verticalAlign = isAt(above, below) ? 'top' : isAt(below, above) ? 'bottom' : undefined;
  return {
    ...(align === undefined ? {} : { align }),
    // The words of a container are at its top as it is.
    ...(verticalAlign === undefined || (contains && verticalAlign === 'top') ? {} : { verticalAlign }),
  };
}
