/** Outlines of shapes as polygons and paths, and where a line from outside meets them. */
import type { GraphPoint, NodeShape } from '../../shared/diagram-graph.ts';
import type { Rect } from '../../shared/geometry.ts';

/** Corners, for shapes that have them; of all others a polygon close to their outline. */
export function polygonOf(shape: NodeShape, box: Rect, radius: number): GraphPoint[] {
  const { x, y, width: w, height: h } = box;
  const at = (fx: number, fy: number): GraphPoint => ({ x: x + fx * w, y: y + fy * h });
  const slant = Math.min(0.25 * w, 0.5 * h) / w;
  if (shape === 'diamond') return [at(0.5, 0), at(1, 0.5), at(0.5, 1), at(0, 0.5)];
  if (shape === 'parallelogram') return [at(slant, 0), at(1, 0), at(1 - slant, 1), at(0, 1)];
  if (shape === 'hexagon')
    return [at(slant, 0), at(1 - slant, 0), at(1, 0.5), at(1 - slant, 1), at(slant, 1), at(0, 0.5)];
  if (shape === 'note') return [at(0, 0), { x: x + w - 14, y }, { x: x + w, y: y + 14 }, at(1, 1), at(0, 1)];
  if (['ellipse', 'start', 'end'].includes(shape))
    return around(64, (a) => at(0.5 + Math.cos(a) / 2, 0.5 + Math.sin(a) / 2));
  if (shape === 'cylinder') {
    const ry = capOf(box);
    const arc = (from: number, cy: number): GraphPoint[] =>
      around(24, (a) => ({
        x: x + w / 2 + (Math.cos(from + a / 2) * w) / 2,
        y: cy + Math.sin(from + a / 2) * ry,
      }));
    return [...arc(Math.PI, y + ry), ...arc(0, y + h - ry)];
  }
  if (shape === 'document')
    return [
      at(0, 0),
      at(1, 0),
      ...Array.from({ length: 25 }, (_, i) =>
        at(1 - i / 24, 0.88 + 0.12 * Math.sin((i / 24) * 2 * Math.PI + Math.PI)),
      ),
    ];
  if (shape === 'cloud')
    return around(180, (a) => {
      const reach = 0.43 + 0.07 * Math.abs(Math.sin(3.5 * a));
      return at(0.5 + Math.cos(a) * reach, 0.5 + Math.sin(a) * reach);
    });
  if (shape === 'rounded') {
    const r = Math.min(radius, w / 2, h / 2);
    const corner = (cx: number, cy: number, from: number): GraphPoint[] =>
      Array.from({ length: 9 }, (_, i) => {
        const a = from + (i / 8) * (Math.PI / 2);
        return { x: cx + r * Math.cos(a), y: cy + r * Math.sin(a) };
      });
    return [
      ...corner(x + w - r, y + r, -Math.PI / 2),
      ...corner(x + w - r, y + h - r, 0),
      ...corner(x + r, y + h - r, Math.PI / 2),
      ...corner(x + r, y + r, Math.PI),
    ];
  }
  return [at(0, 0), at(1, 0), at(1, 1), at(0, 1)];
}

/** Half height of a cylinder's lid. */
export const capOf = ({ width, height }: Rect): number => Math.min(0.14 * height, 0.16 * width);

const around = (count: number, point: (angle: number) => GraphPoint): GraphPoint[] =>
  Array.from({ length: count }, (_, index) => point((index / count) * 2 * Math.PI));

/** Even-odd rule. */
export function isInPolygon(polygon: readonly GraphPoint[], { x, y }: GraphPoint): boolean {
  let inside = false;
  for (const [index, a] of polygon.entries()) {
    const b = polygon[(index + 1) % polygon.length] ?? a;
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

/** The point where the way from `outside` towards `inside` meets the outline; `inside` if it never does. */
export function meet(polygon: readonly GraphPoint[], outside: GraphPoint, inside: GraphPoint): GraphPoint {
  const length = Math.hypot(inside.x - outside.x, inside.y - outside.y);
  for (let step = 0; step <= length; step += 0.5) {
    const share = length === 0 ? 0 : step / length;
    const point = {
      x: outside.x + share * (inside.x - outside.x),
      y: outside.y + share * (inside.y - outside.y),
    };
    if (isInPolygon(polygon, point)) return point;
  }
  return inside;
}
