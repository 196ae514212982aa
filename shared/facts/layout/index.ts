/** From measured facts to a layout tree. */
import { unionOf } from '../../geometry.ts';
import type { PageFacts } from '../page-facts.ts';
import { cleanFacts } from './clean.ts';
import { arrange } from './cut.ts';
import { type Nest, nestFacts } from './nest.ts';
import { paragraphsOf } from './paragraphs.ts';
import { regroup } from './regroup.ts';
import type { LayoutGroup, LayoutNode, LayoutTree } from './tree.ts';

export * from './tree.ts';

function build(nest: Nest, facts: PageFacts): LayoutGroup {
  const page = { x: 0, y: 0, width: facts.width, height: facts.height };
  const solids: LayoutNode[] = [
    ...nest.nests.map((inner) => build(inner, facts)),
    ...nest.pictures.map((picture): LayoutNode => ({ kind: 'picture', box: picture.box, picture })),
    ...nest.separators.map((separator): LayoutNode => ({ kind: 'rule', box: separator.box, separator })),
  ];
  const texts = paragraphsOf(
    nest.lines,
    solids.map((solid) => solid.box),
    nest.box,
  );
  const items = [...solids, ...texts];
  const shell = {
    kind: 'group' as const,
    ...(nest.surface && { surface: nest.surface }),
    ...(nest.backdrop && { backdrop: nest.backdrop }),
    box: nest.box,
  };
  if (items.length === 0) return { ...shell, flow: 'column', children: [] };
  const atPage = nest.surface === undefined && nest.backdrop === undefined;
  const inside = arrange(items, { page, atPage });
  const dissolves = inside.kind === 'group' && inside.surface === undefined && inside.backdrop === undefined;
  return dissolves
    ? { ...shell, flow: inside.flow, children: inside.children }
    : { ...shell, flow: 'column', children: [inside] };
}

/**
 * Nests the facts of a page into rows, columns, grids and tables.
 * Every line of text that is not empty and on the page stands in the tree exactly once.
 */
export function layoutTree(measured: PageFacts): LayoutTree {
  const facts = cleanFacts(measured);
  const root = regroup(build(nestFacts(facts), facts), facts.height);
  if (root.kind === 'group') return { facts, root };
  return { facts, root: { kind: 'group', flow: 'column', box: unionOf([root.box]), children: [root] } };
}
