/** Neighbouring rows of a table that share a ground, such as those that are selected, are rows of their own again. */
import { bottom } from '../../geometry.ts';
import type { PageBox } from '../page-facts.ts';
import { isPlain, type LayoutGroup, type LayoutNode } from './tree.ts';

/** CSS pixels: rows have square corners, cards have round ones. */
const mostRadius = 2;

/**
 * @param isRow tells what can be a row of a table.
 * @returns the children, with a flat area that holds nothing but rows replaced by these, each on its
 *   part of it, and with what such areas have parted from each other.
 */
export function partedRows(
  children: readonly LayoutNode[],
  isRow: (node: LayoutNode) => boolean,
): LayoutNode[] {
  return children.flatMap((child) => {
    if (child.kind !== 'group') return [child];
    // The first rows of one that goes on.
    if (child.flow === 'table' && isPlain(child)) return child.children;
    if (child.flow !== 'column') return [child];
    const rows = child.children.filter((inner) => inner.kind !== 'rule');
    if (rows.length < 2 || !rows.every(isRow)) return [child];
    const { surface } = child;
    // What parted them from the others was the area beside them.
    if (surface === undefined) return isPlain(child) ? child.children : [child];
    const isFlat = surface.radius <= mostRadius && surface.shadow === undefined;
    return isFlat ? onParts(child, rows, surface) : [child];
  });
}

function onParts(area: LayoutGroup, rows: readonly LayoutNode[], surface: PageBox): LayoutNode[] {
  const edges = [surface.box.y];
  rows.slice(1).forEach((row, index) => {
    const above = bottom(rows[index]?.box ?? row.box);
    const rule = area.children.find(
      (child) => child.kind === 'rule' && child.box.y >= above - 2 && child.box.y <= row.box.y + 2,
    );
    edges.push(rule === undefined ? Math.round((above + row.box.y) / 2) : bottom(rule.box));
  });
  edges.push(bottom(surface.box));
  return area.children.map((child): LayoutNode => {
    const index = rows.indexOf(child);
    if (index < 0) return child;
    const top = edges[index] ?? child.box.y;
    const box = { ...surface.box, y: top, height: (edges[index + 1] ?? bottom(child.box)) - top };
    const { top: first, bottom: last, ...sides } = surface.border;
    const border = {
      ...sides,
      ...(index === 0 && first && { top: first }),
      ...(index === rows.length - 1 && last && { bottom: last }),
    };
    const part = { ...surface, box, border };
    if (child.kind === 'group' && child.surface === undefined) return { ...child, box, surface: part };
    return { kind: 'group', flow: 'row', box, surface: part, children: [child] };
  });
}
