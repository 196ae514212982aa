/** Lengths in whole pixels along rows and columns, so rounded that what they are off never adds up. */
import type { Rect } from '../../geometry.ts';
import type { UiNode } from '../../ui-tree.ts';
import type { Declarations, HtmlElement } from '../html/element.ts';
import { pixelsOf, upward } from './scale.ts';
import { type Place, settle, settleGap } from './settle.ts';

interface Axis {
  readonly before: string;
  readonly after: string;
  readonly lead: string;
  readonly trail: string;
  readonly gap: string;
  readonly sizes: readonly string[];
  /** True where children follow each other along this axis. */
  follows(base: Declarations): boolean;
  start(box: Rect): number;
  /** What is declared is all that places it: lines of text have no height that is known here. */
  readonly snaps: boolean;
  extent(box: Rect): number;
  /** The size comes from the children, not from the parent. */
  readonly hugs: boolean;
}

const isFlex = (base: Declarations): boolean => /^(inline-)?flex$/.test(`${base['display']}`);
const isColumn = (base: Declarations): boolean => base['flex-direction'] === 'column';
const isGrid = (base: Declarations): boolean => /grid$/.test(`${base['display']}`);

const vertical: Axis = {
  before: 'padding-top',
  after: 'padding-bottom',
  lead: 'margin-top',
  trail: 'margin-bottom',
  gap: 'row-gap',
  sizes: ['height', 'min-height'],
  follows: (base) => !isGrid(base) && (!isFlex(base) || isColumn(base)),
  start: (box) => box.y,
  extent: (box) => box.height,
  hugs: true,
  snaps: false,
};

const horizontal: Axis = {
  before: 'padding-left',
  after: 'padding-right',
  lead: 'margin-left',
  trail: 'margin-right',
  gap: 'column-gap',
  sizes: ['width', 'flex-basis'],
  follows: (base) => isFlex(base) && !isColumn(base),
  start: (box) => box.x,
  extent: (box) => box.width,
  hugs: false,
  snaps: true,
};

const elementsIn = (element: HtmlElement): HtmlElement[] =>
  element.children.filter((child) => typeof child !== 'string');

/** Things of one look: they stay of one look, wherever they stand. */
const lookOf = ({ tag, name, styles }: HtmlElement): string => {
  const { 'margin-top': _top, 'margin-left': _left, ...rest } = styles.base;
  return JSON.stringify([tag, name, rest]);
};

class Rounding {
  private readonly axis: Axis;
  private readonly origins: ReadonlyMap<HtmlElement, UiNode>;

  constructor(axis: Axis, origins: ReadonlyMap<HtmlElement, UiNode>) {
    this.axis = axis;
    this.origins = origins;
  }

  /** @param start the element's leading edge. @returns by how much its size is off. */
  visit(element: HtmlElement, start: Place): number {
    const { axis } = this;
    const { base } = element.styles;
    if (element.tag === 'tr' && axis.hugs) return this.cells(element);
    const content = settle(base, axis.before, start, axis.snaps);
    const end = axis.follows(base) ? this.sequence(element, content) : this.parallel(element, content);
    const size = settle(base, axis.after, { at: Number.NaN, drift: end }, axis.snaps).drift - start.drift;
    const sized = axis.sizes.find((property) => pixelsOf(`${base[property] ?? ''}`) !== undefined);
    if (sized === undefined) return axis.hugs || isFlex(base) ? size : 0;
    if (!axis.hugs) return this.widened(base, sized);
    return settle(base, sized, { at: Number.NaN, drift: start.drift }, axis.snaps).drift - start.drift;
  }

  /** Rounded up, so that a line that fits still fits. @returns by how much the width is off. */
  private widened(base: Declarations, property: string): number {
    const pixels = pixelsOf(`${base[property]}`) ?? 0;
    const kept = upward(pixels);
    base[property] = `${kept}px`;
    return kept - pixels;
  }

