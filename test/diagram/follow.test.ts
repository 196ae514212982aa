/** Lines go along with their nodes: those along an axis stay along it, and short legs before an end are left out. */
import { expect, it } from 'vitest';
import { followed } from '../../shared/compose/diagram/tidy/follow.ts';
import type { GraphEdge, GraphNode } from '../../shared/diagram-graph.ts';

const node = (id: string, x: number, y: number, height: number): GraphNode => ({
  id,
  label: id,
  shape: 'table',
  box: { x, y, width: 100, height },
});
const nodes = (...all: GraphNode[]) => new Map(all.map((one) => [one.id, one]));
const edge: GraphEdge = {
  id: 'e',
  from: 'a',
  to: 'b',
  fromPoint: { x: 100, y: 50 },
  toPoint: { x: 200, y: 50 },
  label: '',
  fromHead: 'none',
  toHead: 'many',
};
const before = nodes(node('a', 0, 0, 80), node('b', 200, 0, 100));

it('a level line stays level when one of its tables grows', () => {
  const after = nodes(node('a', 0, 10, 120), node('b', 200, 0, 100));
  const { fromPoint, toPoint } = followed(edge, before, after);
  expect(fromPoint?.y).toBe(toPoint?.y);
  expect(fromPoint?.y).toBe((10 + 75 + 50) / 2);
});

it('a slanting line keeps its ends, a short leg before an end is no bend', () => {
  const slanting = { ...edge, toPoint: { x: 200, y: 90 } };
  expect(followed(slanting, before, before)).toMatchObject({ fromPoint: { y: 50 }, toPoint: { y: 90 } });
  const kinked = followed(
    { ...edge, toPoint: { x: 200, y: 44 }, waypoints: [{ x: 196, y: 50 }] },
    before,
    before,
  );
  expect(kinked.waypoints).toBeUndefined();
  expect(kinked.toPoint).toEqual({ x: 200, y: 50 });
  const bent = [
    { x: 150, y: 50 },
    { x: 150, y: 90 },
  ];
  expect(
    followed({ ...edge, toPoint: { x: 200, y: 90 }, waypoints: bent }, before, before).waypoints,
  ).toEqual(bent);
});
