/** Tables: measured columns in per cent, row heights, and their own scrolling where they have no room. */
import { bottom, type Rect, right, unionOf } from '../../geometry.ts';
import { childrenOf, type UiNode } from '../../ui-tree.ts';
import type { CompileContext } from './context.ts';
import { createElement, type HtmlElement } from './element.ts';
import { inlineContent } from './leaf.ts';
import { anyWraps, gapsAcross, isText } from './traits.ts';
import { borderEdges, px, sides, surfaceDeclarations, textDeclarations } from './values.ts';

/** Where the contents of a column stand in their cells. */
function columnAlign(boxes: readonly Rect[], x: number, next: number): 'left' | 'center' | 'right' {
  if (boxes.length < 2) return 'left';
  const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
  const lefts = spread(boxes.map((box) => box.x));
  const rights = spread(boxes.map(right));
  const middles = spread(boxes.map((box) => box.x + box.width / 2));
  const middle = boxes.reduce((sum, box) => sum + box.x + box.width / 2, 0) / boxes.length;
  const inTheMiddle = Math.abs(middle - (x + next) / 2) < 0.06 * (next - x) + 2;
  if (inTheMiddle && middles <= 4 && lefts > 3) return 'center';
  if (lefts <= 3) return 'left';
  if (rights <= 3) return 'right';
  return lefts <= rights ? 'left' : 'right';
}

/** Cells of one row with the column that each starts in. */
function columnsOf(row: UiNode): { cell: UiNode; column: number }[] {
  let column = 0;
  return childrenOf(row).map((cell) => {
    const at = column;
    column += cell.span ?? 1;
    return { cell, column: at };
  });
}

interface Column {
  readonly align: 'left' | 'center' | 'right';
  /** From the cell's edge to its content, in pixels. */
  readonly inset: number;
}

function columnOf(rows: readonly UiNode[], column: number, x: number, next: number): Column {
  const contents = rows.flatMap((row) =>
    columnsOf(row)
      .filter((entry) => entry.column === column && entry.cell.span === undefined)
      .map(({ cell }) => childrenOf(cell).map((child) => child.box))
      .filter((boxes) => boxes.length > 0),
  );
  const boxes = contents.map((content) => unionOf(content));
  const align = columnAlign(boxes, x, next);
  if (boxes.length === 0 || align === 'center') return { align, inset: 0 };
  const inset =
    align === 'right' ? next - Math.max(...boxes.map(right)) : Math.min(...boxes.map((box) => box.x)) - x;
  return { align, inset: Math.max(0, inset) };
}

/** How the content of a cell stands in it: as its column, but for what is wider or keeps to the left. */
function placeIn(cell: UiNode, column: Column = { align: 'left', inset: 0 }): Column {
  const content = childrenOf(cell);
  const [first] = content;
  if (first === undefined) return column;
  const box = unionOf(content.map((child) => child.box));
  const left = Math.max(0, box.x - cell.box.x);
  const rest = Math.max(0, right(cell.box) - right(box));
  if (cell.span !== undefined) {
    const centred = Math.abs(left - rest) <= 3 && left > 12 && !anyWraps(first);
    return centred ? { align: 'center', inset: 0 } : { align: 'left', inset: left };
  }
  const strays =
    column.align === 'right'
      ? rest > column.inset + 6
      : column.align === 'center' && Math.abs(left - rest) > 6;
  return strays || (column.align === 'right' && content.some(anyWraps))
    ? { align: 'left', inset: left }
    : column;
}

