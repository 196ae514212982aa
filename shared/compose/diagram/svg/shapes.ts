/** The outlines of nodes as SVG: what draw.io shows, drawn plainly. */
import type { GraphNode, NodeShape } from '../../../diagram-graph.ts';
import { type Rect, toHex } from '../../../geometry.ts';
import { headerSize, placedRows } from '../rows.ts';
import { element, numberText, type XmlElement } from '../xml.ts';
import { mockupOf } from './mockups.ts';

type Attributes = XmlElement['attributes'];

/** `M 0 0 L 10 0 …` of numbers and letters. */
const path = (...parts: readonly (string | number)[]): string =>
  parts.map((part) => (typeof part === 'number' ? numberText(part) : part)).join(' ');

const polygon = (...points: readonly (readonly [number, number])[]): string =>
  path('M', ...points.flatMap(([x, y], index) => (index === 0 ? [x, y] : ['L', x, y])), 'Z');

/** Outlines that are one path. */
const paths: Readonly<Partial<Record<NodeShape, (box: Rect) => string>>> = {
  diamond: ({ x, y, width: w, height: h }) =>
    polygon([x + w / 2, y], [x + w, y + h / 2], [x + w / 2, y + h], [x, y + h / 2]),
  parallelogram: ({ x, y, width: w, height: h }) => {
    const s = Math.min(20, w / 4);
    return polygon([x + s, y], [x + w, y], [x + w - s, y + h], [x, y + h]);
  },
  trapezoid: ({ x, y, width: w, height: h }) => {
    const s = Math.min(20, w / 4);
    return polygon([x + s, y], [x + w - s, y], [x + w, y + h], [x, y + h]);
  },
  triangle: ({ x, y, width: w, height: h }) => polygon([x + w / 2, y], [x + w, y + h], [x, y + h]),
  hexagon: ({ x, y, width: w, height: h }) => {
    const s = Math.min(20, w / 4);
    const middle = y + h / 2;
    return polygon(
      [x + s, y],
      [x + w - s, y],
      [x + w, middle],
      [x + w - s, y + h],
      [x + s, y + h],
      [x, middle],
    );
  },
  document: ({ x, y, width: w, height: h }) => {
    const low = y + h * 0.85;
    return path(
      'M',
      x,
      y,
      'L',
      x + w,
      y,
      'L',
      x + w,
      low,
      'Q',
      x + w * 0.75,
      y + h * 0.7,
      x + w / 2,
      low,
      'Q',
      x + w / 4,
      y + h,
      x,
      low,
      'Z',
    );
  },
  note: ({ x, y, width: w, height: h }) => {
    const s = Math.min(14, w / 3, h / 3);
    const corner = [x + w, y + s] as const;
    return `${polygon([x, y], [x + w - s, y], corner, [x + w, y + h], [x, y + h])} ${path('M', x + w - s, y, 'L', x + w - s, y + s, 'L', ...corner)}`;
  },
  cylinder: ({ x, y, width: w, height: h }) => {
    const r = Math.min(12, h / 4);
    const arc = (to: number, sweep: number) => ['A', w / 2, r, 0, 0, sweep, to] as const;
    return `${path('M', x, y + r, ...arc(x + w, 1), y + r, 'L', x + w, y + h - r, ...arc(x, 1), y + h - r, 'Z')} ${path('M', x + w, y + r, ...arc(x, 1), y + r)}`;
  },
  cloud: ({ x, y, width: w, height: h }) =>
    path(
      'M',
      x + w * 0.25,
      y + h * 0.25,
      'C',
      x + w * 0.05,
      y + h * 0.25,
      x,
      y + h * 0.5,
      x + w * 0.16,
      y + h * 0.55,
      'C',
      x,
      y + h * 0.66,
      x + w * 0.18,
      y + h * 0.9,
      x + w * 0.31,
      y + h * 0.8,
      'C',
      x + w * 0.4,
      y + h,
      x + w * 0.7,
      y + h,
      x + w * 0.8,
      y + h * 0.8,
      'C',
      x + w,
      y + h * 0.8,
      x + w,
      y + h * 0.6,
      x + w * 0.875,
      y + h * 0.5,
      'C',
      x + w,
      y + h * 0.3,
      x + w * 0.8,
      y + h * 0.1,
      x + w * 0.625,
      y + h * 0.2,
      'C',
      x + w * 0.5,
      y + h * 0.05,
      x + w * 0.3,
      y + h * 0.05,
      x + w * 0.25,
      y + h * 0.25,
      'Z',
    ),
  actor: ({ x, y, width: w, height: h }) => {
    const middle = x + w / 2;
    const r = h / 8;
    const head = path(
      'M',
      middle - r,
      y + r,
      'A',
      r,
      r,
      0,
      1,
      1,
      middle + r,
      y + r,
      'A',
      r,
      r,
      0,
      1,
      1,
      middle - r,
      y + r,
    );
    const body = path(
      'M',
      middle,
      y + 2 * r,
      'L',
      middle,
      y + h * 0.65,
      'M',
      x,
      y + h / 3,
      'L',
      x + w,
      y + h / 3,
    );
    return `${head} ${body} ${path('M', x, y + h, 'L', middle, y + h * 0.65, 'L', x + w, y + h)}`;
  },
};

