/** Graph → Mermaid's flowchart, the form for every diagram that has no form of its own. */
import { ancestorsOf, childrenOf, nodesById } from '../../../diagram-check.ts';
import type { DiagramGraph, EdgeHead, GraphEdge, GraphNode, NodeShape } from '../../../diagram-graph.ts';
import { toHex } from '../../../geometry.ts';
import { type Direction, directionOf, readForwards } from '../reading-order.ts';
import { indented, namesFor, quoted, wholeLabel } from './text.ts';

/** What stands around a label. */
const brackets: Readonly<Partial<Record<NodeShape, readonly [open: string, close: string]>>> = {
  rounded: ['(', ')'],
  ellipse: ['([', '])'],
  diamond: ['{', '}'],
  cylinder: ['[(', ')]'],
  parallelogram: ['[/', '/]'],
  trapezoid: ['[/', '\\]'],
  hexagon: ['{{', '}}'],
};

/** Shapes that have a name and no brackets. */
const named: Readonly<Partial<Record<NodeShape, string>>> = {
  document: 'doc',
  cloud: 'cloud',
  actor: 'person',
  triangle: 'tri',
  note: 'notch-rect',
  text: 'text',
  start: 'sm-circ',
  end: 'fr-circ',
};

export type Names = ReadonlyMap<string, string>;

/** @param graph sound, as `repairGraph` gives it. */
export function flowchart(graph: DiagramGraph): string[] {
  const names = namesFor(graph.nodes);
  const nodes = nodesById(graph.nodes);
  const direction = directionOf(graph);
  const thick = thickFrom(graph.edges);
  const edges = graph.edges.flatMap((edge) => edgeLine(edge, { direction, thick }, names, nodes));
  return [
    `flowchart ${direction}`,
    ...indented([...nodeLines(undefined, graph.nodes, names), ...edges, ...styleLines(graph.nodes, names)]),
  ];
}

function nodeLines(parent: string | undefined, all: readonly GraphNode[], names: Names): string[] {
  return childrenOf(parent, all).flatMap((node) => {
    const inside = nodeLines(node.id, all, names);
    const name = names.get(node.id) ?? node.id;
    if (inside.length === 0) return [nodeLine(node, name)];
    return [`subgraph ${name}[${quoted(node.label)}]`, ...indented(inside), 'end'];
  });
}

function nodeLine(node: GraphNode, name: string): string {
  const shape = named[node.shape];
  const label = quoted(wholeLabel(node));
  if (shape !== undefined) return `${name}@{ shape: ${shape}, label: ${label} }`;
  const { width, height } = node.box;
  const isCircle = node.shape === 'ellipse' && Math.abs(width - height) < Math.max(width, height) / 5;
  const isPill = node.shape === 'rounded' && (node.radius ?? 0) >= 0.42 * Math.min(width, height);
  const [open, close] = isCircle ? ['((', '))'] : (brackets[isPill ? 'ellipse' : node.shape] ?? ['[', ']']);
  return `${name}${open}${label}${close}`;
}

/** An edge with an end that lies free has no form here, nor one to what stands around its other end. */
function edgeLine(
  drawn: GraphEdge,
  { direction, thick }: { readonly direction: Direction; readonly thick: number },
  names: Names,
  nodes: ReadonlyMap<string, GraphNode>,
): string[] {
  // Which end comes first decides which node stands first; only an arrow says so itself.
  const edge = drawn.fromHead === drawn.toHead ? readForwards(drawn, direction, nodes) : drawn;
  const { from, to, fromHead, toHead } = edge;
  if (from === undefined || to === undefined) return [];
  if (ancestorsOf(from, nodes).includes(to) || ancestorsOf(to, nodes).includes(from)) return [];
  const backwards = toHead === 'none' && fromHead !== 'none';
  const [first, last] = backwards ? [to, from] : [from, to];
  const head = tip(backwards ? fromHead : toHead);
  const tail = !backwards && fromHead !== 'none' && tip(fromHead) === head ? (head === '>' ? '<' : head) : '';
  const ends = [edge.fromLabel, edge.label, edge.toLabel].filter(
    (text) => text !== undefined && text.trim() !== '',
  );
  const words = ends.length === 0 ? '' : `|${quoted((backwards ? ends.toReversed() : ends).join('\n'))}|`;
  return [`${names.get(first)} ${tail}${lineOf(edge, head, thick)}${words} ${names.get(last)}`];
}

function tip(head: EdgeHead): '' | '>' | 'o' | 'x' {
  if (head === 'none') return '';
  if (head === 'circle' || head === 'circle-filled') return 'o';
  return head === 'cross' ? 'x' : '>';
}

/** Pixels from which an edge is thicker than the others; where all are drawn with one pen, none is. */
function thickFrom(edges: readonly GraphEdge[]): number {
  const widths = edges.map(({ strokeWidth = 1 }) => strokeWidth).sort((a, b) => a - b);
  return Math.max(3, 1.5 * (widths[Math.floor(widths.length / 2)] ?? 1));
}

function lineOf({ dashed, strokeWidth = 1 }: GraphEdge, head: string, thick: number): string {
  if (dashed === true) return `-.-${head}`;
  const dash = strokeWidth >= thick ? '=' : '-';
  return `${dash}${dash}${head === '' ? dash : head}`;
}

/** Colours that are more than black on white, a class for each set. */
function styleLines(nodes: readonly GraphNode[], names: Names): string[] {
  const groups = new Map<string, string[]>();
  for (const node of nodes) {
    const style = colours(node);
    if (style !== '') groups.set(style, [...(groups.get(style) ?? []), names.get(node.id) ?? node.id]);
  }
  return [...groups].flatMap(([style, members], index) => [
    `classDef colour${index + 1} ${style}`,
    `class ${members.join(',')} colour${index + 1}`,
  ]);
}

function colours({ fill, stroke, textColor, shape }: GraphNode): string {
  if (fill === undefined || shape === 'start' || shape === 'end' || fill.every((channel) => channel > 250))
    return '';
  return [
    `fill:${toHex(fill)}`,
    ...(stroke === undefined ? [] : [`stroke:${toHex(stroke)}`]),
    ...(textColor === undefined ? [] : [`color:${toHex(textColor)}`]),
  ].join(',');
}
