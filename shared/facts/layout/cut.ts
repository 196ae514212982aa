/** The X-Y cut: takes the things in one container apart into rows and columns. */
import { area, bottom, type Rect, right, unionOf } from '../../geometry.ts';
import { type Axis, type Band, bandsOf, end, gapsOf, length, mergeBands, start } from './intervals.ts';
import { likeness } from './signature.ts';
import type { LayoutGroup, LayoutNode } from './tree.ts';

/** Gaps of at least this share of the largest are cut in the same step. */
const gapShare = 0.62;
/** A gutter narrower than this does not part columns before rows, in pixels. */
const leastGutter = 9;
/** How much wider than the largest row gap a gutter must be to part columns first. */
const gutterFactor = 1.15;

export interface CutContext {
  readonly page: Rect;
  /** The container is the page itself, or as wide and high as it. */
  readonly atPage: boolean;
}

function groupOf(flow: 'row' | 'column' | 'overlay', children: readonly LayoutNode[]): LayoutGroup {
  return { kind: 'group', flow, box: unionOf(children.map((child) => child.box)), children };
}

function isRule(node: LayoutNode, axis: Axis): boolean {
  return node.kind === 'rule' && length(node.box, axis) > length(node.box, axis === 'x' ? 'y' : 'x');
}

/** Bands parted by a rule that runs right across. */
function ruled(items: readonly LayoutNode[], bands: readonly Band<LayoutNode>[], axis: Axis): boolean {
  const along: Axis = axis === 'y' ? 'x' : 'y';
  const region = unionOf(items.map((item) => item.box));
  return bands.some((band) =>
    band.items.some((item) => isRule(item, along) && length(item.box, along) >= 0.85 * length(region, along)),
  );
}

/** A bar at the very top of the page: low, wide, with things at both ends. */
function topBar(rows: readonly Band<LayoutNode>[], context: CutContext): boolean {
  const first = rows[0];
  if (!context.atPage || first === undefined || first.items.length < 2) return false;
  const box = unionOf(first.items.map((item) => item.box));
  return box.y < 60 && bottom(box) <= 110 && box.width >= 0.6 * context.page.width;
}

const numeric = /^[\s\p{Sc}+−–-]*\d[\d\s.,:%/–-]*\p{L}{0,3}$/u;

/** Three or more rows of single-line cells on common columns, some of them figures, row like row. */
function tabular(rows: readonly Band<LayoutNode>[], columns: readonly Band<LayoutNode>[]): boolean {
  if (rows.length < 3 || columns.length < 3) return false;
  const full = rows.filter(
    (row) => row.items.length >= columns.length - 1 && row.items.length <= columns.length + 1,
  );
  if (full.length < 0.7 * rows.length) return false;
  const cells = rows.flatMap((row) => row.items);
  const short = cells.filter((cell) => cell.kind === 'text' && cell.lines.length === 1);
  if (short.length < 0.75 * cells.length) return false;
  const figures = short.filter(
    (cell) => cell.kind === 'text' && numeric.test(cell.lines[0]?.runs[0]?.text ?? ''),
  );
  return figures.length >= 0.2 * cells.length && uniform(rows.slice(1));
}

/** Rows set alike, cell by cell; cards side by side have a title row, a price row and so on. */
function uniform(rows: readonly Band<LayoutNode>[]): boolean {
  const pairs = rows
    .slice(1)
    .map((row, index): [LayoutNode[], LayoutNode[]] => [rows[index]?.items ?? [], row.items]);
  const ordered = (items: LayoutNode[]): LayoutNode[] => [...items].sort((a, b) => a.box.x - b.box.x);
  const same = pairs.filter(([above, below]) => {
    const [first, second] = [ordered(above), ordered(below)];
    const count = Math.min(first.length, second.length);
    const matches = first.slice(0, count).filter((cell, at) => likeness(cell, second[at] ?? cell) >= 0.9);
    return matches.length >= 0.7 * count;
  });
  return pairs.length > 0 && same.length >= 0.7 * pairs.length;
}