/** Radius of a rounded shape's corners, as draw.io draws it: at most half of the shorter side. */
export function cornerRadius({ box, radius }: GraphNode): number {
  const shorter = Math.min(box.width, box.height);
  return Math.min(shorter / 2, radius ?? shorter * usualRounding);
}

/** Share of the shorter side that draw.io rounds where nothing is said. */
const usualRounding = 0.15;

/** A node without its words. */
export function shapeOf(node: GraphNode): XmlElement[] {
  const { shape, box } = node;
  const style = styleOf(node);
  const mockup = mockupOf(node, style);
  if (mockup !== undefined) return mockup;
  const draw = paths[shape];
  if (draw !== undefined) return [element('path', { d: draw(box), 'stroke-linejoin': 'round', ...style })];
  switch (shape) {
    case 'ellipse':
    case 'start':
      return [oval(box, 0, style)];
    case 'end':
      return [
        oval(box, 0, { ...style, fill: 'none' }),
        oval(box, Math.min(box.width, box.height) / 5, style),
      ];
    case 'text':
      return node.fill === undefined && node.stroke === undefined ? [] : [rect(box, 0, style)];
    case 'image':
      return picture(node, style);
    case 'lifeline':
      return lifeline(node, style);
    case 'rounded':
      return [rect(box, cornerRadius(node), style)];
    default:
      return [...bodyOf(node, style), ...rulesOf(node, style)];
  }
}

function styleOf({ shape, fill, stroke, strokeWidth, dashed }: GraphNode): Attributes {
  const dot = shape === 'start' || shape === 'end' ? '#000000' : 'none';
  return {
    fill: fill === undefined ? dot : toHex(fill),
    stroke: stroke === undefined ? dot : toHex(stroke),
    'stroke-width': strokeWidth,
    ...(dashed === true ? { 'stroke-dasharray': '6 4' } : {}),
  };
}

const rect = ({ x, y, width, height }: Rect, radius: number, style: Attributes): XmlElement =>
  element('rect', { x, y, width, height, rx: radius === 0 ? undefined : radius, ...style });

function oval({ x, y, width, height }: Rect, inset: number, style: Attributes): XmlElement {
  const rx = Math.max(0, width / 2 - inset);
  const ry = Math.max(0, height / 2 - inset);
  return element('ellipse', { cx: x + width / 2, cy: y + height / 2, rx, ry, ...style });
}

const line = (x1: number, y1: number, x2: number, y2: number, style: Attributes): XmlElement =>
  element('path', { d: path('M', x1, y1, 'L', x2, y2), ...style, fill: 'none' });

function picture({ box, image }: GraphNode, style: Attributes): XmlElement[] {
  const { x, y, width, height } = box;
  if (image !== undefined)
    return [element('image', { x, y, width, height, href: image, preserveAspectRatio: 'none' })];
  const cross = [line(x, y, x + width, y + height, style), line(x, y + height, x + width, y, style)];
  return [rect(box, 0, style), ...cross];
}

function lifeline(node: GraphNode, style: Attributes): XmlElement[] {
  const { x, y, width, height } = node.box;
  const head = headerSize(node);
  const middle = x + width / 2;
  return [
    rect({ ...node.box, height: head }, 0, style),
    line(middle, y + head, middle, y + height, { ...style, 'stroke-dasharray': '6 4' }),
  ];
}

/** Of a shape with a title bar the bar alone is filled, as draw.io does it. */
function bodyOf(node: GraphNode, style: Attributes): XmlElement[] {
  const { box, header } = node;
  const size = headerSize(node);
  if (size === 0) return [rect(box, 0, style)];
  const bar = header?.side === 'left' ? { ...box, width: size } : { ...box, height: size };
  const body = node.bodyFill === undefined ? 'none' : toHex(node.bodyFill);
  return [rect(box, 0, { ...style, fill: body }), rect(bar, 0, style)];
}

/** The rules below a title, between the rows and the columns. */
function rulesOf(node: GraphNode, style: Attributes): XmlElement[] {
  const { x, y, width, height } = node.box;
  const size = headerSize(node);
  const left = node.header?.side === 'left';
  const title = left
    ? line(x + size, y, x + size, y + height, style)
    : line(x, y + size, x + width, y + size, style);
  const rows = placedRows(node).flatMap(({ row, box, cells }, index) => {
    const above = index > 0 && (node.shape === 'table' || row.ruled === true);
    const between = node.shape === 'table' ? cells.slice(1) : [];
    return [
      ...(above ? [line(box.x, box.y, box.x + box.width, box.y, style)] : []),
      ...between.map((cell) => line(cell.box.x, box.y, cell.box.x, box.y + box.height, style)),
    ];
  });
  return [...(size > 0 && size < (left ? width : height) ? [title] : []), ...rows];
}
