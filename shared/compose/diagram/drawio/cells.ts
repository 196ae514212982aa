/** The cells of draw.io's model: siblings, whose places are relative to their parents'. */
import { ancestorsOf, nodesById } from '../../../diagram-check.ts';
import type { DiagramGraph, GraphEdge, GraphNode, GraphPoint } from '../../../diagram-graph.ts';
import type { Rect } from '../../../geometry.ts';
import { lengthOf, nearestPlace, routeOf } from '../route-points.ts';
import { placedRows } from '../rows.ts';
import { element, escapeText, type XmlElement } from '../xml.ts';
import { cellStyle, edgeStyle, memberStyle, nodeStyle, rowStyle } from './style.ts';

/** The default layer. */
const layer = '1';

/** Labels are HTML there. */
const labelHtml = (label: string): string => escapeText(label).replaceAll(/\r\n?|\n/g, '<br>');

interface Ids {
  readonly of: (id: string) => string;
  /** For a cell that the graph does not name. */
  readonly fresh: (id: string, part: string) => string;
}

/** Ids that no other cell has: 0 and 1 are the root's and the layer's. */
function idsFor({ nodes, edges }: DiagramGraph): Ids {
  const taken = new Set(['0', layer]);
  const take = (wanted: string): string => {
    let name = wanted;
    for (let count = 2; taken.has(name); count += 1) name = `${wanted}-${count}`;
    taken.add(name);
    return name;
  };
  const written = new Map([...nodes, ...edges].map(({ id }) => [id, take(id)]));
  return { of: (id) => written.get(id) ?? layer, fresh: (id, part) => take(`${id}-${part}`) };
}

/** Root, layer, nodes and edges, parents before children. @param graph sound, as `repairGraph` gives it. */
export function cellsOf(graph: DiagramGraph): XmlElement[] {
  const ids = idsFor(graph);
  const nodes = nodesById(graph.nodes);
  const parents = new Set(graph.nodes.flatMap(({ parent }) => parent ?? []));
  const depth = ({ id }: GraphNode): number => ancestorsOf(id, nodes).length;
  const ordered = graph.nodes.toSorted((a, b) => depth(a) - depth(b));
  return [
    element('mxCell', { id: '0' }),
    element('mxCell', { id: layer, parent: '0' }),
    ...ordered.flatMap((node) => nodeCells(node, nodes, parents.has(node.id), ids)),
    ...graph.edges.flatMap((edge) => edgeCells(edge, nodes, ids, graph.background)),
  ];
}

const originOf = (id: string | undefined, nodes: ReadonlyMap<string, GraphNode>): GraphPoint =>
  (id === undefined ? undefined : nodes.get(id)?.box) ?? { x: 0, y: 0 };

function vertex(id: string, parent: string, value: string, style: string, { x, y, width, height }: Rect) {
  const geometry = element('mxGeometry', { x, y, width, height, as: 'geometry' });
  return element('mxCell', { id, value: labelHtml(value), style, vertex: 1, parent }, [geometry]);
}

const within = (box: Rect, origin: GraphPoint): Rect => ({
  ...box,
  x: box.x - origin.x,
  y: box.y - origin.y,
});

function nodeCells(
  node: GraphNode,
  nodes: ReadonlyMap<string, GraphNode>,
  contains: boolean,
  ids: Ids,
): XmlElement[] {
  const parent = node.parent === undefined ? layer : ids.of(node.parent);
  const place = within(node.box, originOf(node.parent, nodes));
  const own = ids.of(node.id);
  return [vertex(own, parent, node.label, nodeStyle(node, contains), place), ...rowCells(node, own, ids)];
}

function rowCells(node: GraphNode, own: string, ids: Ids): XmlElement[] {
  return placedRows(node).flatMap(({ row, box, cells }, index) => {
    const id = ids.fresh(node.id, `row-${index + 1}`);
    const place = within(box, node.box);
    if (node.shape !== 'table') {
      const ruled = row.ruled === true && index > 0;
      return [vertex(id, own, row.cells.join(' '), memberStyle(node, ruled), place)];
    }
    const inside = cells.map((cell, column) =>
      vertex(ids.fresh(id, `${column + 1}`), id, cell.text, cellStyle(node), within(cell.box, box)),
    );
    return [vertex(id, own, '', rowStyle, place), ...inside];
  });
}

