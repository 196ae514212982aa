/** A grid with lines of its own, whose children span them: what is neither rows nor columns alone. */
import { bottom, type Rect, right } from '../../geometry.ts';
import { childrenOf, type UiNode } from '../../ui-tree.ts';
import { type HtmlElement, hasSpring } from './element.ts';
import { hugs, isOneLine, isPicture, isText, paints } from './traits.ts';
import { borderEdges, px, sides } from './values.ts';

/** Distances that are still a measuring error, in pixels. */
const slack = 2;
/** Narrower columns keep their width where the page is narrower, in pixels. */
const fixedColumn = 96;
/** Lines of columns this close are one, in pixels. */
const leastColumn = 6;
/** A container this narrow need not be laid out anew on a phone, in pixels. */
const phoneRoom = 330;

/** y of the lines that rows start on: a thing starts a new one if something of the row before has ended above it. */
function rowLines(children: readonly UiNode[]): number[] {
  const lines: number[] = [];
  let ended = Number.POSITIVE_INFINITY;
  for (const { box } of [...children].sort((a, b) => a.box.y - b.box.y)) {
    if (lines.length === 0 || box.y >= ended - slack) {
      lines.push(box.y);
      ended = bottom(box);
    } else ended = Math.min(ended, bottom(box));
  }
  return lines;
}

/** Lines [from, to) that a stretch covers, counted from 1 as CSS does. */
function span(lines: readonly number[], from: number, to: number): [number, number] {
  const first = Math.max(
    0,
    lines.findLastIndex((line) => line <= from + 2 * slack),
  );
  const last = Math.max(
    first,
    lines.findLastIndex((line) => line < to - slack),
  );
  return [first + 1, last + 2];
}

function columnsText(starts: readonly number[], end: number): string {
  const widths = starts.map((start, index) => (starts[index + 1] ?? end) - start);
  const widest = Math.max(...widths);
  return widths
    .map((width) =>
      width < fixedColumn && width < widest ? px(width) : `minmax(0, ${Math.max(1, Math.round(width))}fr)`,
    )
    .join(' ');
}

/** Writes the grid into `element` and compiles its children; `node.tracks` holds where its columns start. */
export function layAreas(
  element: HtmlElement,
  node: UiNode,
  box: Rect,
  compile: (node: UiNode, box: Rect) => HtmlElement,
): void {
  const children = childrenOf(node);
  const edge = borderEdges(node.style);
  const inner = {
    x: box.x + edge.left,
    y: box.y + edge.top,
    right: right(box) - edge.right,
    bottom: bottom(box) - edge.bottom,
  };
  const least = Math.min(...children.map((child) => child.box.x));
  const starts = [...new Set([least, ...(node.tracks ?? []).slice(0, -1)])]
    .filter((x) => Number.isFinite(x) && x >= least && x < inner.right - slack)
    .sort((a, b) => a - b);
  // Text begins a little before its ink, where the tracks were measured: no column is that narrow.
  const apart = starts.filter((x, index) => index === 0 || x - (starts[index - 1] ?? x) > leastColumn);
  const columns = apart.length > 0 ? apart : [inner.x];
  const rows = rowLines(children);
  const lowest = Math.max(...children.map((child) => bottom(child.box)));
  const base = element.styles.base;
  const furthest = Math.max(...children.map((child) => right(child.box)));
  const left = Math.max(0, (columns[0] ?? inner.x) - inner.x);
  const rest = Math.min(Math.max(0, inner.right - furthest), paints(node) ? left + 4 : 0);
  const end = inner.right - rest;
  Object.assign(base, {
    display: 'grid',
    'grid-template-columns': columnsText(columns, end),
    'grid-template-rows': rows
      .map((line, index) => {
        const next = rows[index + 1];
        return next === undefined ? 'auto' : `minmax(${px(next - line)}, auto)`;
      })
      .join(' '),
    'align-items': 'start',
  });
  const padding = sides((rows[0] ?? inner.y) - inner.y, rest, inner.bottom - lowest, left);
  if (padding !== '0') base['padding'] = padding;
  const folds = inner.right - inner.x > phoneRoom;
  if (folds)
    Object.assign(element.styles.collapsed, {
      'grid-template-columns': 'minmax(0, 1fr)',
      'grid-template-rows': 'none',
      gap: '12px',
    });
  element.children = children.map((child) => {
    const compiled = compile(child, child.box);
    const own = compiled.styles.base;
    const [column, nextColumn] = span(columns, child.box.x, right(child.box));
    const [row, nextRow] = span(rows, child.box.y, bottom(child.box));
    own['grid-area'] = `${row} / ${column} / ${nextRow} / ${nextColumn}`;
    const atEnd = Math.abs(end - right(child.box)) <= slack + 0.5;
    const indent = child.box.x - (columns[column - 1] ?? child.box.x);
    const room = (columns[nextColumn - 1] ?? end) - child.box.x;
    const fills =
      !isText(child) && !isPicture(child) && Math.abs(room - child.box.width) <= slack && indent < 1;
    if (!fills) {
      own['justify-self'] = atEnd && column > 1 ? 'end' : 'start';
      if (!isText(child) && (!hugs(child) || hasSpring(compiled)) && own['width'] === undefined)
        Object.assign(own, { width: px(child.box.width), 'max-width': '100%' });
      if (indent > 0.5 && own['justify-self'] === 'start') own['margin-left'] = px(indent);
    }
    if (isText(child) && isOneLine(child)) compiled.styles.wide['white-space'] = 'nowrap';
    const below = child.box.y - (rows[row - 1] ?? child.box.y);
    if (below > 0.5) own['margin-top'] = px(below);
    // Line boxes may reach into each other a little; the rows keep their places.
    const over = bottom(child.box) - (rows[nextRow - 1] ?? Number.POSITIVE_INFINITY);
    if (over > 0.2) own['margin-bottom'] = px(-over);
    if (folds) {
      Object.assign(compiled.styles.collapsed, { 'grid-area': 'auto' });
      if (own['margin-top'] !== undefined) compiled.styles.collapsed['margin-top'] = '0';
      if (own['margin-bottom'] !== undefined) compiled.styles.collapsed['margin-bottom'] = '0';
      if (own['margin-left'] !== undefined) compiled.styles.collapsed['margin-left'] = '0';
    }
    return compiled;
  });
}
