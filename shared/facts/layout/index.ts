/** From measured facts to a layout tree. */
import { bottom, right, unionOf } from '../../geometry.ts';
import type { PageFacts, Separator } from '../page-facts.ts';
import { cleanFacts } from './clean.ts';
import { takeCode } from './code-blocks.ts';
import { arrange } from './cut.ts';
import { markedTexts } from './marked-texts.ts';
import { type Nest, nestFacts } from './nest.ts';
import { nestOutline } from './nest-outline.ts';
import type { Outline } from './outline.ts';
import { paragraphsOf } from './paragraphs.ts';
import { regroup } from './regroup.ts';
import { isPlain, type LayoutGroup, type LayoutNode, type LayoutTree } from './tree.ts';

export type { Outline, OutlineNode, Thing } from './outline.ts';
export * from './tree.ts';

/** Upright rules that run through rows are a table's; they would keep its rows from being cut. */
function crossingRules(nest: Nest): Separator[] {
  const rules = nest.separators;
  const upright = rules.filter((rule) => rule.orientation === 'vertical');
  const level = rules.filter((rule) => rule.orientation === 'horizontal').map((rule) => rule.box);
  const rows = nest.nests.filter((inner) => inner.box.width >= 100).map((inner) => inner.box);
  const lowRow = nest.surface !== undefined && nest.box.height <= 80;
  const full = upright.filter((rule) => rule.box.height >= 0.9 * nest.box.height);
  return upright.filter((rule) => {
    if (lowRow && full.length >= 2 && full.includes(rule)) return true;
    const x = rule.box.x + rule.box.width / 2;
    const crossed = [...level, ...rows].filter((other) => {
      const y = other.y + other.height / 2;
      return y > rule.box.y + 3 && y < bottom(rule.box) - 3 && x > other.x + 3 && x < right(other) - 3;
    });
    return crossed.length >= 2;
  });
}

const marked = (mark: number | undefined): { mark?: number } => (mark === undefined ? {} : { mark });

function build(nest: Nest, facts: PageFacts): LayoutGroup {
  const page = { x: 0, y: 0, width: facts.width, height: facts.height };
  const uprights = crossingRules(nest);
  const code = takeCode(nest);
  const solids: LayoutNode[] = [
    ...code,
    ...nest.nests.map((inner) => build(inner, facts)),
    ...nest.pictures.map(
      (picture): LayoutNode => ({
        kind: 'picture',
        box: picture.box,
        picture,
        ...marked(nest.marks.get(picture)),
      }),
    ),
    ...nest.separators
      .filter((rule) => !uprights.includes(rule))
      .map(
        (separator): LayoutNode => ({
          kind: 'rule',
          box: separator.box,
          separator,
          ...marked(nest.marks.get(separator)),
        }),
      ),
    ...nest.texts.flatMap((text) => markedTexts(text)),
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
    ...marked(nest.mark),
    box: nest.box,
    ...(uprights.length > 0 && { uprights }),
  };
  if (items.length === 0) return { ...shell, flow: 'column', children: [] };
  const atPage = nest.surface === undefined && nest.backdrop === undefined;
  const inside = arrange(items, { page, atPage });
  const dissolves = isPlain(inside);
  return dissolves
    ? { ...shell, flow: inside.flow, children: inside.children }
    : { ...shell, flow: 'column', children: [inside] };
}

/**
 * Nests the facts of a page into rows, columns, grids and tables.
 * Every line of text that is not empty and on the page stands in the tree exactly once.
 *
 * @param outline what was perceived; where geometry allows, the tree follows it and is marked with its nodes.
 */
export function layoutTree(measured: PageFacts, outline: Outline = []): LayoutTree {
  const facts = cleanFacts(measured);
  const nest = nestFacts(facts);
  nestOutline(nest, outline, measured);
  const root = regroup(build(nest, facts), outline.length > 0 ? 'perceived' : 'free');
  if (root.kind === 'group') return { facts, root };
  return { facts, root: { kind: 'group', flow: 'column', box: unionOf([root.box]), children: [root] } };
}
