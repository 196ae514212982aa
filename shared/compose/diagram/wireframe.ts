/** UI tree → diagram: an editable wireframe of a screen, of plain shapes with the words in them. */
import type { DiagramGraph, GraphNode, MockupPart, NodeShape } from '../../diagram-graph.ts';
import { toHex } from '../../geometry.ts';
import { childrenOf, type UiKind, type UiNode, type UiTree, walk } from '../../ui-tree.ts';

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
    const words = wordsIn(node);
    const field = kind === 'input' || kind === 'textarea' || kind === 'select';
    const line =
      field || Object.keys(surface).length === 0 ? { stroke: [...grey] as [number, number, number] } : {};
    const wanted = kind === 'input' && searches.test(`${words} ${node.role ?? ''}`) ? 'search' : part;
    const mockup = wanted === undefined ? {} : { mockup: { part: wanted, ...corners } };
    const align = field ? ('left' as const) : ('center' as const);
    return { shape, label: words, box, ...line, ...surface, ...wordsStyle(node), align, ...mockup };
  }
  if (kind === 'divider')
    return { shape: 'rectangle', label: '', box, fill: [...(style.fill ?? style.color ?? grey)] };
  const text = ownText(node);
  const round = (style.radius ?? 0) > 0;
  const rounded = round ? 'rounded' : 'rectangle';
  const hasSurface = Object.keys(surface).length > 0;
  const panel = round && hasSurface ? { mockup: { part: 'panel' as const, ...corners } } : {};
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

/** The words of a text, line by line where the picture breaks it. */
function ownText({ text, runs, lines }: UiNode): string {
  if (lines !== undefined) return lines.join('\n');
  if (runs !== undefined && runs.length > 0) return runs.map((run) => run.text).join('');
  return text ?? '';
}

/** The words of a control: its own, else those in it. */
function wordsIn(node: UiNode): string {
  return [...walk(node)]
    .map(ownText)
    .filter((text) => text !== '')
    .join(' ');
}

function surfaceOf({ style = {} }: UiNode): Pick<GraphNode, 'fill' | 'stroke'> {
  const { fill, gradient, border = {} } = style;
  const color = fill ?? gradient?.from;
  const side = [border.top, border.left, border.right, border.bottom].find((one) => (one?.width ?? 0) > 0);
  return {
    ...(color === undefined ? {} : { fill: color }),
    ...(side === undefined ? {} : { stroke: side.color }),
  };
}

function wordsStyle(node: UiNode): Pick<GraphNode, 'textColor' | 'fontSize' | 'bold'> {
  const styled = [...walk(node)].find(({ style }) => style?.font !== undefined)?.style;
  if (styled?.font === undefined) return {};
  const { color, fill, font } = styled;
  const seen = color !== undefined && (fill === undefined || toHex(color) !== toHex(fill));
  return {
    fontSize: Math.round(font.size),
    ...(font.weight >= 600 ? { bold: true } : {}),
    ...(seen ? { textColor: color } : {}),
  };
}
