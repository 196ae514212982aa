/** The measured draft: a page made from measurements alone, without any model. */
import { layoutTree } from '../../facts/layout/index.ts';
import type { PageFacts } from '../../facts/page-facts.ts';
import { type Asset, compileHtml } from '../html/index.ts';
import { type UiTree, walk } from '../ui-tree.ts';
import { createMeasuredContext } from './context.ts';
import { gradientOf } from './leaves.ts';
import { createMetrics } from './metrics.ts';
import { pageOf } from './page.ts';
import { withConventions } from './semantics.ts';
import { settleSpacing } from './settle.ts';

export interface MeasuredOptions {
  /** File stem: the page links `NAME.css` and pictures in `NAME-assets/`. */
  readonly name: string;
  /** Put the style sheet into the page. */
  readonly inlineCss?: boolean;
}

export interface MeasuredPage {
  readonly tree: UiTree;
  readonly html: string;
  readonly css: string;
  /** Crops for the caller to save; boxes are in CSS pixels. */
  readonly assets: readonly Asset[];
  readonly warnings: readonly string[];
  /** How the page came about, for reports: no model saw it. */
  readonly madeBy: 'measured without a model';
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

function warningsOf(facts: PageFacts, tree: UiTree): string[] {
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

/** Composes HTML and CSS from measured facts. */
export async function composeMeasured(facts: PageFacts, options: MeasuredOptions): Promise<MeasuredPage> {
  const tree = measuredTree(facts);
  const page = await compileHtml(tree, { ...options, palette: facts.palette });
  return { tree, ...page, warnings: warningsOf(facts, tree), madeBy: 'measured without a model' };
}
