/** The lines of a diagram and what stands at their ends, as SVG. */
import type { EdgeHead, GraphEdge, GraphPoint } from '../../../diagram-graph.ts';
import { toHex } from '../../../geometry.ts';
import { element, numberText, type XmlElement } from '../xml.ts';

/** In pixels from the tip backwards along the line, and to its side; a part is a polyline, closed or not. */
interface HeadPart {
  readonly points: readonly (readonly [back: number, side: number])[];
  readonly fill: 'stroke' | 'page' | 'none';
  readonly closed: boolean;
}

const part = (fill: HeadPart['fill'], closed: boolean, ...points: HeadPart['points']): HeadPart => ({
  points,
  fill,
  closed,
});
const diamondPoints = [
  [0, 0],
  [8, 5],
  [16, 0],
  [8, -5],
] as const;
const foot = part('none', false, [0, 6], [10, 0], [0, -6]);
const barAt = (back: number): HeadPart => part('none', false, [back, 6], [back, -6]);

/** Dots are drawn as circles: [middle, radius]. */
const dots: Readonly<
  Partial<Record<EdgeHead, readonly [back: number, radius: number, fill: 'stroke' | 'page']>>
> = {
  circle: [4, 4, 'page'],
  'circle-filled': [4, 4, 'stroke'],
  'zero-or-one': [14, 4, 'page'],
  'zero-or-many': [14, 4, 'page'],
};

const parts: Readonly<Partial<Record<EdgeHead, readonly HeadPart[]>>> = {
  arrow: [part('stroke', true, [0, 0], [10, 4], [8, 0], [10, -4])],
  open: [part('none', false, [10, 5], [0, 0], [10, -5])],
  triangle: [part('page', true, [0, 0], [13, 7], [13, -7])],
  diamond: [part('page', true, ...diamondPoints)],
  'diamond-filled': [part('stroke', true, ...diamondPoints)],
  cross: [part('none', false, [2, 5], [12, -5]), part('none', false, [2, -5], [12, 5])],
  one: [barAt(6)],
  many: [foot],
  'zero-or-one': [barAt(6)],
  'one-or-many': [foot, barAt(12)],
  'zero-or-many': [foot],
};

/** An edge without its words. @param page colour of what lies behind, `#rrggbb`. */
export function lineOf(edge: GraphEdge, route: readonly GraphPoint[], page: string): XmlElement[] {
  const stroke = edge.stroke === undefined ? '#000000' : toHex(edge.stroke);
  const style = { stroke, 'stroke-width': edge.strokeWidth, fill: 'none' };
  const dash = edge.dashed === true ? { 'stroke-dasharray': '6 4' } : {};
  const ends = [
    ...headOf(edge.fromHead, route, style, page),
    ...headOf(edge.toHead, route.toReversed(), style, page),
  ];
  const d = edge.line === 'curved' ? curve(route) : polyline(route, false);
  return [element('path', { d, 'stroke-linejoin': 'round', ...style, ...dash }), ...ends];
}

const pair = ({ x, y }: GraphPoint): string => `${numberText(x)} ${numberText(y)}`;

const polyline = (points: readonly GraphPoint[], closed: boolean): string =>
  `M ${points.map(pair).join(' L ')}${closed ? ' Z' : ''}`;

/** Through the middles between the bends, which are its control points, as draw.io curves them. */
function curve(points: readonly GraphPoint[]): string {
  const [first, ...rest] = points;
  const last = rest.pop();
  if (first === undefined || last === undefined || rest.length === 0) return polyline(points, false);
  const pieces = rest.map((control, index) => {
    const next = rest[index + 1];
    const end = next === undefined ? last : { x: (control.x + next.x) / 2, y: (control.y + next.y) / 2 };
    return `Q ${pair(control)} ${pair(end)}`;
  });
  return `M ${pair(first)} ${pieces.join(' ')}`;
}

/** @param route begins at the tip. */
function headOf(
  head: EdgeHead,
  route: readonly GraphPoint[],
  style: XmlElement['attributes'],
  page: string,
): XmlElement[] {
  const [tip, ...rest] = route;
  const next = rest.find((point) => tip !== undefined && (point.x !== tip.x || point.y !== tip.y));
  if (tip === undefined || next === undefined) return [];
  const length = Math.hypot(next.x - tip.x, next.y - tip.y);
  const along = { x: (next.x - tip.x) / length, y: (next.y - tip.y) / length };
  const at = (back: number, side: number): GraphPoint => ({
    x: tip.x + along.x * back - along.y * side,
    y: tip.y + along.y * back + along.x * side,
  });
  const filled = { stroke: style['stroke'], page, none: 'none' };
  const dot = dots[head];
  const { x: cx, y: cy } = at(dot?.[0] ?? 0, 0);
  return [
    ...(parts[head] ?? []).map(({ points, fill, closed }) => {
      const d = polyline(
        points.map(([back, side]) => at(back, side)),
        closed,
      );
      return element('path', { d, ...style, fill: filled[fill] });
    }),
    ...(dot === undefined ? [] : [element('circle', { cx, cy, r: dot[1], ...style, fill: filled[dot[2]] })]),
  ];
}
