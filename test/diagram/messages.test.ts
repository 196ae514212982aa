/** Messages of a sequence are put together from what is seen between two participants each. */
import { expect, it } from 'vitest';
import type { DiagramGraph, GraphEdge, GraphNode } from '../../shared/diagram-graph.ts';
import { bareWords } from '../../shared/facts/diagram/bare-words.ts';
import { withWholeMessages } from '../../shared/facts/diagram/messages.ts';
import type { FoundOutline } from '../../shared/facts/diagram/outline.ts';

const lifeline = (id: string, x: number): GraphNode => ({
  id,
  label: id,
  shape: 'lifeline',
  box: { x: x - 50, y: 20, width: 100, height: 400 },
});

const message = (
  [from, a]: [string, number],
  [to, b]: [string, number],
  y: number,
  more: Partial<GraphEdge> = {},
): GraphEdge => ({
  id: `${from}${to}${y}`,
  from,
  to,
  fromPoint: { x: a, y },
  toPoint: { x: b, y },
  label: '',
  fromHead: 'none',
  toHead: 'none',
  ...more,
});

const graphOf = (edges: GraphEdge[], texts: GraphNode[] = []): DiagramGraph => ({
  kind: 'sequence',
  width: 800,
  height: 500,
  nodes: [lifeline('A', 100), lifeline('B', 300), lifeline('C', 500), ...texts],
  edges,
});

const told = (edges: GraphEdge[]) =>
  withWholeMessages(graphOf(edges)).edges.map(({ from, to, fromHead, toHead, label }) => [
    from,
    to,
    fromHead,
    toHead,
    label,
  ]);

it('a message past a participant is one, in either direction', () => {
  const there = [
    message(['A', 100], ['B', 300], 100),
    message(['B', 300], ['C', 500], 101, { toHead: 'arrow', label: 'open' }),
  ];
  expect(told(there)).toEqual([['A', 'C', 'none', 'arrow', 'open']]);
  const back = [
    message(['B', 300], ['A', 100], 200, { toHead: 'open', dashed: true }),
    message(['C', 500], ['B', 300], 200, { dashed: true }),
  ];
  expect(told(back)).toEqual([['A', 'C', 'open', 'none', '']]);
});

it('messages with heads where they meet, at other heights or of other lines stay two', () => {
  const two = [
    message(['A', 100], ['B', 300], 100, { toHead: 'arrow' }),
    message(['B', 300], ['C', 500], 100, { toHead: 'arrow' }),
  ];
  expect(told(two)).toHaveLength(2);
  expect(told([message(['A', 100], ['B', 300], 100), message(['B', 300], ['C', 500], 120)])).toHaveLength(2);
  const lines = [
    message(['A', 100], ['B', 300], 100),
    message(['B', 300], ['C', 500], 100, { dashed: true }),
  ];
  expect(told(lines)).toHaveLength(2);
});

it('a message to oneself has the words to its right, and no others', () => {
  const loop = message(['B', 300], ['B', 300], 340, {
    fromPoint: { x: 300, y: 320 },
    toPoint: { x: 300, y: 350 },
    waypoints: [
      { x: 340, y: 320 },
      { x: 340, y: 350 },
    ],
  });
  const text = (id: string, x: number, y: number): GraphNode => ({
    id,
    label: id,
    shape: 'text',
    box: { x, y, width: 30, height: 14 },
  });
  const { nodes, edges } = withWholeMessages(graphOf([loop], [text('log', 370, 328), text('far', 370, 250)]));
  expect(edges.map(({ label, labelAt }) => [label, labelAt])).toEqual([['log', { x: 385, y: 335 }]]);
  expect(nodes.filter(({ shape }) => shape === 'text').map(({ id }) => id)).toEqual(['far']);
});

it('words where a message seems to end are its words, and no shape, beside participants', () => {
  const [start, end] = [
    { x: 0, y: 50 },
    { x: 100, y: 50 },
  ];
  const network = {
    knots: [start, end],
    links: [{ points: [start, { x: 50, y: 50 }, end], from: 0, to: 1 }],
    contacts: new Map([[0, { knot: 0, owner: 0, point: start }]]),
  };
  const text = { x: 108, y: 42, width: 60, height: 16 };
  const outline: FoundOutline = {
    shape: 'rectangle',
    box: { x: -100, y: 0, width: 100, height: 100 },
    stroke: 2,
    rules: [],
    tracks: [],
    confidence: 1,
  };
  expect(bareWords(network, [text], [outline], 2)).toHaveLength(1);
  expect(bareWords(network, [text], [{ ...outline, shape: 'lifeline' }], 2)).toEqual([]);
});
