/** Layout groups as UI: cards, rows, lists, fields, forms. */

import type { LayoutGroup, LayoutNode } from '../../facts/layout/index.ts';
import { alike } from '../../facts/layout/signature.ts';
import { bottom, right, unionOf } from '../../geometry.ts';
import { childrenOf, type UiNode } from '../../ui-tree.ts';
import type { MeasuredContext } from './context.ts';
import { controlOf } from './controls.ts';
import { controlNode, pictureNode, plainText, ruleNode, surfaceStyle } from './leaves.ts';
import { menuList, menuRun } from './menus.ts';
import { absorbRules } from './rules.ts';
import { tableNode } from './tables.ts';

const fields = new Set(['input', 'select', 'textarea']);

/** A group without an edge of its own is as large as the line boxes in it, not as their ink. */
export function fitted(node: UiNode): UiNode {
  const children = childrenOf(node);
  const solid = node.asset !== undefined || node.style !== undefined;
  return solid || children.length === 0
    ? node
    : { ...node, box: unionOf(children.map((child) => child.box)) };
}

/** Any layout node as a UI node. */
export function toUi(node: LayoutNode, context: MeasuredContext): UiNode {
  return fitted(context.perceived(node) ?? convert(node, context));
}

function convert(node: LayoutNode, context: MeasuredContext): UiNode {
  if (node.kind === 'text') return plainText(node, context);
  if (node.kind === 'picture') return pictureNode(node, context);
  if (node.kind === 'rule') return ruleNode(node);
  const control = controlOf(node);
  if (control !== undefined) return controlNode(node, control, context);
  if (node.flow === 'table') return tableNode(node, (cell) => toUi(cell, context));
  return container(node, context);
}

function container(node: LayoutGroup, context: MeasuredContext): UiNode {
  const style = node.surface ? surfaceStyle(node.surface) : undefined;
  const shell = {
    box: { ...node.box },
    ...(style && { style }),
    ...(node.backdrop && { asset: context.asset(node.backdrop), style: { radius: node.backdrop.radius } }),
  };
  const solid = node.surface !== undefined || node.backdrop !== undefined;
  if (node.children.length === 0) return { kind: 'shape', ...shell };
  if (node.flow === 'grid') {
    const children = node.children.map((child) => toUi(child, context));
    return { kind: 'grid', ...shell, flow: 'grid', children, ...(node.columns && { columns: node.columns }) };
  }
  if (node.flow === 'overlay')
    return {
      kind: 'overlay',
      ...shell,
      flow: 'overlay',
      children: node.children.map((child) => toUi(child, context)),
    };
  if (node.flow === 'row') {
    const children = checkLabel(node.children.map((child) => toUi(child, context)));
    const label = children.length === 1 && children[0]?.kind === 'label' && !solid;
    if (label && children[0] !== undefined) return children[0];
    return { kind: solid ? 'card' : 'row', ...shell, flow: 'row', children };
  }
  const children = forms(fieldPairs(absorbRules(columnChildren(node, context), node.box.y)));
  const [only] = children;
  if (!solid && children.length === 1 && only !== undefined) return only;
  return { kind: solid ? 'card' : 'column', ...shell, flow: 'column', children };
}

/** Children of a column, with repeated neighbours put into lists. */
function columnChildren(node: LayoutGroup, context: MeasuredContext): UiNode[] {
  const result: UiNode[] = [];
  const nodes = node.children;
  for (let index = 0; index < nodes.length; ) {
    const menu = menuRun(nodes, index);
    if (
      menu.length >= 3 &&
      !menu.every((entry) => entry.surface !== undefined && controlOf(entry.surface) !== undefined)
    ) {
      const narrow = node.box.width <= 340 || unionOf(menu.map((entry) => entry.node.box)).width <= 220;
      result.push(menuList(menu, narrow, context));
      index += menu.length;
      continue;
    }
    const run = repeated(nodes, index);
    if (run.items.length >= 3) {
      result.push(listOf(run.nodes, node, context));
      index += run.nodes.length;
      continue;
    }
    const child = nodes[index];
    if (child !== undefined) result.push(toUi(child, context));
    index += 1;
  }
  return result;
}

