/** UI tree → diagram: an editable wireframe of a screen, of plain shapes with the words in them. */
import {
  type BoxSide,
  boxSides,
  type DiagramGraph,
  type GraphNode,
  type MockupPart,
  type NodeShape,
} from '../../diagram-graph.ts';
import { childrenOf, type UiKind, type UiNode, type UiTree } from '../../ui-tree.ts';
import { type TableRow, tableOf } from './wireframe-table.ts';
import { ownText, secretWords, wordsIn, wordsStyle } from './wireframe-words.ts';

/** Kinds that are cut out of the picture. */
const pictures: readonly UiKind[] = ['image', 'icon', 'chart', 'avatar', 'video', 'map'];

/** Kinds that are one shape with their words in it. */
const controls: Readonly<Partial<Record<UiKind, readonly [shape: NodeShape, part?: MockupPart]>>> = {
  button: ['rounded', 'button'],
  badge: ['rounded', 'panel'],
  input: ['rectangle', 'field'],
  textarea: ['rectangle', 'field'],
  select: ['rectangle', 'select'],
};

/** Kinds that are a mark with words beside it. */
const marks: Readonly<Partial<Record<UiKind, readonly [shape: NodeShape, part: MockupPart]>>> = {
  checkbox: ['rectangle', 'checkbox'],
  radio: ['ellipse', 'radio'],
  switch: ['rounded', 'switch'],
};

/** What stands for a picture that could not be cut out. */
const stands: Readonly<Partial<Record<UiKind, MockupPart>>> = {
  avatar: 'avatar',
  video: 'video',
  map: 'map',
};

const searches = /\b(?:search|find)\b|搜索|搜尋|検索|검색|поиск|suche|rechercher|buscar|cerca/iu;

/** Of fields and switches that show no line of their own. */
const grey = [136, 136, 136] as const;

/** @returns a graph in CSS pixels whose picture nodes have no picture yet. */
export function wireframeGraph(tree: UiTree): DiagramGraph {
  const nodes: GraphNode[] = [];
  const add = (node: Omit<GraphNode, 'id'>, parent: string | undefined): string => {
    const id = `u${nodes.length + 1}`;
    nodes.push({ ...node, id, ...(parent === undefined ? {} : { parent }) });
    return id;
  };
  const visit = (node: UiNode, parent: string | undefined): void => {
    const table = tableOf(node);
    if (table !== undefined) {
      addTable(node, table, parent);
      return;
    }
    const progress = progressOf(node);
    if (progress !== undefined) {
      add(progress, parent);
      return;
    }
    const own = shapeOf(node);
    if (own !== undefined) {
      const id = add(own, parent);
      // A control's words are its own already.
      if (node.kind in controls) return;
      for (const child of childrenOf(node))
        visit(child, own.shape === 'text' || own.shape === 'image' ? parent : id);
      return;
    }
    for (const child of childrenOf(node)) visit(child, parent);
  };
  const addTable = (node: UiNode, rows: readonly TableRow[], parent: string | undefined): void => {
    const table = add({ ...plainPart('table', node.box), ...surfaceOf(node) }, parent);
    for (const row of rows) {
      const { stroke, ...surface } = surfaceOf(row.node);
      const id = add({ ...plainPart('row', row.box), ...surface }, table);
      const across = sidesOf(row.node).filter((side) => side === 'top' || side === 'bottom');
      for (const { node: cell, box, words } of row.cells) {
        const own = sidesOf(cell);
        const lines = own.length > 0 || stroke === undefined ? {} : { stroke };
        const style = { ...lines, ...surfaceOf(cell), ...(words ? wordsStyle(words.node) : {}) };
        const sides = [...new Set([...own, ...across])];
        const mockup = { part: 'cell', sides, inset: words?.inset ?? 0 } as const;
        const label = words === undefined ? '' : ownText(words.node);
        const align = words?.align ?? 'left';
        const place = add({ shape: 'rectangle', label, box, ...style, align, mockup }, id);
        if (words === undefined) for (const child of childrenOf(cell)) visit(child, place);
      }
    }
  };
  for (const child of childrenOf(tree.root)) visit(child, undefined);
  return {
    kind: 'wireframe',
    width: tree.width,
    height: tree.height,
    background: tree.background,
    nodes,
    edges: [],
  };
}

