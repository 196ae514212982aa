/** UI tree → files of a target: the one door to the compilers. */
import { PixelwrightError } from '../errors.ts';
import type { PageTarget } from '../tasks/ui-to-code.ts';
import type { UiTree } from '../ui-tree.ts';
import type { Asset } from './html/context.ts';
import { pageElements } from './page-elements.ts';
import {
  type PageCompiler,
  requireComponents,
  type SourceFile,
  scripted,
  type TargetOptions,
} from './target.ts';

export type { Asset } from './html/context.ts';

export interface Composition {
  /** The main file first. */
  readonly files: readonly SourceFile[];
  /** Crops for the caller to save; boxes are in CSS pixels. */
  readonly assets: readonly Asset[];
}

/** Loaded when they are wanted: each brings its own libraries. */
const compilers: Readonly<Partial<Record<PageTarget, () => Promise<PageCompiler>>>> = {
  html: async () => (await import('./html/index.ts')).compileHtml,
  vue: async () => (await import('./vue/index.ts')).compileVue,
  react: async () => (await import('./react/index.ts')).compileReact,
  'html-tailwind': async () => (await import('./tailwind/index.ts')).compileTailwind,
};

/** @throws PixelwrightError `option-invalid` for a target that has no compiler, or not with such components. */
export async function compileTree(
  tree: UiTree,
  target: PageTarget,
  options: TargetOptions,
): Promise<Composition> {
  requireComponents(target, options.components);
  const load = compilers[target];
  if (load === undefined) {
    throw new PixelwrightError('option-invalid', `Pages cannot be written as ${target} yet.`, {
      next: `Use ${Object.keys(compilers).join(' or ')}.`,
    });
  }
  const compile = await load();
  const page = pageElements(tree, options.name, {
    script: options.script === true && scripted.has(target),
  });
  const files = await compile(page, options);
  return { files, assets: page.assets };
}
