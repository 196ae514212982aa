/** Prettier for HTML and CSS, with the parsers that such pages need and no others. */
import type { Options, Plugin } from 'prettier';
import { format as formatWith } from 'prettier/standalone';

/**
 * @param options.parser `html` or `css`.
 * @throws SyntaxError where prettier refuses the text.
 */
export async function format(
  text: string,
  options: Options & { readonly parser: 'html' | 'css' },
): Promise<string> {
  const css = import('prettier/plugins/postcss');
  const plugins: Promise<Plugin>[] = [css];
  if (options.parser === 'html') plugins.push(import('prettier/plugins/html'));
  // Scripts and event handlers are formatted too; most pages have none, and these two are the largest.
  if (/<script|\son[a-z]+\s*=/i.test(text)) {
    plugins.push(import('prettier/plugins/babel'), import('prettier/plugins/estree'));
  }
  return formatWith(text, { ...options, plugins: await Promise.all(plugins) });
}
