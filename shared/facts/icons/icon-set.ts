/** The icons that drawings are compared with: Lucide's (ISC licence), strokes on a grid of 24 by 24. */
import { Path2D } from '@napi-rs/canvas';

/** Element of an icon's drawing with its attributes, as SVG has them. */
export type IconNode = readonly [tag: string, attributes: Readonly<Record<string, string>>];

export interface IconShape {
  /** Kebab case: `arrow-right`. */
  readonly name: string;
  readonly nodes: readonly IconNode[];
  /** In units of the grid, to be stroked. */
  readonly path: Path2D;
}

/** Side of the square that the shapes are drawn in. */
export const iconGrid = 24;

/** Loaded when there is an icon to compare: the set takes 0.8 MB. */
export async function loadIconSet(): Promise<readonly IconShape[]> {
  const { default: icons } = await import('lucide-static/icon-nodes.json', { with: { type: 'json' } });
  // The file's type has a member for each of its 1,700 names; all are lists of elements.
  const entries = Object.entries(icons as unknown as Readonly<Record<string, readonly IconNode[]>>);
  return entries
    .filter(([, nodes]) => !isPlainShape(nodes))
    .map(([name, nodes]) => ({ name, nodes, path: pathOf(nodes) }));
}

/** A square, a ring, a dash: what looks like that is a check box or a rule more often than an icon. */
function isPlainShape(nodes: readonly IconNode[]): boolean {
  const [only, ...rest] = nodes;
  if (only === undefined || rest.length > 0) return only === undefined;
  const [tag, { d = '' }] = only;
  return tag !== 'path' || /^m[\d .,-]+[hvl][\d .,-]+$/i.test(d);
}

export function pathOf(nodes: readonly IconNode[]): Path2D {
  const path = new Path2D();
  for (const node of nodes) path.addPath(elementPath(node));
  return path;
}

function elementPath([tag, attributes]: IconNode): Path2D {
  const number = (name: string): number => Number(attributes[name] ?? 0);
  const path = new Path2D(tag === 'path' ? attributes['d'] : undefined);
  if (tag === 'circle') path.arc(number('cx'), number('cy'), number('r'), 0, 2 * Math.PI);
  else if (tag === 'ellipse')
    path.ellipse(number('cx'), number('cy'), number('rx'), number('ry'), 0, 0, 2 * Math.PI);
  else if (tag === 'rect')
    path.roundRect(number('x'), number('y'), number('width'), number('height'), number('rx'));
  else if (tag === 'line') {
    path.moveTo(number('x1'), number('y1'));
    path.lineTo(number('x2'), number('y2'));
  } else if (tag === 'polyline' || tag === 'polygon') {
    const points = (attributes['points'] ?? '').split(/[\s,]+/).map(Number);
    for (let index = 0; index + 1 < points.length; index += 2) {
      if (index === 0) path.moveTo(points[0] ?? 0, points[1] ?? 0);
      else path.lineTo(points[index] ?? 0, points[index + 1] ?? 0);
    }
    if (tag === 'polygon') path.closePath();
  }
  return path;
}
