/** Where the words of edges stand: where they were, if no shape lies there, else at the freest place of the line. */
import type { GraphEdge, GraphNode, GraphPoint } from '../../../diagram-graph.ts';
import { overlapArea, type Rect } from '../../../geometry.ts';
import { distance, nearestPlace, placeAt, routeOf } from '../route-points.ts';
import { textSize } from '../text-size.ts';
import { containersOf } from './boxes.ts';
import { solidBox } from './obstacles.ts';

/** Shares of the line that are tried. */
const places = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8] as const;

/** How far a label may stand from its line, in pixels. */
const farthest = 40;

export function withLabels(edges: readonly GraphEdge[], nodes: ReadonlyMap<string, GraphNode>): GraphEdge[] {
  const all = [...nodes.values()];
  const containers = containersOf(all);
  const taken = all.filter(({ id }) => !containers.has(id)).map(solidBox);
  return edges.map((edge) => {
    if (edge.label === '') return edge;
    const route = routeOf(edge, nodes);
    const box = (at: GraphPoint): Rect => {
      const { width, height } = textSize(edge.label, edge.fontSize ?? 11);
      return { x: at.x - width / 2, y: at.y - height / 2, width, height };
    };
    const covered = (at: GraphPoint): number =>
      taken.reduce((sum, one) => sum + overlapArea(one, box(at)), 0);
    const drawn = edge.labelAt === undefined ? [] : [near(edge.labelAt, route)];
    const wanted = drawn[0] ?? placeAt(route, 0.5).point;
    const options = [...drawn, ...places.map((share) => placeAt(route, share).point)];
    const best = options
      .map((point) => ({ point, cost: covered(point) + distance(point, wanted) * 0.5 }))
      .toSorted((a, b) => a.cost - b.cost)[0];
    const labelAt = best?.point ?? wanted;
    taken.push(box(labelAt));
    return { ...edge, labelAt };
  });
}

/** No farther from the line than it would be read with it. */
function near(at: GraphPoint, route: readonly GraphPoint[]): GraphPoint {
  const { point } = nearestPlace(route, at);
  const far = distance(point, at);
  if (far <= farthest) return at;
  const by = farthest / far;
  return { x: point.x + (at.x - point.x) * by, y: point.y + (at.y - point.y) * by };
}
