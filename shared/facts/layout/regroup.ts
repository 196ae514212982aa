/** After the cut: flattens needless nesting and finds grids of equal cells and tables. */
import { bottom, right, unionOf } from '../../geometry.ts';
import { alike } from './signature.ts';
import type { LayoutGroup, LayoutNode, RuleItem } from './tree.ts';

const plain = (node: LayoutNode): node is LayoutGroup =>
  node.kind === 'group' && node.surface === undefined && node.backdrop === undefined;

const close = (a: number, b: number, slack: number): boolean => Math.abs(a - b) <= slack;

/** Columns in columns dissolve unless they repeat or are large sections. */
function flattenColumns(group: LayoutGroup, pageHeight: number): LayoutGroup {
  if (group.flow !== 'column') return group;
  const inner = group.children.filter(
    (child): child is LayoutGroup => plain(child) && child.flow === 'column',
  );
  if (inner.length === 0) return group;
  const keep = (child: LayoutGroup): boolean => {
    if (child.box.height >= 0.25 * pageHeight && child.children.length >= 3) return true;
    return inner.length >= 2 && inner.some((other) => other !== child && alike([other, child], 0.75));
  };
  const children = group.children.flatMap((child) =>
    plain(child) && child.flow === 'column' && !keep(child) ? child.children : [child],
  );
  return { ...group, children };
}

/** Rows of equal tracks below each other become one grid. */
function asGrid(group: LayoutGroup): LayoutGroup {
  const rows = group.flow === 'row' ? [group] : group.flow === 'column' ? group.children : [];
  if (rows.length === 0 || !rows.every((row): row is LayoutGroup => plain(row) && row.flow === 'row'))
    return group;
  const first = rows[0];
  if (first === undefined) return group;
  const columns = Math.max(...rows.map((row) => row.children.length));
  if (columns < 2 || first.children.length !== columns) return group;
  const widths = first.children.map((cell) => cell.box.width);
  const width = Math.max(...widths);
  const cellsAreBoxes = rows.every((row) =>
    row.children.every(
      (cell) =>
        cell.kind === 'picture' || (cell.kind === 'group' && (cell.surface ?? cell.backdrop) !== undefined),
    ),
  );
  const equal = rows.every((row, index) => {
    const last = index === rows.length - 1;
    if (row.children.length !== columns && !(last && row.children.length < columns)) return false;
    return row.children.every(
      (cell, at) =>
        close(cell.box.x, first.children[at]?.box.x ?? -99, 3) &&
        close(cell.box.width, width, Math.max(3, 0.02 * width)),
    );
  });
  const cells = rows.flatMap((row) => [...row.children]);
  if (!cellsAreBoxes || !equal || width < 72 || !alike(cells, 0.4)) return group;
  return { ...group, flow: 'grid', columns, children: cells };
}

interface Columns {
  readonly left: number;
  readonly right: number;
}

function overlapsColumn(node: LayoutNode, column: Columns): boolean {
  return node.box.x < column.right && right(node.box) > column.left;
}

/** The common columns of rows of cells, or none where a cell lies in two of them. */
function commonColumns(rows: readonly (readonly LayoutNode[])[]): Columns[] | undefined {
  const cells = rows.flat().sort((a, b) => a.box.x - b.box.x);
  const columns: { left: number; right: number }[] = [];
  for (const cell of cells) {
    const last = columns[columns.length - 1];
    if (last !== undefined && cell.box.x < last.right - 1) last.right = Math.max(last.right, right(cell.box));
    else columns.push({ left: cell.box.x, right: right(cell.box) });
  }
  const single = rows.every((row) =>
    columns.every((column) => row.filter((cell) => overlapsColumn(cell, column)).length <= 1),
  );
  return single ? columns : undefined;
}

const cellsOf = (row: LayoutNode): readonly LayoutNode[] =>
  row.kind === 'group' && row.flow === 'row' && row.backdrop === undefined
    ? row.children.flatMap((cell) => (plain(cell) && cell.flow === 'row' ? unpack(cell) : [cell]))
    : [row];

/** The cut may have put neighbouring cells in one row of their own. */
function unpack(cell: LayoutGroup): readonly LayoutNode[] {
  const wide = cell.children.some(
    (child, index) => index > 0 && child.box.x - right(cell.children[index - 1]?.box ?? child.box) > 18,
  );
  return wide ? cell.children : [cell];
}