/** Small marks at the left, each with its own row: boxes to tick, bullets, icons. */
function marked(rows: readonly Band<LayoutNode>[], columns: readonly Band<LayoutNode>[]): boolean {
  const marks = columns[0]?.items ?? [];
  if (marks.length < 2 || rows.length !== marks.length) return false;
  const small = marks.every((mark) => mark.kind !== 'text' && mark.box.width <= 40 && mark.box.height <= 40);
  return small && rows.every((row) => row.items.length >= 2);
}

/** Most frequent likeness of neighbours among things that were cut apart. */
function similar(bands: readonly Band<LayoutNode>[]): boolean {
  const parts = bands.map((band) =>
    groupOf(
      'column',
      [...band.items].sort((a, b) => a.box.y - b.box.y),
    ),
  );
  return (
    parts.length > 1 && parts.slice(1).every((part, index) => likeness(parts[index] ?? part, part) >= 0.75)
  );
}

function columnsFirst(
  items: readonly LayoutNode[],
  rows: readonly Band<LayoutNode>[],
  columns: readonly Band<LayoutNode>[],
  context: CutContext,
): boolean {
  if (ruled(items, rows, 'y') || topBar(rows, context)) return false;
  if (ruled(items, columns, 'x')) return true;
  if (tabular(rows, columns) || marked(rows, columns)) return false;
  const gutter = Math.max(...gapsOf(columns));
  const rowGap = Math.max(...gapsOf(rows));
  if (gutter < leastGutter) return false;
  if (gutter > gutterFactor * rowGap) return true;
  // Repeated columns that are only a little closer than their own parts: cards without a frame.
  const least = Math.min(...gapsOf(columns));
  return (
    columns.length >= 2 &&
    least >= 16 &&
    gutter > 0.6 * rowGap &&
    similar(columns) &&
    rows.length >= 2 &&
    !similar(rows)
  );
}

/** Gaps from this on are cut now. The largest is always one of them. */
function threshold(gaps: readonly number[]): number {
  const largest = Math.max(...gaps);
  return largest > 0 ? gapShare * largest : largest;
}

function along(axis: Axis, bands: readonly Band<LayoutNode>[], context: CutContext): LayoutNode {
  const parts = bands.map((band) =>
    arrange(band.items, { ...context, atPage: context.atPage && axis === 'y' }),
  );
  return groupOf(axis === 'y' ? 'column' : 'row', parts);
}

/** Where nothing falls apart by itself: the cut that the fewest overlaps oppose. */
function forced(
  items: readonly LayoutNode[],
): { cost: number; axis: Axis; parts: [LayoutNode[], LayoutNode[]] } | undefined {
  let best: { cost: number; axis: Axis; parts: [LayoutNode[], LayoutNode[]] } | undefined;
  for (const axis of ['y', 'x'] as const) {
    const middle = (node: LayoutNode): number => start(node.box, axis) + length(node.box, axis) / 2;
    const sorted = [...items].sort((a, b) => middle(a) - middle(b));
    let reach = Number.NEGATIVE_INFINITY;
    const following: number[] = new Array(sorted.length).fill(Number.POSITIVE_INFINITY);
    for (let index = sorted.length - 1; index >= 0; index -= 1) {
      const node = sorted[index];
      if (node !== undefined)
        following[index] = Math.min(start(node.box, axis), following[index + 1] ?? Number.POSITIVE_INFINITY);
    }
    for (let index = 0; index < sorted.length - 1; index += 1) {
      const node = sorted[index];
      const next = sorted[index + 1];
      if (node === undefined || next === undefined) continue;
      reach = Math.max(reach, end(node.box, axis));
      const overlap = reach - (following[index + 1] ?? reach);
      const cost = overlap / Math.max(1, Math.min(length(node.box, axis), length(next.box, axis)));
      if (cost < 0.5 && (best === undefined || cost < best.cost))
        best = { cost, axis, parts: [sorted.slice(0, index + 1), sorted.slice(index + 1)] };
    }
  }
  return best;
}

