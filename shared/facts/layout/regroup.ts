/** After the cut: flattens needless nesting and finds grids of equal cells and tables. */
import { bottom, right, unionOf } from '../../geometry.ts';
import { placed } from './placed.ts';
import { alike, likeness } from './signature.ts';
import { extractTable } from './tables.ts';
import { isMarked, type LayoutGroup, type LayoutNode, isPlain as plain } from './tree.ts';

const close = (a: number, b: number, slack: number): boolean => Math.abs(a - b) <= slack;

/** Columns in columns dissolve unless they repeat: the distance of parts is a margin, not a box. */
function flattenColumns(group: LayoutGroup): LayoutGroup {
  if (group.flow !== 'column') return group;
  const inner = group.children.filter(
    (child): child is LayoutGroup => plain(child) && child.flow === 'column',
  );
  if (inner.length === 0) return group;
  const narrow = (child: LayoutGroup): boolean => {
    const left = child.box.x - group.box.x;
    const rest = right(group.box) - right(child.box);
    return child.children.length >= 2 && left >= 24 && rest >= 24 && child.box.width < 0.85 * group.box.width;
  };
  const repeats = (child: LayoutGroup): boolean =>
    inner.some((other) => {
      const [first, second] = [child.children[0], other.children[0]];
      if (other === child || first === undefined || second === undefined) return false;
      return likeness(first, second) >= 0.7 && likeness(child, other) >= 0.7;
    });
  const children = group.children.flatMap((child) =>
    plain(child) && child.flow === 'column' && !repeats(child) && !narrow(child) ? child.children : [child],
  );
  return { ...group, children };
}

const isText = (node: LayoutNode): boolean => node.kind === 'text';

/** An icon with its words, and three or more like things, belong together; other rows in rows do not. */
function flattenRows(group: LayoutGroup): LayoutGroup {
  if (group.flow !== 'row') return group;
  const inner = group.children.filter((child): child is LayoutGroup => plain(child) && child.flow === 'row');
  if (inner.length === 0) return group;
  const together = (child: LayoutGroup): boolean => {
    const parts = child.children;
    const menu = parts.length >= 3 && alike(parts, 0.8) && parts.every((part) => part.kind !== 'picture');
    const buttons =
      parts.length === 2 && alike(parts, 0.6) && parts.every((part) => part.kind === 'group' && part.surface);
    const captioned =
      parts.length === 2 && parts.some(isText) && parts.some((part) => !isText(part)) && besideIt(child);
    const repeated = inner.some((other) => other !== child && likeness(other, child) >= 0.75);
    return menu || Boolean(buttons) || captioned || repeated;
  };
  const children = group.children.flatMap((child) =>
    plain(child) && child.flow === 'row' && !together(child) ? child.children : [child],
  );
  return { ...group, children };
}

/** A small picture or mark right beside one line of text. */
function besideIt(pair: LayoutGroup): boolean {
  const mark = pair.children.find((part) => !isText(part));
  const text = pair.children.find(isText);
  if (mark === undefined || text === undefined || text.kind !== 'text' || text.lines.length > 1) return false;
  const small = mark.box.width <= 34 && mark.box.height <= 34;
  const gap = Math.max(text.box.x - right(mark.box), mark.box.x - right(text.box));
  return (
    small && gap <= 18 && (mark.kind === 'picture' || (mark.kind === 'group' && mark.children.length === 0))
  );
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

/** Rows in rows and columns in columns are nobody's idea where it is known what belongs together. */
function flatten(group: LayoutGroup): LayoutGroup {
  const children = group.children.flatMap((child) =>
    plain(child) && child.flow === group.flow && (group.flow === 'row' || group.flow === 'column')
      ? child.children
      : [child],
  );
  return { ...group, children };
}

/** Whether a group was perceived or is a box in one that was, is a cut inside such a one, or neither. */
export type Standing = 'perceived' | 'cut' | 'free';

/** Regroups from the leaves to the root. */
export function regroup(node: LayoutNode, standing: Standing = 'free'): LayoutNode {
  if (node.kind !== 'group') return node;
  const own = node.mark === undefined ? standing : 'perceived';
  const known = own !== 'free' && node.children.some(isMarked);
  const children = node.children.map((child) =>
    regroup(child, known ? (plain(child) ? 'cut' : 'perceived') : 'free'),
  );
  if (known) {
    const flat = flatten({ ...node, children });
    return own === 'cut' ? flat : placed(flat);
  }
  const group = extractTable(flattenRows(flattenColumns({ ...node, children })));
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
