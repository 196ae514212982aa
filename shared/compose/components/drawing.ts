/** Icons as data: shapes of an SVG as one path, so that icons that differ can be told by one text. */
import type { HtmlElement } from '../html/element.ts';

const neat = (value: number): string => `${Math.round(value * 1000) / 1000}`;

function ellipse(cx: number, cy: number, rx: number, ry: number): string {
  const arc = (x: number): string => `a${neat(rx)} ${neat(ry)} 0 1 0 ${neat(x)} 0`;
  return `M${neat(cx - rx)} ${neat(cy)}${arc(2 * rx)}${arc(-2 * rx)}`;
}

function rectangle(x: number, y: number, width: number, height: number, radius: number): string {
  const r = Math.min(radius, width / 2, height / 2);
  if (r === 0) return `M${neat(x)} ${neat(y)}h${neat(width)}v${neat(height)}h${neat(-width)}z`;
  const corner = (dx: number, dy: number): string => `a${neat(r)} ${neat(r)} 0 0 1 ${neat(dx)} ${neat(dy)}`;
  const [across, down] = [neat(width - 2 * r), neat(height - 2 * r)];
  return `M${neat(x + r)} ${neat(y)}h${across}${corner(r, r)}v${down}${corner(-r, r)}h${neat(2 * r - width)}${corner(-r, -r)}v${neat(2 * r - height)}${corner(r, -r)}z`;
}

/** Path of one shape; undefined for what is no basic shape of SVG. */
function pathOf({ tag, attributes }: HtmlElement): string | undefined {
  const number = (name: string): number => Number(attributes[name] ?? 0);
  if (tag === 'path') return attributes['d'];
  if (tag === 'circle') return ellipse(number('cx'), number('cy'), number('r'), number('r'));
  if (tag === 'ellipse') return ellipse(number('cx'), number('cy'), number('rx'), number('ry'));
  if (tag === 'line')
    return `M${neat(number('x1'))} ${neat(number('y1'))}L${neat(number('x2'))} ${neat(number('y2'))}`;
  if (tag === 'polyline' || tag === 'polygon')
    return `M${(attributes['points'] ?? '').trim()}${tag === 'polygon' ? 'z' : ''}`;
  if (tag === 'rect')
    return rectangle(
      number('x'),
      number('y'),
      number('width'),
      number('height'),
      number('rx') || number('ry'),
    );
  return undefined;
}

/** All shapes of an SVG as one path; undefined if one of them cannot be a part of it. */
export function drawingOf(svg: HtmlElement): string | undefined {
  const paths = svg.children.map((shape) =>
    typeof shape === 'string' ||
    Object.keys(shape.attributes).some((name) => /fill|stroke|transform|opacity/.test(name))
      ? undefined
      : pathOf(shape),
  );
  return paths.every((path) => path !== undefined) ? paths.join('') : undefined;
}
