/** Letters that fit: words that stood on one line in a shape do so in the fonts of those who open the diagram, too. */
import type { GraphNode } from '../../../diagram-graph.ts';
import { placedRows } from '../rows.ts';
import { textWidth } from '../text-size.ts';

/** Smaller than this share the words of one shape are not what was written in it. */
const leastShare = 0.75;
/** Pixels, of letters that can be read. */
const leastSize = 8;
/** What is kept free at both sides together, in pixels; cells begin 6 from the left. */
const [besideLabel, besideCell] = [6, 10] as const;

/** The share of a shape's width that its words may take. */
const shares: Readonly<Partial<Record<GraphNode['shape'], number>>> = {
  diamond: 0.75,
  ellipse: 0.85,
  hexagon: 0.85,
  cloud: 0.85,
  parallelogram: 0.85,
  trapezoid: 0.85,
};

/** Shapes whose words stand beside or below them, or have no outline. */
const free: readonly GraphNode['shape'][] = ['text', 'image', 'actor', 'start', 'end'];

/** Nodes of one size of letters keep one. @param nodes at their places. */
export function withFittingLetters(nodes: readonly GraphNode[]): GraphNode[] {
  const fits = new Map(nodes.map((node) => [node.id, fitOf(node)]));
  const shared = new Map<number, number>();
  for (const { id, fontSize } of nodes) {
    const fit = fits.get(id) ?? 1;
    if (fontSize === undefined || fit < leastShare) continue;
    shared.set(fontSize, Math.min(shared.get(fontSize) ?? 1, fit));
  }
  return nodes.map((node) => {
    const { fontSize, id } = node;
    if (fontSize === undefined) return node;
    const own = Math.max(leastShare, Math.min(shared.get(fontSize) ?? 1, fits.get(id) ?? 1));
    return own === 1
      ? node
      : { ...node, fontSize: Math.min(fontSize, Math.max(leastSize, Math.floor(fontSize * own))) };
  });
}

/** How much smaller the words must be to fit: 1 where they do. */
function fitOf(node: GraphNode): number {
  const { shape, label, box, fontSize, header, verticalAlign } = node;
  if (fontSize === undefined || free.includes(shape) || verticalAlign === 'below') return 1;
  const room = box.width * (shares[shape] ?? 1) - besideLabel;
  const isTurned = header?.side === 'left';
  const bold = node.bold === true ? boldWidth * widerFont : widerFont;
  const inLabel = isTurned ? [] : label.split('\n').map((line) => room / (bold * textWidth(line, fontSize)));
  const inCells = placedRows(node).flatMap(({ cells }) =>
    cells.map((cell) => (cell.box.width - besideCell) / (widerFont * textWidth(cell.text, fontSize))),
  );
  return Math.max(0, Math.min(1, ...[...inLabel, ...inCells].filter(Number.isFinite)));
}

/** How much wider bold letters are. */
const boldWidth = 1.07;
/** Where the usual fonts are missing, others stand in for them that are wider. */
const widerFont = 1.1;
