/** A true graph as paths and texts, before a plain or a sketching pen draws them. */
import type { DiagramGraph, GraphEdge, GraphNode, GraphPoint } from '../../shared/diagram-graph.ts';
import { capOf, polygonOf } from './borders.ts';
import { cssOf } from './colors.ts';
import { headPaths } from './heads.ts';
import { rowHeight } from './layout.ts';
import type { Style } from './style.ts';

export interface ScenePath {
  readonly d: string;
  readonly fill?: string;
  readonly stroke?: string;
  readonly width: number;
  readonly dash?: string;
}

export interface SceneText {
  readonly text: string;
  readonly x: number;
  /** Middle of the line. */
  readonly y: number;
  readonly size: number;
  readonly color: string;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly bold?: boolean;
  readonly turned?: boolean;
  /** Painted behind it. */
  readonly patch?: string;
}

export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly background: string;
  /** Back to front. */
  readonly items: readonly (ScenePath | SceneText)[];
}

export const pathOf = (points: readonly GraphPoint[], closed = false): string =>
  points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(2)} ${y.toFixed(2)}`).join(' ') +
  (closed ? ' Z' : '');

export function sceneOf(graph: DiagramGraph, style: Style): Scene {
  const containers = graph.nodes.filter((node) => node.shape === 'swimlane');
  const others = graph.nodes.filter((node) => node.shape !== 'swimlane');
  const items = [
    ...containers.flatMap((node) => nodeItems(node, style)),
    ...graph.edges.flatMap((edge) => edgeItems(edge, style)),
    ...others.flatMap((node) => nodeItems(node, style)),
    ...graph.edges.flatMap((edge) => labelItems(edge, style)),
  ];
  return { width: graph.width, height: graph.height, background: style.background, items };
}

function nodeItems(node: GraphNode, style: Style): (ScenePath | SceneText)[] {
  const { box } = node;
  const paint = { fill: cssOf(node.fill), stroke: cssOf(node.stroke), width: style.strokeWidth };
  const line = { stroke: paint.stroke, width: style.strokeWidth };
  const outline = { d: pathOf(polygonOf(node.shape, box, style.radius), true), ...paint };
  const [cx, cy] = [box.x + box.width / 2, box.y + box.height / 2];
  const { x, y, width: w, height: h } = box;
  const label = (at: GraphPoint, more: Partial<SceneText> = {}): SceneText[] =>
    textLines(node.label, at, style, node, more);
  switch (node.shape) {
    case 'text':
      return label({ x, y: cy }, { anchor: 'start', bold: true });
    case 'start':
      return [{ ...outline, fill: style.ink, stroke: style.ink }];
    case 'end': {
      const inner = { x: x + w * 0.22, y: y + h * 0.22, width: w * 0.56, height: h * 0.56 };
      return [
        { ...outline, fill: 'none', stroke: style.ink },
        { d: pathOf(polygonOf('ellipse', inner, 0), true), fill: style.ink, stroke: style.ink, width: 1 },
      ];
    }
    case 'actor': {
      const r = Math.min(w * 0.26, h * 0.14);
      const head = { x: cx - r, y, width: 2 * r, height: 2 * r };
      const limbs: [number, number, number, number][] = [
        [cx, y + 2 * r, cx, y + 0.52 * h],
        [x + 4, y + 0.36 * h, x + w - 4, y + 0.36 * h],
        [cx, y + 0.52 * h, x + 5, y + 0.76 * h],
        [cx, y + 0.52 * h, x + w - 5, y + 0.76 * h],
      ];
      return [
        {
          d: pathOf(polygonOf('ellipse', head, 0), true),
          fill: 'none',
          stroke: style.ink,
          width: style.strokeWidth,
        },
        ...limbs.map(([x1, y1, x2, y2]) => ({
          d: `M${x1} ${y1} L${x2} ${y2}`,
          stroke: style.ink,
          width: style.strokeWidth,
        })),
        ...label({ x: cx, y: y + 0.9 * h }),
      ];
    }
    case 'cylinder': {
      const ry = capOf(box);
      const rim = Array.from({ length: 25 }, (_, i) => ({
        x: cx + (Math.cos((i / 24) * Math.PI) * w) / 2,
        y: y + ry + Math.sin((i / 24) * Math.PI) * ry,
      }));
      return [outline, { d: pathOf(rim), ...line }, ...label({ x: cx, y: cy + ry })];
    }
    case 'note':
      return [
        outline,
        { d: `M${x + w - 14} ${y} L${x + w - 14} ${y + 14} L${x + w} ${y + 14}`, ...line },
        ...label({ x: cx, y: cy }),
      ];
    case 'lifeline': {
      const size = node.header?.size ?? 40;
      const head = polygonOf('rectangle', { ...box, height: size }, 0);
      return [
        { d: `M${cx} ${y + size} L${cx} ${y + h}`, stroke: style.ink, width: 1, dash: '6 5' },
        { d: pathOf(head, true), ...paint },
        ...label({ x: cx, y: y + size / 2 }),
      ];
    }
    case 'swimlane':
      return [outline, ...laneHeader(node, style, line)];
    case 'table':
    case 'class':
      return [
        { ...outline, fill: style.fills[0] === 'none' ? 'none' : style.background },
        ...rowsOf(node, style, line, paint.fill),
      ];
    default:
      return [outline, ...label({ x: cx, y: cy })];
  }
}

function laneHeader(
  node: GraphNode,
  style: Style,
  line: Pick<ScenePath, 'stroke' | 'width'>,
): (ScenePath | SceneText)[] {
  const { x, y, width: w, height: h } = node.box;
  if (node.header?.side !== 'left')
    return textLines(node.label, { x: x + w / 2, y: y + 20 }, style, node, { bold: true });
  const size = node.header.size;
  return [
    { d: `M${x + size} ${y} L${x + size} ${y + h}`, ...line },
    ...textLines(node.label, { x: x + size / 2, y: y + h / 2 }, style, node, { turned: true, bold: true }),
  ];
}

function rowsOf(
  node: GraphNode,
  style: Style,
  line: Pick<ScenePath, 'stroke' | 'width'>,
  fill: string,
): (ScenePath | SceneText)[] {
  const { x, y, width: w, height: h } = node.box;
  const step = rowHeight(style);
  const rows = node.rows ?? [];
  const keyed = rows.some((row) => row.cells.length > 1);
  const items: (ScenePath | SceneText)[] = [
    { d: pathOf(polygonOf('rectangle', { x, y, width: w, height: step }, 0), true), fill, ...line },
    ...textLines(node.label, { x: x + w / 2, y: y + step / 2 }, style, node, { bold: true }),
  ];
  if (keyed) items.push({ d: `M${x + 34} ${y + step} L${x + 34} ${y + h}`, ...line });
  for (const [index, row] of rows.entries()) {
    const top = y + step * (index + 1) + (index === 0 ? 0 : 3);
    if (row.ruled || (node.shape === 'table' && keyed))
      items.push({ d: `M${x} ${top} L${x + w} ${top}`, ...line });
    const plain = { color: style.ink, anchor: 'start' as const };
    for (const [column, cell] of row.cells.entries())
      items.push(
        ...textLines(
          cell,
          { x: x + (column === 0 ? 8 : 42), y: y + step * (index + 1.5) + 3 },
          style,
          node,
          plain,
        ),
      );
  }
  return items;
}

function textLines(
  label: string,
  at: GraphPoint,
  style: Style,
  node: GraphNode,
  more: Partial<SceneText> = {},
): SceneText[] {
  const size = node.fontSize ?? style.fontSize;
  const lines = label.split('\n').filter((text) => text.trim() !== '');
  return lines.map((text, index) => ({
    text,
    x: at.x,
    y: at.y + (index - (lines.length - 1) / 2) * 1.25 * size,
    size,
    color: node.textColor ? cssOf(node.textColor) : style.ink,
    anchor: 'middle',
    ...more,
  }));
}

function edgeItems(edge: GraphEdge, style: Style): ScenePath[] {
  if (!edge.fromPoint || !edge.toPoint) return [];
  const points = [edge.fromPoint, ...(edge.waypoints ?? []), edge.toPoint];
  const paint = { stroke: style.edgeColor, width: style.edgeWidth };
  const d = edge.line === 'curved' ? curve(points) : style.roundedBends ? rounded(points, 8) : pathOf(points);
  const heads = [
    ...headPaths(edge.toHead, edge.toPoint, points.at(-2) ?? edge.fromPoint, style),
    ...headPaths(edge.fromHead, edge.fromPoint, points[1] ?? edge.toPoint, style),
  ];
  return [{ d, ...paint, fill: 'none', ...(edge.dashed ? { dash: '6 4' } : {}) }, ...heads];
}

/** Through the bends by quadratic curves; without bends a curve that leans to one side. */
function curve(points: readonly GraphPoint[]): string {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return '';
  if (points.length === 2) {
    const [dx, dy] = [last.x - first.x, last.y - first.y];
    const bend = 0.08;
    return `M${first.x} ${first.y} Q${(first.x + last.x) / 2 - dy * bend} ${(first.y + last.y) / 2 + dx * bend} ${last.x} ${last.y}`;
  }
  const inner = points.slice(1, -1);
  const parts = inner.slice(0, -1).map((point, index) => {
    const next = inner[index + 1] ?? last;
    return `Q${point.x} ${point.y} ${(point.x + next.x) / 2} ${(point.y + next.y) / 2}`;
  });
  const end = inner.at(-1) ?? last;
  return `M${first.x} ${first.y} ${parts.join(' ')} Q${end.x} ${end.y} ${last.x} ${last.y}`;
}

function rounded(points: readonly GraphPoint[], radius: number): string {
  let d = `M${points[0]?.x ?? 0} ${points[0]?.y ?? 0}`;
  for (const [index, point] of points.entries()) {
    const [before, after] = [points[index - 1], points[index + 1]];
    if (!before) continue;
    if (!after) {
      d += ` L${point.x} ${point.y}`;
      continue;
    }
    const towards = (other: GraphPoint): GraphPoint => {
      const length = Math.hypot(other.x - point.x, other.y - point.y) || 1;
      const step = Math.min(radius, length / 2) / length;
      return { x: point.x + (other.x - point.x) * step, y: point.y + (other.y - point.y) * step };
    };
    const [a, b] = [towards(before), towards(after)];
    d += ` L${a.x} ${a.y} Q${point.x} ${point.y} ${b.x} ${b.y}`;
  }
  return d;
}

function labelItems(edge: GraphEdge, style: Style): SceneText[] {
  if (!edge.label || !edge.labelAt) return [];
  const isLevel = style.labelInLine;
  const { x, y } = edge.labelAt;
  const color = style.ink;
  return [
    {
      text: edge.label,
      x,
      y,
      size: style.fontSize * 0.92,
      color,
      anchor: 'middle',
      ...(isLevel ? { patch: style.background } : { patch: style.background }),
    },
  ];
}
