/** One node of two: words and meaning from the model, place and colours from the pixels. */
import type { GraphNode, GraphRow, NodeShape } from '../../../diagram-graph.ts';
import { area, overlapArea } from '../../../geometry.ts';
import { likeness } from './match.ts';

/** Shapes that pixels tell apart by their outline. */
const outlines: readonly NodeShape[] = [
  'rectangle',
  'rounded',
  'ellipse',
  'diamond',
  'parallelogram',
  'trapezoid',
  'triangle',
  'hexagon',
];

/** An outline that was traced counts; what only its meaning tells apart is the model's, and a plain word is no kind. */
export function shapeOf(measured: NodeShape, perceived: NodeShape): NodeShape {
  if (measured === 'text' || outlines.includes(measured)) {
    const plainWord = perceived === 'text' || outlines.includes(perceived);
    return plainWord && measured !== 'text' ? measured : perceived;
  }
  return perceived === 'text' || outlines.includes(perceived) ? measured : perceived;
}

export function mergedNode(measured: GraphNode, perceived: GraphNode): GraphNode {
  const shape = shapeOf(measured.shape, perceived.shape);
  // Of a shape whose outline was not found, pixels know the letters only.
  const unseen =
    measured.shape === 'text' && shape !== 'text' && area(perceived.box) > 1.5 * area(measured.box);
  const label = perceived.label === '' ? measured.label : perceived.label;
  const rows = mergedRows(measured.rows, perceived.rows, shape);
  const { rows: _, ...rest } = measured;
  return {
    ...rest,
    shape,
    label,
    ...(rows === undefined ? {} : { rows }),
    ...(unseen ? { box: perceived.box } : {}),
    ...(unseen && perceived.stroke !== undefined ? { stroke: perceived.stroke } : {}),
  };
}

/** Places of the rows from the pixels, words from the model, where they agree on how many there are. */
function mergedRows(
  measured: readonly GraphRow[] | undefined,
  perceived: readonly GraphRow[] | undefined,
  shape: NodeShape,
): GraphRow[] | undefined {
  if (shape !== 'table' && shape !== 'class') return undefined;
  if (measured === undefined || measured.length === 0) return perceived?.map((row) => row);
  if (perceived === undefined || perceived.length !== measured.length) return measured.map((row) => row);
  return measured.map((row, index) => {
    const words = perceived[index]?.cells.join(' ') ?? '';
    return { ...row, cells: row.cells.length === 1 ? [words] : intoCells(words, row.cells) };
  });
}

/** The words of a row shared out to its cells, after the measured words of each. */
function intoCells(words: string, cells: readonly string[]): string[] {
  const all = words.split(/[\s|]+/).filter((word) => word !== '');
  const counts = cells.map((cell) => cell.split(/\s+/).filter((word) => word !== '').length);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total !== all.length) return [...cells];
  let at = 0;
  return counts.map((count) => {
    const own = all.slice(at, at + count).join(' ');
    at += count;
    return own;
  });
}

/**
 * Measured nodes that the model did not name and that stay: shapes, and words that stand nowhere else. A loop of ink
 * without words and lines is a letter or dirt.
 */
export function worthKeeping(
  node: GraphNode,
  linked: ReadonlySet<string>,
  named: readonly GraphNode[],
  told: readonly string[],
): boolean {
  if (node.shape === 'text') {
    const inside = named.some(({ box }) => overlapArea(box, node.box) > 0.7 * area(node.box));
    return !inside && node.label !== '' && !told.some((words) => likeness(words, node.label) > 0.7);
  }
  return (
    node.label !== '' || linked.has(node.id) || (node.rows ?? []).length > 0 || node.shape === 'swimlane'
  );
}
