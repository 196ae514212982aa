/** Words that fitted into their shape in the picture fit in the file, and those of one size keep one size. */
import { expect, it } from 'vitest';
import { withFittingLetters } from '../../shared/compose/diagram/tidy/letters.ts';
import type { GraphNode } from '../../shared/diagram-graph.ts';

const node = (id: string, label: string, more: Partial<GraphNode> = {}): GraphNode => ({
  id,
  label,
  shape: 'rectangle',
  box: { x: 0, y: 0, width: 120, height: 40 },
  fontSize: 16,
  ...more,
});

const sizes = (...nodes: GraphNode[]) => withFittingLetters(nodes).map(({ fontSize }) => fontSize);

it('makes all letters of one size as much smaller as the tightest shape wants', () => {
  expect(sizes(node('a', 'Paid'), node('b', 'Collect feedback'))).toEqual([13, 13]);
  expect(sizes(node('a', 'Paid'), node('b', 'Refund'))).toEqual([16, 16]);
  expect(sizes(node('a', 'Paid', { fontSize: 18 }), node('b', 'Collect feedback'))).toEqual([18, 13]);
});

it('leaves the others alone where words cannot have been written in their shape', () => {
  expect(sizes(node('a', 'Paid'), node('b', 'Words of which most stood somewhere else'))).toEqual([16, 12]);
  expect(sizes(node('a', 'A text beside all shapes', { shape: 'text' }))).toEqual([16]);
});

it('looks at the cells of classes and tables', () => {
  const rows = [{ cells: ['+ area(): number'] }];
  expect(
    sizes(node('a', 'Circle', { shape: 'class', rows, box: { x: 0, y: 0, width: 120, height: 80 } })),
  ).toEqual([12]);
  const cells = [{ cells: ['PK', 'customer_number'] }];
  const box = { x: 0, y: 0, width: 150, height: 80 };
  expect(sizes(node('a', 'Order', { shape: 'table', rows: cells, tracks: [0, 30, 150], box }))).toEqual([12]);
});