  /** @param from edge of the content. @returns by how much the last child's end is off. */
  private sequence(element: HtmlElement, from: Place): number {
    const { axis } = this;
    const { base } = element.styles;
    const children = elementsIn(element);
    const gap = settleGap(base, axis.gap, children.length - 1);
    const starts = /^(normal|flex-start|start|left)$/.test(`${base['justify-content'] ?? 'normal'}`);
    const looks = children.map(lookOf);
    let { drift } = from;
    for (const [index, child] of children.entries()) {
      const style = child.styles.base;
      if (!starts || style[axis.lead] === 'auto') drift = 0;
      const before = { at: this.startOf(child, index === 0 ? from.at : Number.NaN), drift };
      const start = settle(style, axis.lead, before, axis.snaps);
      const alike = looks.filter((look) => look === looks[index]).length > 1;
      drift = start.drift + this.visit(child, alike && axis.hugs ? { ...start, drift: 0 } : start);
      drift = settle(style, axis.trail, { at: Number.NaN, drift }, axis.snaps).drift;
      // What takes the room that is left stands between two edges that are known.
      if (!axis.hugs && Number(style['flex-grow'] ?? 0) > 0) drift = 0;
      if (index < children.length - 1) drift += gap;
    }
    return starts ? drift : from.drift;
  }

  /** Side by side seen along the other axis; a grid row after row. @returns by how much the last row's end is off. */
  private parallel(element: HtmlElement, from: Place): number {
    const rows = this.axis.hugs ? this.rowsOf(elementsIn(element)) : [elementsIn(element)];
    const gap = this.axis.hugs ? settleGap(element.styles.base, this.axis.gap, rows.length - 1) : 0;
    let { drift } = from;
    for (const [index, row] of rows.entries()) {
      if (index > 0) drift += gap;
      drift += this.row(row, { at: from.at, drift }, element.styles.base);
    }
    return drift;
  }

  /** @returns by how much the row's size is off. */
  private row(children: readonly HtmlElement[], from: Place, base: Declarations): number {
    const { axis } = this;
    const centered = axis.hugs && base['align-items'] === 'center';
    const largest = Math.max(0, ...children.map((child) => this.extentOf(child)));
    const first = children.find((child) => this.extentOf(child) === largest);
    let size = 0;
    for (const child of first === undefined ? [] : [first, ...children.filter((one) => one !== first)]) {
      const style = child.styles.base;
      const share = centered && child !== first ? 0.5 : 1;
      const before = { at: this.startOf(child, from.at), drift: from.drift + (share < 1 ? size / 2 : 0) };
      const start = settle(style, axis.lead, before, axis.snaps, share);
      const end = { at: Number.NaN, drift: start.drift + this.visit(child, start) };
      const after = settle(style, axis.trail, end, axis.snaps, share);
      if (child === first && axis.hugs) size = after.drift - from.drift;
    }
    return size;
  }

  /** Cells of a column are of one look, whatever row they stand in. @returns by how much the highest is off. */
  private cells(row: HtmlElement): number {
    const heights = (): number[] =>
      elementsIn(row).map(({ styles }) => pixelsOf(`${styles.base['height'] ?? ''}`) ?? 0);
    const before = Math.max(0, ...heights());
    for (const cell of elementsIn(row)) this.visit(cell, { at: Number.NaN, drift: 0 });
    return Math.max(0, ...heights()) - before;
  }

  /** Where a child's margin begins: what no declaration tells, the picture does. */
  private startOf(child: HtmlElement, known: number): number {
    const box = this.origins.get(child)?.box;
    const margin = pixelsOf(`${child.styles.base[this.axis.lead] ?? '0'}`);
    if (Number.isFinite(known) || box === undefined || margin === undefined) return known;
    return this.axis.start(box) - margin;
  }

  private extentOf(element: HtmlElement): number {
    const box = this.origins.get(element)?.box;
    return box === undefined ? 0 : this.axis.extent(box);
  }

  /** What begins below the end of all before it is the next row. */
  private rowsOf(children: readonly HtmlElement[]): HtmlElement[][] {
    const rows: HtmlElement[][] = [];
    let end = Number.NEGATIVE_INFINITY;
    for (const child of children) {
      const box = this.origins.get(child)?.box;
      const start = box === undefined ? Number.NEGATIVE_INFINITY : this.axis.start(box);
      const row = rows[rows.length - 1];
      if (row === undefined || start >= end) rows.push([child]);
      else row.push(child);
      end = box === undefined ? end : Math.max(end, start + this.axis.extent(box));
    }
    return rows;
  }
}

/**
 * Rounds the lengths of the base layer, in place; its shorthands are taken apart already, and what has a name in the
 * theme stays.
 *
 * @param origins what each element was compiled from.
 */
export function roundLengths(body: HtmlElement, origins: ReadonlyMap<HtmlElement, UiNode>): void {
  for (const axis of [vertical, horizontal]) new Rounding(axis, origins).visit(body, { at: 0, drift: 0 });
}