/** One node that holds all the items. @throws RangeError if there are none. */
export function arrange(items: readonly LayoutNode[], context: CutContext): LayoutNode {
  const [only] = items;
  if (only === undefined) throw new RangeError('arrange needs at least one thing.');
  if (items.length === 1) return only;
  const rows = bandsOf(items, 'y');
  const columns = bandsOf(items, 'x');
  if (rows.length === 1 && columns.length === 1) return uncut(items, context);
  if (rows.length > 1 && (columns.length === 1 || !columnsFirst(items, rows, columns, context)))
    return cutRows(items, rows, context);
  const gaps = gapsOf(columns);
  return along('x', mergeBands(columns, threshold(gaps)), context);
}

function cutRows(
  items: readonly LayoutNode[],
  rows: readonly Band<LayoutNode>[],
  context: CutContext,
): LayoutNode {
  if (topBar(rows, context)) {
    const [bar, ...rest] = rows;
    if (bar !== undefined) {
      const below = rest.flatMap((row) => row.items);
      return groupOf('column', [
        arrange(bar.items, { ...context, atPage: false }),
        arrange(below, { ...context, atPage: false }),
      ]);
    }
  }
  if (ruled(items, rows, 'y')) {
    // A rule parts whatever the gaps are; between rules the usual cut goes on.
    const parts: LayoutNode[] = [];
    let open: LayoutNode[] = [];
    const width = unionOf(items.map((item) => item.box)).width;
    for (const row of rows) {
      const rule =
        row.items.length === 1 && row.items[0]?.kind === 'rule' && row.items[0].box.width >= 0.85 * width;
      if (!rule) open.push(...row.items);
      if (rule && open.length > 0) parts.push(arrange(open, { ...context, atPage: false }));
      if (rule) {
        open = [];
        parts.push(...row.items);
      }
    }
    if (open.length > 0 && parts.length > 0) parts.push(arrange(open, { ...context, atPage: false }));
    if (parts.length > 0) return groupOf('column', parts);
  }
  return along('y', mergeBands(rows, threshold(gapsOf(rows))), context);
}

/** Large things lie under small ones. */
function inPaintOrder(items: readonly LayoutNode[]): LayoutNode[] {
  return [...items].sort((a, b) => area(b.box) - area(a.box));
}

function cuttable(items: readonly LayoutNode[]): boolean {
  return items.length > 1 && (bandsOf(items, 'y').length > 1 || bandsOf(items, 'x').length > 1);
}

/** A thing without content that lies under or across the others. */
function blocker(items: readonly LayoutNode[]): LayoutNode | undefined {
  const blank = items.filter(
    (item) => item.kind !== 'text' && (item.kind !== 'group' || item.children.length === 0),
  );
  return [...blank]
    .sort((a, b) => area(b.box) - area(a.box))
    .slice(0, 4)
    .find((item) => cuttable(items.filter((other) => other !== item)));
}

function uncut(items: readonly LayoutNode[], context: CutContext): LayoutNode {
  const inner = { ...context, atPage: false };
  const solid = items.filter((item) => item.kind !== 'rule');
  // A rule that nothing can be cut beside is an edge or a mistake; the things are worth more than it.
  if (solid.length < items.length && cuttable(solid)) return arrange(solid, inner);
  const cut = forced(items);
  const under = blocker(items);
  if (under !== undefined && (cut === undefined || cut.cost > 0.2)) {
    const rest = arrange(
      items.filter((item) => item !== under),
      inner,
    );
    return groupOf('overlay', inPaintOrder([under, rest]));
  }
  if (cut === undefined) return groupOf('overlay', inPaintOrder(items));
  const children = cut.parts.map((part) => arrange(part, inner));
  return groupOf(cut.axis === 'y' ? 'column' : 'row', children);
}

/** True if `rect` fills its container's width. */
export function spans(rect: Rect, container: Rect): boolean {
  return rect.x <= container.x + 3 && right(rect) >= right(container) - 3;
}
