/** The rules by which a measured draft and a model's graph become one. */
import { describe, expect, it } from 'vitest';
import { mergedGraph } from '../../shared/compose/diagram/merge/index.ts';
import { mergedNode, shapeOf } from '../../shared/compose/diagram/merge/nodes.ts';
import type { DiagramGraph, GraphEdge, GraphNode } from '../../shared/diagram-graph.ts';

const node = (id: string, label: string, x: number, y: number, more: Partial<GraphNode> = {}): GraphNode => ({
  id,
  label,
  shape: 'rectangle',
  box: { x, y, width: 120, height: 60 },
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
const graph = (
  nodes: GraphNode[],
  edges: GraphEdge[] = [],
  kind: DiagramGraph['kind'] = 'other',
): DiagramGraph => ({
  kind,
  width: 800,
  height: 600,
  nodes,
  edges,
});
const red: GraphNode['fill'] = [200, 0, 0];

describe('merging a measured draft with a model’s graph', () => {
  it('takes words and kind from the model, boxes and colours from the pixels', () => {
    const merged = mergedGraph(
      graph([node('n1', 'Sigm in', 100, 100, { fill: red }), node('n2', '', 400, 100)]),
      graph([node('b', 'Done', 404, 97), node('a', 'Sign in', 95, 106)], [], 'flowchart'),
    );
    expect(merged.kind).toBe('flowchart');
    expect(merged.nodes).toEqual([
      node('n1', 'Sign in', 100, 100, { fill: red }),
      node('n2', 'Done', 400, 100),
    ]);
  });

  it('takes pieces of what the model saw as one shape for that shape, and keeps what stands in a container', () => {
    const small = { width: 30, height: 20 };
    const piece = (id: string, x: number, y: number) => node(id, 'at', 0, 0, { box: { x, y, ...small } });
    const merged = mergedGraph(
      graph(
        [piece('p1', 110, 110), piece('p2', 160, 130), piece('free', 400, 300), node('b', 'Log', 400, 100)],
        [edge('p1', 'p2'), edge('p2', 'b', { dashed: true })],
      ),
      graph([node('t', 'users', 100, 100), node('m', 'Log', 402, 99)], [edge('t', 'm')]),
    );
    expect(merged.nodes.map(({ label }) => label)).toEqual(['at', 'Log', 'users']);
    expect(merged.edges).toMatchObject([{ from: 'model-t', to: 'b', dashed: true }]);
    const room = node('room', 'Room', 90, 90, {
      shape: 'rectangle',
      box: { x: 90, y: 90, width: 300, height: 200 },
    });
    const held = mergedGraph(
      graph([node('k', 'Kept', 120, 120)]),
      graph([room, node('i', 'Inner', 250, 200, { parent: 'room' })]),
    );
    expect(held.nodes.map(({ label }) => label)).toContain('Kept');
  });

  it('believes the pixels about plain outlines, and the model about what an outline does not tell', () => {
    expect(shapeOf('diamond', 'rectangle')).toBe('diamond');
    expect(shapeOf('rectangle', 'document')).toBe('document');
    expect(shapeOf('cylinder', 'rectangle')).toBe('cylinder');
    expect(shapeOf('rectangle', 'text')).toBe('rectangle');
    expect(shapeOf('text', 'rectangle')).toBe('rectangle');
  });

  it('takes the model’s box where the pixels know the letters only', () => {
    const letters = node('n', 'Pay', 140, 120, {
      shape: 'text',
      box: { x: 140, y: 120, width: 40, height: 12 },
    });
    expect(mergedNode(letters, node('m', 'Pay', 100, 100)).box).toEqual({
      x: 100,
      y: 100,
      width: 120,
      height: 60,
    });
  });

  it('keeps places of rows and takes their words', () => {
    const rows = (...cells: string[]) => cells.map((cell) => ({ cells: [cell] }));
    const measured = node('n', 'Usr', 0, 0, { shape: 'class', rows: [{ cells: ['+ nane'], height: 20 }] });
    const merged = mergedNode(measured, node('m', 'User', 0, 0, { shape: 'class', rows: rows('+ name') }));
    expect(merged).toMatchObject({ label: 'User', rows: [{ cells: ['+ name'], height: 20 }] });
  });

  it('drops loops of ink and texts that are labels, and keeps shapes that the model forgot', () => {
    const merged = mergedGraph(
      graph([
        node('n1', 'A', 0, 0),
        node('n2', 'B', 300, 0),
        node('loop', '', 200, 300, { box: { x: 200, y: 300, width: 8, height: 8 } }),
        node('word', 'yes', 200, 20, { shape: 'text', box: { x: 200, y: 20, width: 20, height: 10 } }),
        node('title', 'Checkout', 300, 500, { shape: 'text' }),
        node('forgotten', 'C', 300, 300),
      ]),
      graph([node('a', 'A', 0, 0), node('b', 'B', 300, 0)], [edge('a', 'b', { label: 'yes' })]),
    );
    expect(merged.nodes.map(({ id }) => id)).toEqual(['n1', 'n2', 'title', 'forgotten']);
    expect(merged.edges).toMatchObject([{ from: 'n1', to: 'n2', label: 'yes' }]);
  });

  it('adds what only the model saw, but not what lies on something else', () => {
    const merged = mergedGraph(
      graph([node('n1', 'A', 0, 0)]),
      graph(
        [node('a', 'A', 0, 0), node('again', 'zzz', 10, 4), node('new', 'New', 500, 400)],
        [edge('a', 'new')],
      ),
    );
    expect(merged.nodes.map(({ label }) => label)).toEqual(['A', 'New']);
    expect(merged.edges).toHaveLength(1);
  });

  it('keeps the drawn way of a line, whichever way the model tells it', () => {
    const drawn = edge('n1', 'n2', { dashed: true, waypoints: [{ x: 60, y: 200 }], label: 'on' });
    const told = graph(
      [node('a', 'A', 0, 0), node('b', 'B', 300, 300)],
      [edge('b', 'a', { label: 'no' })],
      'state',
    );
    const merged = mergedGraph(graph([node('n1', 'A', 0, 0), node('n2', 'B', 300, 300)], [drawn]), told);
    expect(merged.edges).toEqual([{ ...drawn, label: 'no' }]);
  });

  it('gives a line without heads the arrow that the model saw, where arrows mean something', () => {
    const two = [node('n1', 'A', 0, 0), node('n2', 'B', 300, 300)];
    const bare = edge('n1', 'n2', { toHead: 'none' });
    const told = (kind: DiagramGraph['kind']) =>
      graph([node('a', 'A', 0, 0), node('b', 'B', 300, 300)], [edge('b', 'a')], kind);
    expect(mergedGraph(graph(two, [bare]), told('flowchart')).edges).toMatchObject([
      { from: 'n1', to: 'n2', fromHead: 'arrow', toHead: 'none' },
    ]);
    expect(mergedGraph(graph(two, [bare]), told('er')).edges).toMatchObject([
      { fromHead: 'none', toHead: 'none' },
    ]);
  });

  it('joins a line that ends short of its node', () => {
    const { to: _, ...open } = edge('n1', 'n2', { toPoint: { x: 285, y: 30 }, fromPoint: { x: 120, y: 30 } });
    const merged = mergedGraph(
      graph([node('n1', 'A', 0, 0), node('n2', 'B', 300, 0)], [open]),
      graph([node('a', 'A', 0, 0), node('b', 'B', 300, 0)], [edge('a', 'b')]),
    );
    expect(merged.edges).toMatchObject([{ id: open.id, from: 'n1', to: 'n2' }]);
  });
});