/** The nearest common ancestor, as the editor chooses it: a node around the other end is one, a loop's is its parent. */
function parentOfEdge({ from, to }: GraphEdge, nodes: ReadonlyMap<string, GraphNode>): string | undefined {
  if (from === undefined || to === undefined) return undefined;
  const around = from === to ? ancestorsOf(from, nodes) : [from, ...ancestorsOf(from, nodes)];
  const others = new Set([to, ...ancestorsOf(to, nodes)]);
  return around.find((id) => others.has(id));
}

function edgeCells(
  edge: GraphEdge,
  nodes: ReadonlyMap<string, GraphNode>,
  ids: Ids,
  page: DiagramGraph['background'],
): XmlElement[] {
  const parent = parentOfEdge(edge, nodes);
  const origin = originOf(parent, nodes);
  const point = (at: GraphPoint, as?: string): XmlElement =>
    element('mxPoint', { x: at.x - origin.x, y: at.y - origin.y, as });
  const way = edge.waypoints ?? [];
  const route = routeOf(edge, nodes);
  const geometry = element('mxGeometry', { ...labelPlace(edge, route), relative: 1, as: 'geometry' }, [
    ...(edge.from === undefined && edge.fromPoint ? [point(edge.fromPoint, 'sourcePoint')] : []),
    ...(edge.to === undefined && edge.toPoint ? [point(edge.toPoint, 'targetPoint')] : []),
    ...(way.length === 0
      ? []
      : [
          element(
            'Array',
            { as: 'points' },
            way.map((at) => point(at)),
          ),
        ]),
  ]);
  const own = ids.of(edge.id);
  return [
    element(
      'mxCell',
      {
        id: own,
        value: labelHtml(edge.label),
        style: edgeStyle(edge, connections(edge, nodes), page),
        edge: 1,
        parent: parent === undefined ? layer : ids.of(parent),
        source: edge.from === undefined ? undefined : ids.of(edge.from),
        target: edge.to === undefined ? undefined : ids.of(edge.to),
      },
      [geometry],
    ),
    ...endLabel(edge.fromLabel, -1, own, ids.fresh, edge.id),
    ...endLabel(edge.toLabel, 1, own, ids.fresh, edge.id),
  ];
}

/** Where the line leaves and enters, as shares of the boxes; only where that was measured or routed. */
function connections(edge: GraphEdge, nodes: ReadonlyMap<string, GraphNode>): Record<string, number> {
  const one = (name: 'exit' | 'entry', id: string | undefined, at: GraphPoint | undefined) => {
    const box = id === undefined ? undefined : nodes.get(id)?.box;
    if (box === undefined || at === undefined || box.width === 0 || box.height === 0) return {};
    const share = (value: number): number => Math.min(1, Math.max(0, Math.round(value * 1000) / 1000));
    return {
      [`${name}X`]: share((at.x - box.x) / box.width),
      [`${name}Y`]: share((at.y - box.y) / box.height),
      [`${name}Dx`]: 0,
      [`${name}Dy`]: 0,
      // The point is on the outline already.
      [`${name}Perimeter`]: 0,
    };
  };
  return { ...one('exit', edge.from, edge.fromPoint), ...one('entry', edge.to, edge.toPoint) };
}

/** draw.io's place of a label: from -1 to 1 along the edge, and pixels beside it. */
function labelPlace({ label, labelAt }: GraphEdge, route: readonly GraphPoint[]): { x?: number; y?: number } {
  if (label === '' || labelAt === undefined || lengthOf(route) === 0) return {};
  const { point, share, along } = nearestPlace(route, labelAt);
  const beside = (labelAt.x - point.x) * -along.y + (labelAt.y - point.y) * along.x;
  const x = Math.round((2 * share - 1) * 1000) / 1000;
  // Positive is to the left of the direction there.
  const y = -Math.round(beside);
  return { ...(x === 0 ? {} : { x }), ...(y === 0 ? {} : { y }) };
}

function endLabel(
  text: string | undefined,
  end: -1 | 1,
  edge: string,
  fresh: Ids['fresh'],
  id: string,
): XmlElement[] {
  if (text === undefined || text === '') return [];
  const style = 'edgeLabel;html=1;resizable=0;points=[];align=center;verticalAlign=middle;fontSize=11;';
  const geometry = element('mxGeometry', { x: end * 0.8, y: -10, relative: 1, as: 'geometry' });
  const name = fresh(id, end < 0 ? 'from' : 'to');
  return [
    element('mxCell', { id: name, value: labelHtml(text), style, vertex: 1, connectable: 0, parent: edge }, [
      geometry,
    ]),
  ];
}
