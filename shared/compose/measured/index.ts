/** The measured draft: a page made from measurements alone, without any model. */
import { layoutTree } from '../../facts/layout/index.ts';
import type { PageFacts } from '../../facts/page-facts.ts';
import { type UiTree, walk } from '../../ui-tree.ts';
import { createMeasuredContext } from './context.ts';
import { gradientOf } from './leaves.ts';
import { createMetrics } from './metrics.ts';
import { pageOf } from './page.ts';
import { withConventions } from './semantics.ts';
import { settleSpacing } from './settle.ts';

/** A page that is not yet code. */
export interface PlannedPage {
  readonly tree: UiTree;
  /** For the user: what may be wrong with it. */
  readonly warnings: readonly string[];
}

/** The UI tree of a page, by measure and convention alone. */
export function measuredTree(measured: PageFacts): UiTree {
  const metrics = createMetrics();
  const { facts, root } = layoutTree(settleSpacing(measured, metrics));
  const context = createMeasuredContext(facts, root, metrics);
  const page = withConventions(pageOf(root, context));
  const gradient = facts.backgroundGradient && { gradient: gradientOf(facts.backgroundGradient) };
  return {
    width: facts.width,
    height: facts.height,
    language: facts.language,
    background: [...facts.background],
    root: gradient ? { ...page, style: { ...page.style, ...gradient } } : page,
  };
}

/** What may be wrong with a page. */
export function warningsOf(facts: PageFacts, tree: UiTree): string[] {
  const warnings: string[] = [];
  if (facts.lines.length === 0) warnings.push('No text was found in the picture.');
  const unsure = facts.lines.filter((line) => line.confidence < 0.5).length;
  if (unsure > 0)
    warnings.push(`${unsure} of ${facts.lines.length} text lines were read with little confidence.`);
  const overlays = [...walk(tree.root)].filter((node) => node.kind === 'overlay').length;
  if (overlays > 0)
    warnings.push(
      `${overlays} part${overlays > 1 ? 's' : ''} of the page could not be taken apart into rows and columns.`,
    );
  return warnings;
}

/** Plans a page from measured facts. */
export function planMeasured(facts: PageFacts): PlannedPage {
  const tree = measuredTree(facts);
  return { tree, warnings: warningsOf(facts, tree) };
}
