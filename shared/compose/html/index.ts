/** UI tree → HTML and CSS that reproduce the picture at its width and give way below it. */

import type { PaletteColor } from '../../facts/page-facts.ts';
import { format } from '../prettier.ts';
import { type UiTree, walk } from '../ui-tree.ts';
import { compileNode } from './compile.ts';
import { type Asset, createCompileContext } from './context.ts';
import { harmonise } from './harmonise.ts';
import { documentText } from './markup.ts';
import { styleSheet } from './style-sheet.ts';

export type { Asset } from './context.ts';

export interface CompileOptions {
  /** File stem: the page links `NAME.css` and pictures in `NAME-assets/`. */
  readonly name: string;
  /** Put the style sheet into the page. */
  readonly inlineCss?: boolean;
  readonly palette?: readonly PaletteColor[];
}

export interface CompiledPage {
  readonly html: string;
  readonly css: string;
  readonly assets: readonly Asset[];
}

function titleOf(tree: UiTree): string {
  const headings = [...walk(tree.root)].filter((node) => node.kind === 'heading' && node.text !== undefined);
  const first = headings.sort((a, b) => (a.level ?? 9) - (b.level ?? 9))[0];
  return first?.text ?? 'Page';
}

/** Formatted page and style sheet, and the crops that they refer to. */
export async function compileHtml(tree: UiTree, options: CompileOptions): Promise<CompiledPage> {
  const context = createCompileContext(tree, options.name);
  const body = compileNode(tree.root, tree.root.box, { owners: [], inline: false }, context);
  body.tag = 'body';
  harmonise(body);
  const css = styleSheet({ body, background: tree.background, palette: options.palette ?? [], context });
  const prettyCss = await format(css, { parser: 'css', printWidth: 100 });
  const text = documentText({
    language: tree.language,
    title: titleOf(tree),
    name: options.name,
    body,
    inlineCss: options.inlineCss === true ? prettyCss : undefined,
  });
  const html = await format(text, { parser: 'html', printWidth: 110, htmlWhitespaceSensitivity: 'css' });
  return { html, css: prettyCss, assets: context.assets };
}
