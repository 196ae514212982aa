/** A plan as draw.io would show it: maxGraph's shapes, orthogonal lines, labels on boxes of background in the line. */
import type { DiagramGraph, EdgeHead, GraphNode, NodeShape } from '../../../shared/diagram-graph.ts';
import type { Random } from '../random.ts';
import type { MaxGraphDrawing } from './drawing.ts';

const shapes: Readonly<Partial<Record<NodeShape, string>>> = {
  ellipse: 'ellipse',
  diamond: 'rhombus',
  cylinder: 'cylinder',
  hexagon: 'hexagon',
  cloud: 'cloud',
  actor: 'actor',
  triangle: 'triangle',
  swimlane: 'swimlane',
  table: 'swimlane',
  class: 'swimlane',
  start: 'ellipse',
  end: 'doubleEllipse',
};

const arrows: Readonly<Partial<Record<EdgeHead, string>>> = {
  none: 'none',
  open: 'open',
  triangle: 'block',
  diamond: 'diamond',
  'diamond-filled': 'diamond',
  circle: 'oval',
  arrow: 'classic',
};

/** The sets of draw.io's own menu: fill and line. */
const sets = [
  ['#dae8fc', '#6c8ebf'],
  ['#d5e8d4', '#82b366'],
  ['#ffe6cc', '#d79b00'],
  ['#f8cecc', '#b85450'],
  ['#e1d5e7', '#9673a6'],
] as const;

/** The shapes that maxGraph has; what it lacks is drawn as a box. */
export const drawnShape = (shape: NodeShape): NodeShape =>
  shape in shapes || shape === 'rounded' ? shape : 'rectangle';

/** @param graph placed, without lifelines and free texts. */
export function maxGraphDrawing(graph: DiagramGraph, random: Random): MaxGraphDrawing {
  const plain = random.chance(0.3);
  const strokeWidth = random.pick([1, 1, 2, 3]);
  const more = random.pick<Record<string, boolean | string>>([{}, {}, { shadow: true }, { glass: true }]);
  const gradient = random.chance(0.2);
  const header = 26;
  const nodes = graph.nodes.flatMap((node, index): MaxGraphDrawing['nodes'][number][] => {
    const [fill, stroke] = plain ? ['#ffffff', '#000000'] : (sets[index % sets.length] ?? sets[0]);
    const dot = node.shape === 'start' || node.shape === 'end';
    const table = node.shape === 'table' || node.shape === 'class';
    const style = {
      shape: shapes[node.shape] ?? 'rectangle',
      perimeter: `${node.shape === 'diamond' ? 'rhombus' : node.shape === 'ellipse' ? 'ellipse' : 'rectangle'}Perimeter`,
      rounded: node.shape === 'rounded',
      fillColor: dot ? '#000000' : fill,
      strokeColor: dot ? '#000000' : stroke,
      strokeWidth: table || node.shape === 'swimlane' ? 1 : strokeWidth,
      fontColor: '#000000',
      fontSize: 12,
      fontFamily: 'Helvetica',
      ...(table || node.shape === 'swimlane'
        ? { startSize: header, horizontal: node.header?.side !== 'left' }
        : more),
      ...(table || node.shape === 'swimlane' ? { swimlaneFillColor: '#ffffff', fontStyle: 1 } : {}),
      ...(gradient && !table && !dot ? { gradientColor: '#ffffff' } : {}),
      ...(node.shape === 'actor' ? { verticalLabelPosition: 'bottom', verticalAlign: 'top' } : {}),
    };
    const own = { id: node.id, value: htmlOf(node.label), box: boxIn(node, graph), style, ...parentOf(node) };
    const step = (node.box.height - header) / Math.max(1, node.rows?.length ?? 0);
    const rows = (node.rows ?? []).map(({ cells }, row) => ({
      id: `${node.id}-row${row}`,
      value: htmlOf(cells.join('  ')),
      parent: node.id,
      box: { x: 0, y: header + row * step, width: node.box.width, height: step },
      style: {
        strokeColor: 'none',
        fillColor: 'none',
        align: 'left',
        spacingLeft: 6,
        fontColor: '#000000',
        fontSize: 12,
      },
    }));
    return [own, ...rows];
  });
  const rounded = random.chance(0.5);
  const edges = graph.edges.map(
    ({ from = '', to = '', label, waypoints = [], fromHead, toHead, dashed }) => ({
      from,
      to,
      value: htmlOf(label),
      points: waypoints.map(({ x, y }) => ({ x, y })),
      style: {
        strokeColor: '#000000',
        fontColor: '#000000',
        fontSize: 11,
        labelBackgroundColor: '#ffffff',
        strokeWidth: random.pick([1, 1, strokeWidth]),
        rounded,
        dashed: dashed === true,
        ...endOf('start', fromHead),
        ...endOf('end', toHead),
      },
    }),
  );
  return { background: '#ffffff', nodes, edges };
}

const htmlOf = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\n', '<br>');

const parentOf = ({ parent }: GraphNode): { parent?: string } => (parent === undefined ? {} : { parent });

/** maxGraph places children from their parent's corner. */
function boxIn({ box, parent }: GraphNode, { nodes }: DiagramGraph): GraphNode['box'] {
  const outer = nodes.find(({ id }) => id === parent)?.box;
  return { ...box, x: box.x - (outer?.x ?? 0), y: box.y - (outer?.y ?? 0) };
}

function endOf(end: 'start' | 'end', head: EdgeHead): Record<string, string | boolean | number> {
  const hollow = head === 'triangle' || head === 'diamond';
  const large = ['triangle', 'diamond', 'diamond-filled'].includes(head);
  return {
    [`${end}Arrow`]: arrows[head] ?? 'none',
    [`${end}Fill`]: !hollow,
    ...(large ? { [`${end}Size`]: 12 } : {}),
  };
}