/** Width below which single lines in the table's cells would break, in pixels; at most its own. */
function leastWidth(rows: readonly UiNode[], tracks: readonly number[]): number {
  const total = (tracks[tracks.length - 1] ?? 0) - (tracks[0] ?? 0);
  const needs = rows.flatMap(columnsOf).map(({ cell, column }) => {
    const content = childrenOf(cell);
    if (content.length === 0 || cell.span !== undefined) return 0;
    const { x, width } = unionOf(content.map((child) => child.box));
    const inset = Math.min(x - cell.box.x, right(cell.box) - x - width);
    const around = Math.max(12, Math.min(24, inset) + 4);
    const share = ((tracks[column + 1] ?? 0) - (tracks[column] ?? 0)) / Math.max(1, total);
    return ((content.some(anyWraps) ? Math.min(width, 160) : width) + around) / Math.max(0.02, share);
  });
  return Math.round(Math.min(total, Math.max(0, ...needs)));
}

type Compile = (node: UiNode) => HtmlElement;

function fillCell(
  td: HtmlElement,
  cell: UiNode,
  align: Column['align'],
  context: CompileContext,
  compile: Compile,
): void {
  const content = childrenOf(cell);
  const [only] = content;
  if (content.length === 1 && only !== undefined && isText(only) && only.kind !== 'link') {
    Object.assign(td.styles.base, textDeclarations(only.style ?? {}, context.defaults));
    td.children = inlineContent(only, context);
    return;
  }
  const beside = content.length > 1 && gapsAcross(content).every((gap) => gap >= -2);
  const compiled = content.map((child) => {
    const element = compile(child);
    if (beside) return element;
    if (align === 'right') element.styles.base['margin-left'] = 'auto';
    if (align === 'center') element.styles.base['margin-inline'] = 'auto';
    if (align !== 'left' || child.kind === 'badge' || child.kind === 'button')
      element.styles.base['width'] ??= 'fit-content';
    return element;
  });
  if (!beside) {
    content.forEach((child, index) => {
      const gap = child.box.y - bottom(content[index - 1]?.box ?? child.box);
      const element = compiled[index];
      if (index > 0 && element !== undefined && Math.abs(gap) > 0.5)
        element.styles.base['margin-top'] = px(gap);
    });
    td.children = compiled;
    return;
  }
  const line = createElement('div', 'cell-row', compiled);
  const gaps = gapsAcross(content);
  line.styles.base = { display: 'flex', 'align-items': 'center', gap: px(Math.max(0, Math.min(...gaps))) };
  if (align === 'right') line.styles.base['justify-content'] = 'flex-end';
  if (align === 'center') line.styles.base['justify-content'] = 'center';
  td.children = [line];
}

/** What stands above or below the rows. */
function captionElement(caption: UiNode, box: Rect, compile: Compile): HtmlElement {
  const element = createElement('caption', 'table-caption', [compile(caption)]);
  const below = caption.box.y > box.y;
  Object.assign(element.styles.base, {
    'caption-side': below ? 'bottom' : 'top',
    'text-align': 'left',
    padding: below
      ? sides(caption.box.y - bottom(box), 0, 0, caption.box.x - box.x)
      : sides(0, 0, box.y - bottom(caption.box), caption.box.x - box.x),
  });
  return element;
}

