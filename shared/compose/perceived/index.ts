/** The perceived page: kinds and grouping as a model perceived them, looks and places as they were measured. */
import { isMarked, type LayoutGroup, type LayoutNode, layoutTree } from '../../facts/layout/index.ts';
import type { PageFacts } from '../../facts/page-facts.ts';
import type { PerceivedNode, Perception } from '../../tasks/perceive/perception.ts';
import type { UiNode, UiTree } from '../../ui-tree.ts';
import { createMeasuredContext, type MeasuredContext } from '../measured/context.ts';
import { toUi } from '../measured/groups.ts';
import { type PlannedPage, warningsOf } from '../measured/index.ts';
import { gradientOf, ruleNode } from '../measured/leaves.ts';
import { createMetrics } from '../measured/metrics.ts';
import { pageOf } from '../measured/page.ts';
import { absorbRules } from '../measured/rules.ts';
import { withConventions } from '../measured/semantics.ts';
import { settleSpacing } from '../measured/settle.ts';
import { perceivedContainer, perceivedControl, shellOf } from './containers.ts';
import { perceivedPicture, perceivedText } from './leaves.ts';
import { wellNested } from './nesting.ts';
import { type OutlinedPerception, outlineOf } from './outline.ts';
import { perceivedTable } from './tables.ts';

function perceive(node: LayoutNode, known: OutlinedPerception, context: MeasuredContext): UiNode | undefined {
  const perceived = node.mark === undefined ? undefined : known.nodes[node.mark];
  if (perceived === undefined)
    return node.kind === 'group' && isMarked(node) ? cutOnly(node, context) : undefined;
  if (node.kind === 'text') return perceivedText(node, perceived, known.pieces, context);
  if (node.kind === 'picture') return perceivedPicture(node, perceived, context);
  if (node.kind === 'rule') return ruleNode(node);
  if (perceived.kind === 'table') {
    const kindOf = ({ mark }: LayoutNode): PerceivedNode['kind'] | undefined =>
      mark === undefined ? undefined : known.nodes[mark]?.kind;
    const table = perceivedTable(node, perceived, kindOf, context);
    const solid = node.surface !== undefined || node.backdrop !== undefined;
    if (table !== undefined)
      return solid ? { kind: 'card', ...shellOf(node, context), flow: 'column', children: [table] } : table;
  }
  return perceivedControl(node, perceived, context) ?? perceivedContainer(node, perceived, context);
}

/** What the cut put together, or a visible box that nobody perceived, around things that were perceived. */
function cutOnly(group: LayoutGroup, context: MeasuredContext): UiNode {
  const solid = group.surface !== undefined || group.backdrop !== undefined;
  return perceivedContainer(
    group,
    { kind: solid ? 'card' : group.flow === 'row' ? 'row' : 'column' },
    context,
  );
}

function perceivedPage(root: LayoutGroup, context: MeasuredContext): UiNode {
  const box = { x: 0, y: 0, width: context.facts.width, height: context.facts.height };
  if (!isMarked(root)) return withConventions(pageOf(root, context));
  const flow = root.flow === 'table' ? 'column' : root.flow;
  const children = root.children.map((child) => toUi(child, context));
  return {
    kind: 'page',
    box,
    flow,
    ...(root.columns !== undefined && { columns: root.columns }),
    ...(flow === 'grid' && root.tracks !== undefined && { tracks: [...root.tracks] }),
    children: flow === 'column' ? absorbRules(children, 0) : children,
  };
}

/**
 * Plans a page from a perception whose leaves name what was measured.
 *
 * Every measured line of text stands in it once, whether it was perceived or not; what was not perceived is laid
 * out and named by convention, as in the measured draft. References to things that are not there are ignored.
 */
export function planPerceived(facts: PageFacts, perception: Perception): PlannedPage {
  const metrics = createMetrics();
  const known = outlineOf(perception);
  const layout = layoutTree(settleSpacing(facts, metrics), known.outline);
  const context = createMeasuredContext(layout.facts, layout.root, metrics, (node, given) =>
    perceive(node, known, given),
  );
  const page = wellNested(perceivedPage(layout.root, context));
  const gradient = facts.backgroundGradient && { gradient: gradientOf(facts.backgroundGradient) };
  const tree: UiTree = {
    width: facts.width,
    height: facts.height,
    language: facts.language,
    background: [...facts.background],
    root: gradient ? { ...page, style: { ...page.style, ...gradient } } : page,
  };
  return { tree, warnings: warningsOf(facts, tree) };
}
