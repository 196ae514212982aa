/**
 * The cheapest orthogonal way between two nodes: A* over the lines beside the obstacles (Wybrow, Marriott, Stuckey:
 * Orthogonal connector routing, 2009), where length, bends, crossings and shared stretches cost.
 */
import type { GraphPoint } from '../../../diagram-graph.ts';
import { bottom, type Rect, right } from '../../../geometry.ts';
import { expanded } from './boxes.ts';
import { directions, type Port, type Side } from './ports.ts';
import { createQueue } from './queue.ts';

/** Costs in pixels of length. */
const bendCost = 40;
const crossingCost = 15;
const sharedCost = 60;

export interface Piece {
  readonly a: GraphPoint;
  readonly b: GraphPoint;
}

export interface SearchTask {
  readonly from: readonly Port[];
  readonly to: readonly Port[];
  /** Not to be entered; those of the ends are among them. */
  readonly obstacles: readonly Rect[];
  /** Pixels that a line keeps from them. */
  readonly clearance: number;
  /** Lines that are there already. */
  readonly taken: readonly Piece[];
}

interface State {
  readonly column: number;
  readonly row: number;
  readonly side: Side;
  readonly cost: number;
  readonly before: State | undefined;
  readonly port: Port;
}

const sides = ['left', 'right', 'top', 'bottom'] as const;
const opposite: Readonly<Record<Side, Side>> = { left: 'right', right: 'left', top: 'bottom', bottom: 'top' };

/** @returns the way from port to port with its bends, or undefined where there is none. */
export function searchRoute(task: SearchTask): readonly GraphPoint[] | undefined {
  const { from, to, obstacles, clearance, taken } = task;
  const stub = clearance + 2;
  const blocked = obstacles.map((box) => expanded(box, clearance));
  const starts = from.map((port) => ({ port, point: stepOut(port, stub) }));
  const goals = to.map((port) => ({ port, point: stepOut(port, stub) }));
  const points = [...starts, ...goals].map(({ point }) => point);
  const xs = lines([
    ...points.map(({ x }) => x),
    ...obstacles.flatMap((box) => [box.x - stub, right(box) + stub]),
  ]);
  const ys = lines([
    ...points.map(({ y }) => y),
    ...obstacles.flatMap((box) => [box.y - stub, bottom(box) + stub]),
  ]);
  const at = (column: number, row: number): GraphPoint => ({ x: xs[column] ?? 0, y: ys[row] ?? 0 });
  const key = (column: number, row: number, side: Side): number =>
    (row * xs.length + column) * 4 + sides.indexOf(side);
  const inside = ({ x, y }: GraphPoint): boolean =>
    blocked.some((box) => x > box.x && x < right(box) && y > box.y && y < bottom(box));
  const ends = new Map(
    goals
      .filter(({ point }) => !inside(point))
      .map((goal) => [
        key(xs.indexOf(goal.point.x), ys.indexOf(goal.point.y), opposite[goal.port.side]),
        goal.port,
      ]),
  );
  const left = ({ x, y }: GraphPoint): number =>
    Math.min(...goals.map(({ point, port }) => Math.abs(point.x - x) + Math.abs(point.y - y) + port.cost));
  const queue = createQueue<State>();
  const best = new Map<number, number>();
  const offer = (state: State): void => {
    const name = key(state.column, state.row, state.side);
    if ((best.get(name) ?? Number.POSITIVE_INFINITY) <= state.cost) return;
    best.set(name, state.cost);
    queue.add(state, state.cost + left(at(state.column, state.row)));
  };
  for (const { port, point } of starts) {
    if (inside(point)) continue;
    const [column, row] = [xs.indexOf(point.x), ys.indexOf(point.y)];
    offer({ column, row, side: port.side, cost: port.cost, before: undefined, port });
  }
  let found: { readonly state: State; readonly port: Port; readonly cost: number } | undefined;
  for (let state = queue.next(); state !== undefined; state = queue.next()) {
    // What comes later in the queue costs more still.
    if (found !== undefined && state.cost + left(at(state.column, state.row)) >= found.cost) break;
    if (state.cost > (best.get(key(state.column, state.row, state.side)) ?? 0)) continue;
    const here = at(state.column, state.row);
    for (const side of sides) {
      const port = ends.get(key(state.column, state.row, side));
      if (port === undefined || side === opposite[state.side]) continue;
      const cost = state.cost + port.cost + (side === state.side ? 0 : bendCost);
      if (cost < (found?.cost ?? Number.POSITIVE_INFINITY)) found = { state, port, cost };
    }
    for (const side of sides) {
      if (side === opposite[state.side]) continue;
      const column = state.column + directions[side].x;
      const row = state.row + directions[side].y;
      if (column < 0 || row < 0 || column >= xs.length || row >= ys.length) continue;
      const there = at(column, row);
      if (blocked.some((box) => enters(here, there, box))) continue;
      const length = Math.abs(there.x - here.x) + Math.abs(there.y - here.y);
      const bend = side === state.side ? 0 : bendCost;
      const cost = state.cost + length + bend + meetingCost({ a: here, b: there }, taken);
      offer({ column, row, side, cost, before: state, port: state.port });
    }
  }
  return found === undefined ? undefined : wayTo(found.state, found.port, at);
}

