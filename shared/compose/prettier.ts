/** Prettier for the languages of our targets, with the parsers that each needs and no others. */
import type { Options, Plugin } from 'prettier';
import { format as formatWith } from 'prettier/standalone';

export type Parser = 'html' | 'css' | 'vue' | 'typescript';

/** @throws SyntaxError where prettier refuses the text. */
export async function format(text: string, options: Options & { readonly parser: Parser }): Promise<string> {
  const { parser } = options;
  const plugins: Promise<Plugin>[] = [import('prettier/plugins/postcss')];
  if (parser === 'html' || parser === 'vue') plugins.push(import('prettier/plugins/html'));
  // Scripts and event handlers are formatted too; most pages have none, and these are the largest.
  if (parser === 'vue' || parser === 'typescript')
    plugins.push(import('prettier/plugins/typescript'), import('prettier/plugins/estree'));
  if (parser === 'vue' || (parser === 'html' && /<script|\son[a-z]+\s*=/i.test(text)))
    plugins.push(import('prettier/plugins/babel'));
  if (parser === 'html' && /<script|\son[a-z]+\s*=/i.test(text))
    plugins.push(import('prettier/plugins/estree'));
  return formatWith(text, { ...options, plugins: await Promise.all(plugins) });
}
