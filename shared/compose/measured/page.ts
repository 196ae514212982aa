/** The page's landmarks: header, navigation, main part with its sections, footer, side bars. */

import type { LayoutGroup, LayoutNode } from '../../facts/layout/index.ts';
import { alike } from '../../facts/layout/signature.ts';
import { bottom, right, unionOf } from '../../geometry.ts';
import { childrenOf, type UiNode, walk } from '../../ui-tree.ts';
import type { MeasuredContext } from './context.ts';
import { fitted, toUi } from './groups.ts';
import { linkRow } from './menus.ts';
import { absorbRules } from './rules.ts';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Rows of short texts in a bar become navigation. */
function withNavigation(node: LayoutNode, context: MeasuredContext, wrap: boolean): UiNode {
  if (node.kind !== 'group' || node.flow !== 'row') {
    if (node.kind === 'group' && node.flow === 'column' && node.children.length > 0) {
      const converted = toUi(node, context);
      if (converted.kind !== 'card' && converted.kind !== 'column') return converted;
      return fitted({
        ...converted,
        children: absorbRules(
          node.children.map((child) => withNavigation(child, context, wrap)),
          node.box.y,
        ),
      });
    }
    return toUi(node, context);
  }
  const whole = linkRow(node.children, context);
  const solid = node.surface !== undefined || node.backdrop !== undefined;
  if (whole !== undefined && !solid && node.children.length >= 2)
    return wrap ? { kind: 'nav', box: whole.box, flow: 'column', children: [whole] } : whole;
  const shell = toUi({ ...node, children: [] }, context);
  const children = node.children.map((child) => withNavigation(child, context, wrap));
  return fitted({
    ...shell,
    kind: solid ? 'card' : 'row',
    flow: 'row',
    children: linkRuns(node, children, context, wrap),
  });
}

/** Three or more link-like texts among other things of a bar. */
function linkRuns(
  node: LayoutGroup,
  children: readonly UiNode[],
  context: MeasuredContext,
  wrap: boolean,
): UiNode[] {
  for (let from = 0; from < node.children.length; from += 1) {
    for (let to = node.children.length; to - from >= 3; to -= 1) {
      if (from === 0 && to === node.children.length) continue;
      const part = node.children.slice(from, to);
      const list =
        part.every((child) => child.kind === 'text') && alike(part, 1) ? linkRow(part, context) : undefined;
      if (list === undefined) continue;
      const nav: UiNode = wrap ? { kind: 'nav', box: list.box, flow: 'column', children: [list] } : list;
      return [...children.slice(0, from), nav, ...children.slice(to)];
    }
  }
  return [...children];
}

function isHeader(node: LayoutNode, page: { width: number; height: number }): boolean {
  if (node.kind === 'rule' || node.kind === 'picture') return false;
  const top = node.box.y <= Math.max(40, 0.04 * page.height) && node.box.height <= 130;
  if (!top || bottom(node.box) > 160) return false;
  return (
    node.kind === 'group' &&
    (node.flow === 'row' || node.surface !== undefined) &&
    node.box.width >= 0.5 * page.width
  );
}

function isFooter(node: LayoutNode, context: MeasuredContext): boolean {
  const { height, width } = context.facts;
  if (
    node.kind === 'rule' ||
    node.kind === 'picture' ||
    bottom(node.box) < 0.9 * height ||
    node.box.height > 0.4 * height
  )
    return false;
  if (node.kind === 'text')
    return node.box.height < 40 && /©|\(c\)|copyright|all rights/i.test(node.lines[0]?.runs[0]?.text ?? '');
  const sizes = leafSizes(node);
  const small = sizes.length > 0 && sum(sizes) / sizes.length <= context.scale.body + 0.5;
  return small && node.box.width >= 0.45 * width && node.box.y > 0.5 * height && node.flow !== 'table';
}

function leafSizes(node: LayoutNode): number[] {
  if (node.kind === 'text') return node.lines.flatMap((line) => line.runs.map((run) => run.typography.size));
  return node.kind === 'group' ? node.children.flatMap(leafSizes) : [];
}