/** Neighbours that look alike, with the rules between them. */
function repeated(nodes: readonly LayoutNode[], from: number): { items: LayoutNode[]; nodes: LayoutNode[] } {
  const items: LayoutNode[] = [];
  const taken: LayoutNode[] = [];
  for (const node of nodes.slice(from)) {
    if (node.kind === 'rule') {
      if (items.length === 0) break;
      taken.push(node);
      continue;
    }
    const last = items[items.length - 1];
    const composite =
      node.kind === 'group' && node.flow !== 'table' && node.flow !== 'grid' && node.children.length > 0;
    if (!composite || (last !== undefined && !alike([last, node], 0.72)) || controlOf(node) !== undefined)
      break;
    if (last !== undefined && Math.abs(last.box.x - node.box.x) > 6) break;
    items.push(node);
    taken.push(node);
  }
  return { items, nodes: taken };
}

function listOf(nodes: readonly LayoutNode[], parent: LayoutGroup, context: MeasuredContext): UiNode {
  const top = parent.children[0] === nodes[0] ? parent.box.y : (nodes[0]?.box.y ?? parent.box.y);
  const converted = absorbRules(
    nodes.map((node) => toUi(node, context)),
    top,
  );
  const children = converted.map(
    (child): UiNode =>
      child.kind === 'row' || child.kind === 'column' || child.kind === 'card'
        ? { ...child, kind: 'item' }
        : child.kind === 'divider'
          ? child
          : { kind: 'item', box: child.box, flow: 'column', children: [child] },
  );
  const dividers = children.some((child) => child.kind === 'divider');
  return {
    kind: dividers ? 'column' : 'list',
    box: unionOf(children.map((child) => child.box)),
    flow: 'column',
    children,
  };
}

/** A box to tick with its words is one label. */
function checkLabel(children: readonly UiNode[]): UiNode[] {
  const [first, second] = children;
  const ticks = first !== undefined && (first.kind === 'checkbox' || first.kind === 'radio');
  const worded =
    second !== undefined &&
    second.kind === 'text' &&
    second.runs === undefined &&
    second.box.x - right(first?.box ?? second.box) < 24;
  if (!ticks || !worded || first === undefined || second === undefined) return [...children];
  return [
    { kind: 'label', box: unionOf([first.box, second.box]), flow: 'row', children: [first, second] },
    ...children.slice(2),
  ];
}

/** A text right above a field is its label. */
function fieldPairs(children: readonly UiNode[]): UiNode[] {
  const result: UiNode[] = [];
  for (const child of children) {
    const last = result[result.length - 1];
    const near =
      last !== undefined && child.box.y - bottom(last.box) < 14 && Math.abs(last.box.x - child.box.x) < 8;
    if (
      fields.has(child.kind) &&
      last !== undefined &&
      near &&
      (last.kind === 'text' || (last.kind === 'heading' && (last.style?.font?.size ?? 99) <= 17))
    ) {
      result[result.length - 1] = {
        kind: 'field',
        box: unionOf([last.box, child.box]),
        flow: 'column',
        children: [{ ...last, kind: 'label' }, child],
      };
    } else result.push(child);
  }
  return result;
}

function holdsField(node: UiNode): boolean {
  return (
    fields.has(node.kind) ||
    node.kind === 'field' ||
    ((node.kind === 'row' || node.kind === 'column' || node.kind === 'grid') &&
      childrenOf(node).some(holdsField))
  );
}

function holdsButton(node: UiNode): boolean {
  return (
    node.kind === 'button' ||
    (node.kind === 'row' && childrenOf(node).some((child) => child.kind === 'button'))
  );
}

/** From the first field to the button after the last one. */
function forms(children: readonly UiNode[]): UiNode[] {
  const first = children.findIndex(holdsField);
  if (first < 0) return [...children];
  let last = first;
  children.forEach((child, index) => {
    const near = index <= last + 2;
    if (index > last && near && (holdsField(child) || holdsButton(child))) last = index;
  });
  const inside = children.slice(first, last + 1);
  const count = inside.filter(holdsField).length;
  if (inside.length < 2 || (count < 2 && !inside.some(holdsButton))) return [...children];
  const form: UiNode = {
    kind: 'form',
    box: unionOf(inside.map((child) => child.box)),
    flow: 'column',
    children: [...inside],
  };
  return [...children.slice(0, first), form, ...children.slice(last + 1)];
}
