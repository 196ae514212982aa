/** The size of a diagram in its file: photos have letters of 60 pixels, and editors' shapes are made for 12. */
import type { DiagramGraph, GraphEdge, GraphNode, GraphPoint } from '../../../diagram-graph.ts';
import type { Rect } from '../../../geometry.ts';
import { median } from './boxes.ts';

/** Letters of these sizes are left as they are, in pixels. */
const legible = [9, 18] as const;
const usualSize = 13;
/** Short side of a shape, where no letters are known. */
const usualSide = 60;

/** What to multiply lengths by; 1 for a diagram of a usual size. */
export function scaleFor({ nodes }: DiagramGraph): number {
  const sizes = nodes.flatMap(({ fontSize, label }) => (label === '' ? [] : (fontSize ?? [])));
  const letters = median(sizes);
  if (letters > 0) return letters >= legible[0] && letters <= legible[1] ? 1 : bounded(usualSize / letters);
  const side = median(nodes.map(({ box }) => Math.min(box.width, box.height)));
  return side === 0 || (side >= usualSide / 3 && side <= usualSide * 2) ? 1 : bounded(usualSide / side);
}

const bounded = (factor: number): number => Math.min(4, Math.max(0.1, factor));

/** Every length times a factor; sizes of letters become whole, and near-equal ones equal. */
export function scaled(graph: DiagramGraph, by: number): DiagramGraph {
  const lettersOf = (sized: readonly { readonly fontSize?: number | undefined }[], spread: number) => {
    const usual = median(sized.flatMap(({ fontSize }) => fontSize ?? []));
    return (size: number): number => {
      const common = Math.abs(size - usual) <= usual * spread ? usual : size;
      return Math.min(72, Math.max(8, Math.round(common * by)));
    };
  };
  const inNodes = lettersOf(graph.nodes, 0.2);
  // A label of two or three letters tells its size badly.
  const onEdges = lettersOf(graph.edges, 0.35);
  return {
    ...graph,
    width: graph.width * by,
    height: graph.height * by,
    nodes: graph.nodes.map((node) => scaledNode(node, by, inNodes)),
    edges: graph.edges.map((edge) => scaledEdge(edge, by, onEdges)),
  };
}

const times = ({ x, y, width, height }: Rect, by: number): Rect => ({
  x: x * by,
  y: y * by,
  width: width * by,
  height: height * by,
});

const stroke = (width: number, by: number): number => Math.min(6, Math.max(1, Math.round(width * by)));

function scaledNode(node: GraphNode, by: number, letters: (size: number) => number): GraphNode {
  const { fontSize, strokeWidth, header, rows, tracks, radius } = node;
  return {
    ...node,
    box: times(node.box, by),
    ...(fontSize === undefined ? {} : { fontSize: letters(fontSize) }),
    ...(strokeWidth === undefined ? {} : { strokeWidth: stroke(strokeWidth, by) }),
    ...(header === undefined ? {} : { header: { ...header, size: Math.max(10, header.size * by) } }),
    ...(tracks === undefined ? {} : { tracks: tracks.map((x) => x * by) }),
    ...(radius === undefined ? {} : { radius: radius * by }),
    ...(rows === undefined
      ? {}
      : {
          rows: rows.map((row) => ({
            ...row,
            ...(row.height === undefined ? {} : { height: row.height * by }),
          })),
        }),
  };
}

function scaledEdge(edge: GraphEdge, by: number, letters: (size: number) => number): GraphEdge {
  const point = ({ x, y }: GraphPoint): GraphPoint => ({ x: x * by, y: y * by });
  const { fromPoint, toPoint, waypoints, labelAt, fontSize, strokeWidth } = edge;
  return {
    ...edge,
    ...(fromPoint === undefined ? {} : { fromPoint: point(fromPoint) }),
    ...(toPoint === undefined ? {} : { toPoint: point(toPoint) }),
    ...(waypoints === undefined ? {} : { waypoints: waypoints.map(point) }),
    ...(labelAt === undefined ? {} : { labelAt: point(labelAt) }),
    ...(fontSize === undefined ? {} : { fontSize: letters(fontSize) }),
    ...(strokeWidth === undefined ? {} : { strokeWidth: stroke(strokeWidth, by) }),
  };
}
