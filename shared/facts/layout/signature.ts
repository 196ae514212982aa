/** A short description of a node's look, equal for repeated things that differ only in their content. */
import { type LayoutNode, mainRun } from './tree.ts';

const step = (value: number, size: number): number => Math.round(value / size);

function own(node: LayoutNode): string {
  if (node.kind === 'text') {
    const { typography, color } = mainRun(node);
    return `t${step(typography.size, 2.5)}${typography.weight >= 600 ? 'b' : ''}.${color.map((c) => step(c, 80)).join('')}`;
  }
  if (node.kind === 'picture') return node.picture.kind === 'icon' || node.box.width <= 64 ? 'i' : 'p';
  if (node.kind === 'rule') return 'r';
  const surface =
    node.surface === undefined ? '' : `s${node.box.height <= 64 ? step(node.box.height, 12) : ''}`;
  return `${node.flow[0]}${surface}${node.backdrop === undefined ? '' : 'b'}`;
}

/** Signature with `depth` levels of children. */
export function signature(node: LayoutNode, depth = 2): string {
  if (node.kind !== 'group' || depth === 0) return own(node);
  const parts = node.children.map((child) => signature(child, depth - 1));
  const runs = parts.filter((part, index) => part !== parts[index - 1]);
  return `${own(node)}(${runs.join(',')})`;
}

function tokens(node: LayoutNode): string[] {
  if (node.kind !== 'group') return [own(node)];
  return [own(node), ...node.children.flatMap((child) => tokens(child))];
}

/** Likeness of two nodes, 0..1: shared parts over all parts, whatever their order. */
export function likeness(a: LayoutNode, b: LayoutNode): number {
  if (a.kind !== b.kind) return 0;
  if (signature(a) === signature(b)) return 1;
  const first = tokens(a);
  const rest = tokens(b);
  const total = first.length + rest.length;
  let common = 0;
  for (const token of first) {
    const index = rest.indexOf(token);
    if (index < 0) continue;
    rest.splice(index, 1);
    common += 2;
  }
  return common / total;
}

/** True if all nodes look like their neighbours. */
export function alike(nodes: readonly LayoutNode[], least = 0.7): boolean {
  return (
    nodes.length > 1 && nodes.slice(1).every((node, index) => likeness(nodes[index] ?? node, node) >= least)
  );
}