/** The parts of the page below each other, with their landmarks. */
function landmarks(
  nodes: readonly LayoutNode[],
  context: MeasuredContext,
  page: { width: number; height: number },
): UiNode[] {
  const content = nodes.filter((node) => node.kind !== 'rule');
  const first = content[0];
  const last = content[content.length - 1];
  const header = first !== undefined && content.length > 1 && isHeader(first, page) ? first : undefined;
  const footer =
    last !== undefined && last !== header && content.length > 1 && isFooter(last, context) ? last : undefined;
  const before = absorbRules(
    nodes
      .slice(0, header === undefined ? 0 : nodes.indexOf(header) + 1)
      .concat(header === undefined ? [] : rulesAfter(nodes, header))
      .map((node) =>
        node === header ? asLandmark(withNavigation(node, context, true), 'header') : toUi(node, context),
      ),
    0,
  );
  const after = footer === undefined ? [] : [asLandmark(withNavigation(footer, context, false), 'footer')];
  const skip = new Set<LayoutNode>([
    ...(header === undefined
      ? []
      : [...nodes.slice(0, nodes.indexOf(header) + 1), ...rulesAfter(nodes, header)]),
    ...(footer === undefined ? [] : nodes.slice(nodes.indexOf(footer))),
  ]);
  const middle = nodes.filter((node) => !skip.has(node));
  return [...before, ...(middle.length > 0 ? [mainOf(middle, context)] : []), ...after];
}

function rulesAfter(nodes: readonly LayoutNode[], node: LayoutNode): LayoutNode[] {
  const next = nodes[nodes.indexOf(node) + 1];
  return next?.kind === 'rule' && next.box.y - bottom(node.box) < 48 ? [next] : [];
}

function asLandmark(node: UiNode, kind: 'header' | 'footer'): UiNode {
  if (node.kind === 'row' || node.kind === 'column' || node.kind === 'card') return { ...node, kind };
  return { kind, box: node.box, flow: 'column', children: [node] };
}

/** Large parts of the main column are sections. */
function mainOf(nodes: readonly LayoutNode[], context: MeasuredContext): UiNode {
  const box = unionOf(nodes.map((node) => node.box));
  const body = toUi({ kind: 'group', flow: 'column', box, children: nodes }, context);
  const whole = body.kind === 'column' ? childrenOf(body) : [body];
  const parts = whole.length === 1 && whole[0]?.kind === 'column' ? childrenOf(whole[0]) : whole;
  const children = parts.map((part): UiNode => {
    const large =
      part.box.width >= 0.85 * context.facts.width ||
      (part.kind === 'column' && childrenOf(part).length >= 2);
    const headed = [...walk(part)].some((node) => node.kind === 'heading');
    return large && headed && ['card', 'column', 'row'].includes(part.kind)
      ? { ...part, kind: 'section' }
      : part;
  });
  return { kind: 'main', box: unionOf(children.map((child) => child.box)), flow: 'column', children };
}

/** A narrow, high part at the edge of the page. */
function isSidebar(node: LayoutNode, context: MeasuredContext): boolean {
  const { width, height } = context.facts;
  const atEdge = node.box.x < 0.05 * width || right(node.box) > 0.95 * width;
  return (
    node.kind === 'group' &&
    atEdge &&
    node.box.width <= 0.32 * width &&
    (node.box.height >= 0.5 * Math.min(height, 900) || node.surface !== undefined)
  );
}

/** The root of the UI tree. */
export function pageOf(root: LayoutGroup, context: MeasuredContext): UiNode {
  const box = { x: 0, y: 0, width: context.facts.width, height: context.facts.height };
  if (root.flow === 'row' && root.children.some((child) => isSidebar(child, context))) {
    const widest = [...root.children].sort((a, b) => b.box.width - a.box.width)[0];
    const children = root.children.map((child): UiNode => {
      if (child === widest) {
        const nodes =
          child.kind === 'group' && child.flow === 'column' && child.surface === undefined
            ? child.children
            : [child];
        const parts = landmarks(nodes, context, { width: child.box.width, height: child.box.height });
        const [only] = parts;
        return parts.length === 1 && only !== undefined
          ? only
          : { kind: 'column', box: child.box, flow: 'column', children: parts };
      }
      const part = toUi(child, context);
      return isSidebar(child, context) &&
        (part.kind === 'card' || part.kind === 'column' || part.kind === 'list')
        ? sidebar(part)
        : part;
    });
    return { kind: 'page', box, flow: 'row', children };
  }
  const nodes = root.flow === 'column' ? root.children : [root];
  if (nodes.length === 0) return { kind: 'page', box, flow: 'column', children: [] };
  return { kind: 'page', box, flow: 'column', children: landmarks(nodes, context, context.facts) };
}

function sidebar(part: UiNode): UiNode {
  if (part.kind === 'list')
    return {
      kind: 'aside',
      box: part.box,
      flow: 'column',
      children: [{ kind: 'nav', box: part.box, flow: 'column', children: [part] }],
    };
  const children = childrenOf(part).map(
    (child): UiNode =>
      child.kind === 'list' ? { kind: 'nav', box: child.box, flow: 'column', children: [child] } : child,
  );
  return { ...part, kind: 'aside', children };
}
