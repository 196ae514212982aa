/** A plan in Graphviz's language: nodes, clusters, records, and splines in all its ways of drawing them. */
import { instance } from '@viz-js/viz';
import type { EdgeHead, NodeShape } from '../../../shared/diagram-graph.ts';
import type { Plan, PlanEdge, PlanNode } from '../plans/plan.ts';
import type { Random } from '../random.ts';

const shapes: Readonly<Partial<Record<NodeShape, string>>> = {
  ellipse: 'shape=ellipse',
  diamond: 'shape=diamond',
  cylinder: 'shape=cylinder',
  parallelogram: 'shape=parallelogram',
  hexagon: 'shape=hexagon',
  trapezoid: 'shape=trapezium',
  triangle: 'shape=triangle',
  note: 'shape=note',
  start: 'shape=circle, style=filled, fillcolor=black, width=0.25, fixedsize=true',
  end: 'shape=doublecircle, style=filled, fillcolor=black, width=0.2, fixedsize=true',
};

const heads: Readonly<Partial<Record<EdgeHead, string>>> = {
  none: 'none',
  open: 'vee',
  triangle: 'empty',
  diamond: 'odiamond',
  'diamond-filled': 'diamond',
  one: 'tee',
  many: 'crow',
  'zero-or-many': 'crowodot',
  'one-or-many': 'crowtee',
  'zero-or-one': 'teeodot',
};

const quoted = (text: string): string => `"${text.replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
/** In records these characters part fields. */
const field = (text: string): string => text.replace(/[{}|<>]/g, '\\$&');

/** @param plan without lifelines. @returns SVG. */
export async function graphvizDrawing(plan: Plan, random: Random): Promise<string> {
  const tints = random.pick([
    ['lightblue', 'lightyellow', 'palegreen', 'mistyrose', 'lavender'],
    ['white'],
    ['#4a90d9', '#50b36a', '#e8a33d', '#c95a5a', '#8e6bbf'],
  ]);
  const bare = tints.length > 1 && random.chance(0.3);
  const width = random.pick([1, 1, 1.5, 2.5]);
  const splines = random.pick(['true', 'curved', 'ortho', 'polyline', 'line', 'true']);
  const lines = [
    `bgcolor=transparent; splines=${splines}; rankdir=${plan.layout === 'right' ? 'LR' : 'TB'}; nodesep=0.5; ranksep=0.6; pad=0.05;`,
    `node [shape=box, fontname=${quoted(random.pick(['Arial', 'Times', 'Courier', 'Helvetica']))}, fontsize=${random.pick([12, 14, 14, 16])}, penwidth=${width}];`,
    `edge [fontname="Arial", fontsize=12, penwidth=${width}, color=${quoted(random.pick(['black', 'gray40', 'navy', 'firebrick']))}, arrowsize=${random.pick([0.7, 1, 1.3])}];`,
    ...nodesIn(undefined, plan, (node) => {
      const fill = tints[(node.tint ?? 0) % tints.length] ?? 'white';
      return `style="${node.shape === 'rounded' ? 'rounded,' : ''}filled", fillcolor=${quoted(fill)}${bare ? ', color=transparent' : ''}`;
    }),
    ...plan.edges.map((edge) => edgeLine(edge, splines === 'ortho')),
  ];
  const viz = await instance();
  return viz.renderString(`digraph {\n${lines.join('\n')}\n}`, { format: 'svg' });
}

function nodesIn(parent: string | undefined, plan: Plan, paint: (node: PlanNode) => string): string[] {
  return plan.nodes
    .filter((node) => node.parent === parent)
    .flatMap((node) => {
      const inside = nodesIn(node.id, plan, paint);
      if (inside.length > 0)
        return [`subgraph cluster_${node.id} { label=${quoted(node.label)}; style=solid;`, ...inside, '}'];
      if (node.rows) {
        const rows = node.rows.map(({ cells }) =>
          cells.length === 1 ? field(cells[0] ?? '') : `{${cells.map(field).join('|')}}`,
        );
        return [`${node.id} [shape=record, label=${quoted(`{${[field(node.label), ...rows].join('|')}}`)}];`];
      }
      const dot = node.shape === 'start' || node.shape === 'end';
      const shape = shapes[node.shape] ?? 'shape=box';
      return [`${node.id} [label=${quoted(node.label)}, ${dot ? '' : `${paint(node)}, `}${shape}];`];
    });
}

function edgeLine({ from, to, label = '', fromHead = 'none', toHead, dashed }: PlanEdge, outside: boolean) {
  const ends = `dir=both, arrowtail=${heads[fromHead] ?? 'normal'}, arrowhead=${heads[toHead ?? 'arrow'] ?? 'normal'}`;
  // Graphviz places no labels on orthogonal edges but from outside.
  const words = label === '' ? '' : `, ${outside ? 'xlabel' : 'label'}=${quoted(label)}`;
  return `${from} -> ${to} [${ends}${words}${dashed ? ', style=dashed' : ''}];`;
}