const stepOut = ({ point, side }: Port, by: number): GraphPoint => ({
  x: point.x + directions[side].x * by,
  y: point.y + directions[side].y * by,
});

/** For pieces along an axis. */
const enters = (a: GraphPoint, b: GraphPoint, box: Rect): boolean =>
  Math.max(a.x, b.x) > box.x &&
  Math.min(a.x, b.x) < right(box) &&
  Math.max(a.y, b.y) > box.y &&
  Math.min(a.y, b.y) < bottom(box);

const lines = (values: readonly number[]): number[] => [...new Set(values)].toSorted((a, b) => a - b);

/** What it costs to meet lines that are there: to cross one, or to lie upon it. */
function meetingCost(piece: Piece, taken: readonly Piece[]): number {
  const upright = piece.a.x === piece.b.x;
  let cost = 0;
  for (const other of taken) {
    const otherUpright = other.a.x === other.b.x;
    if (upright === otherUpright) cost += overlapping(piece, other, upright) ? sharedCost : 0;
    else if (crossing(piece, other)) cost += crossingCost;
  }
  return cost;
}

const between = (value: number, a: number, b: number): boolean =>
  value >= Math.min(a, b) && value < Math.max(a, b);

const crossing = (p: Piece, q: Piece): boolean =>
  p.a.x === p.b.x
    ? between(p.a.x, q.a.x, q.b.x) && between(q.a.y, p.a.y, p.b.y)
    : between(p.a.y, q.a.y, q.b.y) && between(q.a.x, p.a.x, p.b.x);

function overlapping(p: Piece, q: Piece, upright: boolean): boolean {
  const [along, beside] = upright ? (['y', 'x'] as const) : (['x', 'y'] as const);
  if (Math.abs(p.a[beside] - q.a[beside]) > 4) return false;
  const start = Math.max(Math.min(p.a[along], p.b[along]), Math.min(q.a[along], q.b[along]));
  return start < Math.min(Math.max(p.a[along], p.b[along]), Math.max(q.a[along], q.b[along]));
}

function wayTo(state: State, port: Port, at: (column: number, row: number) => GraphPoint): GraphPoint[] {
  const points = [port.point];
  for (let one: State | undefined = state; one !== undefined; one = one.before)
    points.push(at(one.column, one.row));
  return withoutStraights([state.port.point, ...points.toReversed()]);
}

/** Without points on straight pieces. */
export function withoutStraights(points: readonly GraphPoint[]): GraphPoint[] {
  const kept: GraphPoint[] = [];
  for (const point of points) {
    const [a, b] = kept.slice(-2);
    if (b === undefined ? a?.x === point.x && a.y === point.y : b.x === point.x && b.y === point.y) continue;
    const straight =
      a !== undefined &&
      b !== undefined &&
      ((a.x === b.x && b.x === point.x) || (a.y === b.y && b.y === point.y));
    if (straight) kept.pop();
    kept.push(point);
  }
  return kept;
}

/** Whether a way goes only up, down, left and right. */
export const isOrthogonal = (route: readonly GraphPoint[]): boolean =>
  route.slice(1).every((point, index) => {
    const before = route[index] ?? point;
    return point.x === before.x || point.y === before.y;
  });

export const piecesOf = (route: readonly GraphPoint[]): Piece[] =>
  route.slice(1).map((b, index) => ({ a: route[index] ?? b, b }));
