/** Tables: measured columns in per cent, row heights, and their own scrolling where they have no room. */
import { right, unionOf } from '../../geometry.ts';
import { childrenOf, type UiNode } from '../ui-tree.ts';
import type { CompileContext } from './context.ts';
import { createElement, type HtmlElement } from './element.ts';
import { inlineContent } from './leaf.ts';
import { isText } from './traits.ts';
import { borderEdges, px, surfaceDeclarations, textDeclarations } from './values.ts';

type Compile = (node: UiNode) => HtmlElement;

/** Where the contents of a column stand in their cells. */
function columnAlign(
  rows: readonly UiNode[],
  column: number,
  x: number,
  next: number,
): 'left' | 'center' | 'right' {
  const boxes = rows.flatMap((row) => {
    const content = childrenOf(childrenOf(row)[column] ?? row).map((child) => child.box);
    return content.length > 0 && childrenOf(row)[column] !== undefined ? [unionOf(content)] : [];
  });
  if (boxes.length < 2) return 'left';
  const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
  const [lefts, rights, middles] = [
    spread(boxes.map((box) => box.x)),
    spread(boxes.map(right)),
    spread(boxes.map((box) => box.x + box.width / 2)),
  ];
  if (lefts <= 3) return 'left';
  if (rights <= 3) return 'right';
  const middle = boxes.reduce((sum, box) => sum + box.x + box.width / 2, 0) / boxes.length;
  return middles <= 4 && Math.abs(middle - (x + next) / 2) < 0.2 * (next - x)
    ? 'center'
    : lefts <= rights
      ? 'left'
      : 'right';
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Fills in `<table>`, its head and its body. */
export function tableElement(
  node: UiNode,
  name: string,
  context: CompileContext,
  compile: Compile,
): HtmlElement {
  const rows = childrenOf(node);
  const tracks = node.tracks ?? [];
  const count = tracks.length - 1;
  const total = (tracks[count] ?? 1) - (tracks[0] ?? 0);
  const aligns = Array.from({ length: count }, (_, column) =>
    columnAlign(rows, column, tracks[column] ?? 0, tracks[column + 1] ?? 0),
  );
  const insets = Array.from({ length: count }, (_, column) => {
    const boxes = rows.flatMap((row) =>
      childrenOf(childrenOf(row)[column] ?? row)
        .slice(0, 1)
        .map((child) => child.box),
    );
    const [x, next] = [tracks[column] ?? 0, tracks[column + 1] ?? 0];
    if (aligns[column] === 'right') return Math.max(0, next - Math.max(...boxes.map(right)));
    return aligns[column] === 'center' ? 0 : Math.max(0, Math.min(...boxes.map((box) => box.x)) - x);
  });
  const table = createElement('table', name);
  table.styles.base = {
    width: '100%',
    'border-collapse': 'separate',
    'border-spacing': '0',
    'table-layout': 'fixed',
  };
  if (total > 480) table.styles.relaxed['min-width'] = px(Math.min(total, Math.max(460, 96 * count)));
  const rowElement = (row: UiNode, head: boolean): HtmlElement => {
    const element = createElement('tr', head ? 'table-head-row' : 'table-row');
    const surface = surfaceDeclarations({ ...(row.style?.fill && { fill: row.style.fill }) });
    const border = surfaceDeclarations({ ...(row.style?.border && { border: row.style.border }) });
    element.styles.base = surface;
    element.children = childrenOf(row).map((cell, column) => {
      const content = childrenOf(cell);
      const [only] = content;
      const align = aligns[column] ?? 'left';
      const inset = insets[column] ?? 0;
      const td = createElement(head ? 'th' : 'td', head ? 'table-heading' : 'table-cell');
      const width = (tracks[column + 1] ?? 0) - (tracks[column] ?? 0);
      const base: HtmlElement['styles']['base'] = { height: px(row.box.height), ...border };
      if (head) base['width'] = `${Math.round((width / total) * 1e4) / 100}%`;
      if (align !== 'left') base['text-align'] = align;
      base['padding'] =
        align === 'right' ? `0 ${px(inset)} 0 0` : align === 'center' ? '0' : `0 0 0 ${px(inset)}`;
      if (content.length === 1 && only !== undefined && isText(only) && only.kind !== 'link') {
        Object.assign(base, textDeclarations(only.style ?? {}, context.defaults));
        td.children = inlineContent(only, context);
      } else {
        td.children = content.map((child) => {
          const compiled = compile(child);
          if (align === 'right') compiled.styles.base['margin-left'] = 'auto';
          if (align === 'center') compiled.styles.base['margin-inline'] = 'auto';
          if (align !== 'left' || child.kind === 'badge' || child.kind === 'button')
            compiled.styles.base['width'] ??= 'fit-content';
          return compiled;
        });
      }
      const middle =
        mean(content.map((child) => child.box.y + child.box.height / 2)) -
        (row.box.y + (row.box.height - borderEdges(row.style).bottom) / 2);
      if (content.length > 0 && Math.abs(middle) > 1) base['vertical-align'] = middle < -6 ? 'top' : 'middle';
      td.styles.base = base;
      return td;
    });
    return element;
  };
  const [head, ...body] = rows;
  table.children = [
    createElement('thead', '', head === undefined ? [] : [rowElement(head, true)]),
    createElement(
      'tbody',
      '',
      body.map((row) => rowElement(row, false)),
    ),
  ];
  return table;
}