/** Rows on common columns become a table. Rules between them become the rows' borders. */
function asTable(group: LayoutGroup): LayoutGroup {
  if (group.flow !== 'column') return group;
  const rules = group.children.filter((child): child is RuleItem => child.kind === 'rule');
  const rows = group.children.filter((child) => child.kind !== 'rule');
  if (rows.length < 3) return group;
  const cells = rows.map(cellsOf);
  const count = Math.max(...cells.map((row) => row.length));
  if (count < 3 && !(count === 2 && rules.length >= rows.length - 2 && rows.length >= 4)) return group;
  if (cells.filter((row) => row.length >= count - 1).length < 0.8 * rows.length) return group;
  const columns = commonColumns(cells);
  if (columns === undefined || columns.length !== count) return group;
  const texts = cells.flat().filter((cell) => cell.kind === 'text');
  const heights = rows.slice(1).map((row) => row.box.height);
  const uneven = Math.max(...heights) > 120;
  const flat = cells.flat().every((cell) => cell.kind !== 'group' || cell.box.height <= 80);
  if (uneven || !flat || texts.length < 0.45 * cells.flat().length) return group;
  const pitches = rows
    .slice(1)
    .map(
      (row, index) =>
        row.box.y + row.box.height / 2 - ((rows[index]?.box.y ?? 0) + (rows[index]?.box.height ?? 0) / 2),
    );
  const body = pitches.slice(1);
  if (body.length > 1 && Math.max(...body) > 1.9 * Math.min(...body)) return group;
  if (rules.length === 0 && count < 3) return group;
  const children = group.children.map((child): LayoutNode => {
    if (child.kind === 'rule') return child;
    const parts = cellsOf(child);
    if (child.kind === 'group' && child.flow === 'row') return { ...child, children: parts };
    return { kind: 'group', flow: 'row', box: child.box, children: parts };
  });
  return {
    ...group,
    flow: 'table',
    children,
    tracks: [...columns.map((column) => column.left), columns[columns.length - 1]?.right ?? right(group.box)],
  };
}

/** The rows of a table may stand among other things: a title above, a note below. */
function extractTable(group: LayoutGroup): LayoutGroup {
  if (group.flow !== 'column' || group.children.length < 4) return group;
  const whole = asTable(group);
  if (whole.flow === 'table') {
    if (group.surface === undefined && group.backdrop === undefined) return whole;
    const { surface: _surface, backdrop: _backdrop, ...bare } = whole;
    return { ...group, children: [{ ...bare, box: unionOf(whole.children.map((child) => child.box)) }] };
  }
  const isRow = (child: LayoutNode): boolean => child.kind === 'rule' || cellsOf(child).length >= 3;
  let from = 0;
  while (from < group.children.length) {
    let to = from;
    while (to < group.children.length && isRow(group.children[to] ?? group.children[0] ?? group)) to += 1;
    const part = group.children.slice(from, to);
    if (part.filter((child) => child.kind !== 'rule').length >= 3) {
      const table = asTable({
        kind: 'group',
        flow: 'column',
        box: unionOf(part.map((child) => child.box)),
        children: part,
      });
      if (table.flow === 'table')
        return { ...group, children: [...group.children.slice(0, from), table, ...group.children.slice(to)] };
    }
    from = Math.max(to, from + 1);
  }
  return group;
}

/** Regroups from the leaves to the root. */
export function regroup(node: LayoutNode, pageHeight: number): LayoutNode {
  if (node.kind !== 'group') return node;
  const children = node.children.map((child) => regroup(child, pageHeight));
  const group = extractTable(flattenColumns({ ...node, children }, pageHeight));
  const grid = asGrid(group);
  if (grid.flow === 'grid' || group.flow !== 'column') return grid;
  return gridsAmong(group);
}

/** A run of rows of equal cells among other children becomes a grid of its own. */
function gridsAmong(group: LayoutGroup): LayoutGroup {
  const children: LayoutNode[] = [];
  for (const child of group.children) {
    const last = children[children.length - 1];
    const cells = child.kind === 'group' && child.flow === 'grid' && plain(child) ? child : undefined;
    if (
      cells !== undefined &&
      last?.kind === 'group' &&
      last.flow === 'grid' &&
      plain(last) &&
      last.columns === cells.columns &&
      alike([last.children[0] ?? last, cells.children[0] ?? cells], 0.5) &&
      close(last.box.x, cells.box.x, 3) &&
      cells.box.y - bottom(last.box) < 64
    ) {
      children[children.length - 1] = {
        ...last,
        box: unionOf([last.box, cells.box]),
        children: [...last.children, ...cells.children],
      };
    } else children.push(child);
  }
  return { ...group, children };
}