/** Fills in `<table>`, its head and its body. */
export function tableElement(
  node: UiNode,
  name: string,
  context: CompileContext,
  compile: Compile,
): HtmlElement {
  const rows = childrenOf(node).filter((child) => child.kind === 'table-row');
  const captions = childrenOf(node).filter((child) => child.kind !== 'table-row');
  const frame = borderEdges(node.style);
  // The outer cells stand inside the table's own border.
  const tracks = (node.tracks ?? [node.box.x, right(node.box)]).map((edge) =>
    Math.min(Math.max(edge, node.box.x + frame.left), right(node.box) - frame.right),
  );
  const heightOf = ({ box }: UiNode): number =>
    Math.min(bottom(box), bottom(node.box) - frame.bottom) - Math.max(box.y, node.box.y + frame.top);
  const count = tracks.length - 1;
  const total = Math.max(1, (tracks[count] ?? 1) - (tracks[0] ?? 0));
  const columns = Array.from({ length: count }, (_, column) =>
    columnOf(rows, column, tracks[column] ?? 0, tracks[column + 1] ?? 0),
  );
  const framed = rows.some((row) =>
    childrenOf(row).some((cell) => Object.keys(cell.style?.border ?? {}).length >= 3),
  );
  const table = createElement('table', name);
  table.styles.base = {
    width: '100%',
    'table-layout': 'fixed',
    'border-collapse': framed ? 'collapse' : 'separate',
    ...(framed ? {} : { 'border-spacing': '0' }),
  };
  const least = leastWidth(rows, tracks);
  if (least > 260) table.styles.relaxed['min-width'] = px(least);
  Object.assign(table.styles.base, surfaceDeclarations(node.style));
  const percent = (width: number): string => `${Math.round((width / total) * 1e4) / 100}%`;
  // A first row whose cells span columns does not tell how wide each is.
  const spanned = childrenOf(rows[0] ?? node).some((cell) => cell.span !== undefined);
  const columnElement = (_: unknown, column: number): HtmlElement => {
    const element = createElement('col', 'table-column');
    element.styles.base = { width: percent((tracks[column + 1] ?? 0) - (tracks[column] ?? 0)) };
    return element;
  };
  const rowElement = (row: UiNode, index: number, head: boolean): HtmlElement => {
    const element = createElement('tr', head ? 'table-head-row' : 'table-row');
    element.styles.base = surfaceDeclarations({ ...(row.style?.fill && { fill: row.style.fill }) });
    element.children = columnsOf(row).map(({ cell, column }) => {
      const { align, inset } = placeIn(cell, columns[column]);
      const td = createElement(head ? 'th' : 'td', head ? 'table-heading' : 'table-cell');
      const base = td.styles.base;
      const border = { ...cell.style?.border, ...row.style?.border };
      Object.assign(base, { height: px(heightOf(row)) }, surfaceDeclarations({ ...cell.style, border }));
      if (index === 0 && !spanned) base['width'] = percent(cell.box.width);
      if (align !== 'left') base['text-align'] = align;
      const edge = borderEdges({ border });
      const padding =
        align === 'right'
          ? sides(0, inset - edge.right, 0, 0)
          : align === 'center'
            ? '0'
            : sides(0, 0, 0, inset - edge.left);
      if (padding !== '0') base['padding'] = padding;
      if (cell.span !== undefined) td.attributes['colspan'] = `${cell.span}`;
      fillCell(td, cell, align, context, compile);
      const boxes = childrenOf(cell).map((child) => child.box);
      if (boxes.length > 0) {
        const content = unionOf(boxes);
        const off = content.y + content.height / 2 - (cell.box.y + (cell.box.height - edge.bottom) / 2);
        if (off < -6)
          Object.assign(base, {
            'vertical-align': 'top',
            'padding-top': px(Math.max(0, content.y - cell.box.y)),
          });
        // Half of it goes to either side of what stands in the middle.
        else if (Math.abs(off) >= 0.8)
          base[off > 0 ? 'padding-top' : 'padding-bottom'] = px(2 * Math.abs(off));
      }
      return td;
    });
    return element;
  };
  const headed = node.state === 'headed';
  const head = headed ? rows.slice(0, 1) : [];
  const body = headed ? rows.slice(1) : rows;
  table.children = [
    ...captions.map((caption) => captionElement(caption, node.box, compile)),
    ...(spanned ? [createElement('colgroup', '', columns.map(columnElement))] : []),
    ...(headed
      ? [
          createElement(
            'thead',
            '',
            head.map((row) => rowElement(row, 0, true)),
          ),
        ]
      : []),
    createElement(
      'tbody',
      '',
      body.map((row, index) => rowElement(row, index + head.length, false)),
    ),
  ];
  if (least <= 260) return table;
  // Reached by keyboard too, since what scrolls may hold nothing that takes the focus.
  const scroller = createElement('div', `${name}-scroll`, [table]);
  Object.assign(scroller.attributes, { role: 'region', tabindex: '0', 'aria-label': 'Table' });
  scroller.styles.relaxed['overflow-x'] = 'auto';
  return scroller;
}
