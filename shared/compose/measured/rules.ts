/** Rules between things become borders of the things, as people write them. */
import { bottom, right, unionOf } from '../../geometry.ts';
import type { UiNode } from '../../ui-tree.ts';

const bordered = new Set(['row', 'column', 'item', 'header', 'nav', 'section', 'list', 'field', 'grid']);

function withBorder(node: UiNode, rule: UiNode, side: 'top' | 'bottom', edge: number): UiNode {
  const color = rule.style?.fill ?? [0, 0, 0];
  const outer = unionOf([node.box, rule.box]);
  const y = side === 'bottom' ? Math.min(edge, outer.y) : outer.y;
  const base = side === 'top' ? Math.max(edge, bottom(outer)) : bottom(outer);
  return {
    ...node,
    box: { ...outer, y, height: base - y },
    style: { ...node.style, border: { ...node.style?.border, [side]: { width: rule.box.height, color } } },
  };
}

function takes(node: UiNode | undefined, rule: UiNode): node is UiNode {
  if (
    node === undefined ||
    !bordered.has(node.kind) ||
    node.style?.fill !== undefined ||
    node.style?.radius !== undefined
  )
    return false;
  return rule.box.x <= node.box.x + 2 && right(rule.box) >= right(node.box) - 2 && rule.box.height <= 8;
}

/**
 * Children of a column without the rules that a neighbour could take as its border.
 * @param top y where the container's content starts.
 */
export function absorbRules(children: readonly UiNode[], top: number): UiNode[] {
  const result: UiNode[] = [];
  let edge = top;
  let pending: UiNode | undefined;
  children.forEach((child, index) => {
    if (child.kind !== 'divider' || child.box.height > child.box.width) {
      // What a text above cannot take, as it has no edges, the thing below may.
      const takesTop =
        pending !== undefined && takes(child, pending) && child.style?.border?.top === undefined;
      if (takesTop && pending !== undefined)
        result.splice(-1, 1, withBorder(child, pending, 'top', bottom(child.box)));
      else result.push(child);
      pending = undefined;
      return;
    }
    const last = result[result.length - 1];
    if (takes(last, child) && last.style?.border?.bottom === undefined) {
      const above =
        result.length > 1 ? Math.max(edge, bottom(result[result.length - 2]?.box ?? child.box)) : edge;
      // A list of ruled rows touches from rule to rule; a first row starts where its content does.
      const from =
        children[index - 2]?.kind === 'divider' || (result.length === 1 && last.box.y - above <= 40)
          ? above
          : last.box.y;
      result[result.length - 1] = withBorder(last, child, 'bottom', from);
      pending = undefined;
    } else {
      pending = child;
      result.push(child);
    }
    edge = bottom(child.box);
  });
  return result;
}