/** Undefined for what only groups others. */
function shapeOf(node: UiNode): Omit<GraphNode, 'id'> | undefined {
  const { kind, box, style = {} } = node;
  if (box.width < 1 || box.height < 1) return undefined;
  const corners = style.radius === undefined ? {} : { radius: style.radius };
  if (pictures.includes(kind)) {
    const part = stands[kind];
    const mockup = part === undefined ? {} : { mockup: { part } };
    return { shape: 'image', label: '', box, stroke: [...grey], ...mockup };
  }
  const surface = surfaceOf(node);
  const mark = marks[kind];
  if (mark !== undefined) {
    const [shape, part] = mark;
    const mockup = { part, on: node.state === 'checked', ...corners };
    return { shape, label: '', box, stroke: [...grey], ...surface, mockup };
  }
  const control = controls[kind];
  if (control !== undefined) {
    const [shape, part] = control;
    const words = node.state === 'secret' ? secretWords(node) : wordsIn(node);
    const field = kind === 'input' || kind === 'textarea' || kind === 'select';
    const line =
      field || Object.keys(surface).length === 0 ? { stroke: [...grey] as [number, number, number] } : {};
    const wanted = kind === 'input' && searches.test(`${words} ${node.role ?? ''}`) ? 'search' : part;
    const mockup = wanted === undefined ? {} : { mockup: { part: wanted, ...corners, ...linesOf(node) } };
    const align = field ? ('left' as const) : ('center' as const);
    return { shape, label: words, box, ...line, ...surface, ...wordsStyle(node), align, ...mockup };
  }
  if (kind === 'divider')
    return { shape: 'rectangle', label: '', box, fill: [...(style.fill ?? style.color ?? grey)] };
  const text = ownText(node);
  const round = (style.radius ?? 0) > 0;
  const rounded = round ? 'rounded' : 'rectangle';
  const hasSurface = Object.keys(surface).length > 0;
  const lines = linesOf(node);
  const isPanel = hasSurface && (round || lines.sides !== undefined);
  const panel = isPanel ? { mockup: { part: 'panel' as const, ...corners, ...lines } } : {};
  if (text === '') return hasSurface ? { shape: rounded, label: '', box, ...surface, ...panel } : undefined;
  return {
    shape: hasSurface ? rounded : 'text',
    label: text,
    box,
    ...surface,
    ...wordsStyle(node),
    align: style.align ?? 'left',
    ...panel,
  };
}

/** The sides with a line, where some have none. */
function linesOf(node: UiNode): { sides?: BoxSide[] } {
  const sides = sidesOf(node);
  return sides.length === 0 || sides.length === boxSides.length ? {} : { sides };
}

const sidesOf = ({ style: { border = {} } = {} }: UiNode): BoxSide[] =>
  boxSides.filter((side) => (border[side]?.width ?? 0) > 0);

/** A node that shows nothing but its surface. */
const plainPart = (part: MockupPart, box: GraphNode['box']): Omit<GraphNode, 'id'> => ({
  shape: 'rectangle',
  label: '',
  box,
  mockup: { part },
});

/** A long flat bar with a shorter one at its beginning. */
function progressOf(node: UiNode): Omit<GraphNode, 'id'> | undefined {
  const { box, style } = node;
  const [bar, ...others] = childrenOf(node);
  if (bar === undefined || others.length > 0 || childrenOf(bar).length > 0 || ownText(bar) !== '')
    return undefined;
  const isFlat = box.height >= 3 && box.height <= highestProgress && box.width >= 6 * box.height;
  const isWithin =
    Math.abs(bar.box.x - box.x) <= 2 &&
    Math.abs(bar.box.y - box.y) <= 2 &&
    Math.abs(bar.box.height - box.height) <= 3 &&
    bar.box.width < box.width;
  const [track, done] = [style?.fill, bar.style?.fill];
  if (!isFlat || !isWithin || track === undefined || done === undefined) return undefined;
  return {
    ...plainPart('progress', box),
    shape: 'rounded',
    fill: track,
    mockup: { part: 'progress', share: bar.box.width / box.width, bar: done },
  };
}

/** Pixels; draw.io's own bar is 10 high, whatever its box. */
const highestProgress = 16;

function surfaceOf({ style = {} }: UiNode): Pick<GraphNode, 'fill' | 'stroke'> {
  const { fill, gradient, border = {} } = style;
  const color = fill ?? gradient?.from;
  const side = [border.top, border.left, border.right, border.bottom].find((one) => (one?.width ?? 0) > 0);
  return {
    ...(color === undefined ? {} : { fill: color }),
    ...(side === undefined ? {} : { stroke: side.color }),
  };
}
