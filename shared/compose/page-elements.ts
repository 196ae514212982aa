/** UI tree → elements with their styles: what every target writes in its own language. */
import { type UiNode, type UiTree, walk } from '../ui-tree.ts';
import { makeAccessible } from './html/accessible.ts';
import { agree } from './html/agree.ts';
import { compileNode } from './html/compile.ts';
import { type Asset, type CompileContext, createCompileContext } from './html/context.ts';
import type { HtmlElement } from './html/element.ts';
import { keepGutters } from './html/gutters.ts';
import { harmonise } from './html/harmonise.ts';
import { relax } from './html/relax.ts';
import { addBehaviours } from './html/script/index.ts';
import { addStates } from './html/states.ts';
import { validNesting } from './valid-nesting.ts';

export interface PageElements {
  readonly tree: UiTree;
  readonly title: string;
  /** The `body`. A compiler may change it: each target is given elements of its own. */
  readonly body: HtmlElement;
  readonly context: CompileContext;
  /** Crops that the elements refer to, in CSS pixels. */
  readonly assets: readonly Asset[];
  /** What drives the elements that are marked for it; empty where nothing is to be driven. */
  readonly script: string;
}

/** The highest heading; without one, the largest words. */
function titleOf(tree: UiTree): string {
  const worded = [...walk(tree.root)].filter(({ text }) => text !== undefined && /\p{L}/u.test(text));
  const headings = worded.filter(({ kind }) => kind === 'heading');
  const first = headings.sort((a, b) => (a.level ?? 9) - (b.level ?? 9))[0];
  const size = (node: UiNode): number => node.style?.font?.size ?? 0;
  return (first ?? worded.toSorted((a, b) => size(b) - size(a))[0])?.text ?? 'Page';
}

/**
 * @param name file stem: pictures stand in `NAME-assets/`.
 * @param options.script whether tabs, menus and the like are marked for a script.
 */
export function pageElements(
  tree: UiTree,
  name: string,
  options: { readonly script?: boolean } = {},
): PageElements {
  const context = createCompileContext(tree, name);
  const body = compileNode(tree.root, tree.root.box, { owners: [], inline: false }, context);
  body.tag = 'body';
  validNesting(body);
  const script = options.script === true ? addBehaviours(body, context) : '';
  makeAccessible(body);
  relax(body, tree.width);
  keepGutters(body);
  harmonise(body);
  agree(body);
  addStates(body, tree.background, context.defaults.color);
  return { tree, title: titleOf(tree), body, context, assets: context.assets, script };
}
