/** Tidying: nothing overlaps, no line runs through a shape, and what was in rows stands in rows. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tidyGraph } from '../../shared/compose/diagram/tidy/index.ts';
import { crossingsIn, overlapsIn } from '../../shared/compose/diagram/tidy/obstacles.ts';
import { faultsOf } from '../../shared/diagram-check.ts';
import type { DiagramGraph, GraphEdge, GraphNode, GraphPoint } from '../../shared/diagram-graph.ts';
import { bottom, right } from '../../shared/geometry.ts';
import type { DiagramLayout } from '../../shared/tasks/image-to-diagram.ts';
import { randomGraph } from './random-graph.ts';

const tidy = async (graph: DiagramGraph, layout: DiagramLayout = 'keep'): Promise<DiagramGraph> =>
  (await tidyGraph(graph, { layout, signal: new AbortController().signal })).graph;

const node = (
  id: string,
  x: number,
  y: number,
  width = 120,
  height = 60,
  more: Partial<GraphNode> = {},
): GraphNode => ({
  id,
  label: id,
  shape: 'rectangle',
  box: { x, y, width, height },
  fontSize: 12,
  ...more,
});

const edge = (from: string, to: string, more: Partial<GraphEdge> = {}): GraphEdge => ({
  id: `${from}-${to}`,
  from,
  to,
  label: '',
  fromHead: 'none',
  toHead: 'arrow',
  ...more,
});

const graphOf = (nodes: GraphNode[], edges: GraphEdge[] = []): DiagramGraph => ({
  kind: 'flowchart',
  width: 1000,
  height: 800,
  nodes,
  edges,
});

const boxOf = (graph: DiagramGraph, id: string) => {
  const found = graph.nodes.find((one) => one.id === id);
  if (found === undefined) throw new Error(`There is no ${id}.`);
  return found.box;
};

describe('tidying', () => {
  it('leaves no overlap and every child in its parent, whatever comes', async () => {
    await fc.assert(
      fc.asyncProperty(randomGraph, async (random) => {
        // The parts of a screen lie upon each other by design.
        const graph = random.kind === 'wireframe' ? { ...random, kind: 'other' as const } : random;
        const neat = await tidy(graph);
        expect(faultsOf(neat)).toEqual([]);
        expect(overlapsIn(neat)).toEqual([]);
        expect(neat.nodes.map(({ id }) => id).toSorted()).toEqual(graph.nodes.map(({ id }) => id).toSorted());
        for (const { parent, box } of neat.nodes) {
          if (parent === undefined) continue;
          const around = boxOf(neat, parent);
          expect(box.x >= around.x && box.y >= around.y).toBe(true);
          expect(right(box) <= right(around) && bottom(box) <= bottom(around)).toBe(true);
        }
      }),
      { numRuns: 150, seed: 21 },
    );
  });

  it('routes lines around shapes wherever they stand apart', async () => {
    // Shapes in the cells of a grid with random places and sizes, joined at random.
    const cell = fc.record({
      x: fc.integer({ min: 0, max: 60 }),
      y: fc.integer({ min: 0, max: 60 }),
      width: fc.integer({ min: 40, max: 120 }),
      height: fc.integer({ min: 30, max: 90 }),
      shape: fc.constantFrom('rectangle', 'diamond', 'ellipse', 'cylinder', 'text'),
    });
    const scattered = fc
      .tuple(
        fc.array(cell, { minLength: 4, maxLength: 16 }),
        fc.array(fc.tuple(fc.nat(15), fc.nat(15), fc.constantFrom('straight', 'orthogonal', undefined)), {
          maxLength: 14,
        }),
      )
      .map(([cells, ends]) =>
        graphOf(
          cells.map(({ x, y, width, height, shape }, index) =>
            node(`n${index}`, (index % 4) * 210 + x, Math.floor(index / 4) * 180 + y, width, height, {
              shape,
            }),
          ),
          ends.map(([a, b, line], index) => ({
            ...edge(`n${a % cells.length}`, `n${b % cells.length}`, line === undefined ? {} : { line }),
            id: `e${index}`,
          })),
        ),
      );
    await fc.assert(
      fc.asyncProperty(scattered, async (graph) => {
        const neat = await tidy(graph);
        expect(crossingsIn(neat)).toEqual([]);
      }),
      { numRuns: 60, seed: 4 },
    );
  });

  it('makes rows, columns and sizes of what is nearly so, on the grid', async () => {
    const neat = await tidy(
      graphOf([node('a', 103, 98, 118, 61), node('b', 301, 104, 124, 58), node('c', 99, 254, 121, 57)]),
    );
    const [a, b, c] = ['a', 'b', 'c'].map((id) => boxOf(neat, id));
    expect(a?.y).toBe(b?.y);
    expect(a?.x).toBe(c?.x);
    expect([a, b, c].map((box) => [box?.width, box?.height])).toEqual([
      [120, 60],
      [120, 60],
      [120, 60],
    ]);
    for (const { box } of neat.nodes) expect([box.x % 10, box.y % 10]).toEqual([0, 0]);
  });

  it('keeps the way a line was drawn, made straight', async () => {
    const drawn: { fromPoint: GraphPoint; toPoint: GraphPoint; waypoints: GraphPoint[] } = {
      fromPoint: { x: 221, y: 133 },
      waypoints: [
        { x: 291, y: 128 },
        { x: 286, y: 331 },
      ],
      toPoint: { x: 218, y: 327 },
    };
    const neat = await tidy(graphOf([node('a', 100, 100), node('b', 100, 300)], [edge('a', 'b', drawn)]));
    expect(neat.edges[0]).toMatchObject({
      fromPoint: { x: 220, y: 130 },
      waypoints: [
        { x: 290, y: 130 },
        { x: 290, y: 330 },
      ],
      toPoint: { x: 220, y: 330 },
    });
  });

  it('lets arrows point forwards', async () => {
    const back = edge('a', 'b', {
      fromHead: 'arrow',
      toHead: 'none',
      fromLabel: '1',
      waypoints: [
        { x: 160, y: 200 },
        { x: 160, y: 250 },
      ],
    });
    const neat = await tidy(graphOf([node('a', 100, 100), node('b', 100, 300)], [back]));
    expect(neat.edges[0]).toMatchObject({
      from: 'b',
      to: 'a',
      fromHead: 'none',
      toHead: 'arrow',
      toLabel: '1',
    });
  });

  it('brings a photo’s size to that of an editor', async () => {
    const large = { fontSize: 52 };
    const neat = await tidy(
      graphOf([node('a', 400, 400, 480, 240, large), node('b', 1200, 410, 470, 236, large)]),
    );
    expect(neat.nodes.map(({ fontSize, box }) => [fontSize, box.width, box.height])).toEqual([
      [13, 120, 60],
      [13, 120, 60],
    ]);
  });

  it('grows a lane around what was pushed out of it, and its neighbours with it', async () => {
    const lane = (id: string, y: number) =>
      node(id, 0, y, 600, 150, { shape: 'swimlane', header: { side: 'left', size: 30 } });
    const neat = await tidy(
      graphOf([
        lane('one', 0),
        lane('two', 152),
        node('a', 60, 20, 120, 60, { parent: 'one' }),
        node('b', 70, 60, 120, 60, { parent: 'one' }),
        node('c', 520, 180, 160, 60, { parent: 'two' }),
      ]),
    );
    expect(overlapsIn(neat)).toEqual([]);
    expect(right(boxOf(neat, 'one'))).toBe(right(boxOf(neat, 'two')));
    expect(bottom(boxOf(neat, 'one'))).toBeLessThanOrEqual(boxOf(neat, 'two').y);
  });

  it('lays out afresh on request, containers and all', async () => {
    const nodes = [
      node('a', 0, 0),
      node('b', 5, 5),
      node('c', 9, 9),
      node('d', 0, 0, 300, 200),
      node('e', 1, 1, 120, 60, { parent: 'd' }),
    ];
    const neat = await tidy(
      graphOf(nodes, [edge('a', 'b'), edge('b', 'c', { label: 'yes' }), edge('b', 'e'), edge('c', 'a')]),
      'auto',
    );
    expect(overlapsIn(neat)).toEqual([]);
    expect(crossingsIn(neat)).toEqual([]);
    expect(neat.edges).toHaveLength(4);
  });

  it('lays out a loop anew from where it began', async () => {
    const names = ['start', 'read', 'check', 'ship'];
    const nodes = names.map((name, index) => node(name, 300, 40 + 120 * index));
    const edges = [edge('ship', 'read'), edge('check', 'ship'), edge('read', 'check'), edge('start', 'read')];
    const laid = await tidy(graphOf(nodes, edges), 'auto');
    const heights = names.map((name) => boxOf(laid, name).y);
    expect(heights).toEqual(heights.toSorted((a, b) => a - b));
  });
});
