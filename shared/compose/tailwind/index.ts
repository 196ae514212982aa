/** UI tree → HTML with Tailwind's utility classes, the theme that they need, and the style sheet compiled from both. */
import { elementsOf } from '../html/element.ts';
import { documentText, scriptFiles } from '../html/markup.ts';
import { format } from '../prettier.ts';
import type { PageCompiler } from '../target.ts';
import { loadTailwind } from './design-system.ts';
import { classesIn, classify } from './page.ts';

/**
 * `NAME.html`; `NAME.css`, compiled, so that the page opens as it is; and `NAME.input.css`, from which Tailwind
 * makes it: `npx @tailwindcss/cli -i NAME.input.css -o NAME.css`. One file if `inline`.
 */
export const compileTailwind: PageCompiler = async (page, { name, inline, palette }) => {
  const source = classify(page, palette ?? [], await loadTailwind('@import "tailwindcss";'));
  const tailwind = await loadTailwind(source);
  for (const { attributes } of elementsOf(page.body)) {
    const classes = attributes['class'];
    if (classes !== undefined) attributes['class'] = tailwind.sorted(classes.split(' ')).join(' ');
  }
  const css = await tailwind.compile([...classesIn(page)]);
  const text = documentText({
    language: page.tree.language,
    title: page.title,
    name,
    body: page.body,
    script: page.script,
    ...(inline === true ? { inlineCss: css } : { source: `${name}.input.css` }),
  });
  const html = await format(text, { parser: 'html', printWidth: 110, htmlWhitespaceSensitivity: 'css' });
  const file = { path: `${name}.html`, mediaType: 'text/html', role: 'page', content: html } as const;
  if (inline === true) return [file];
  return [
    file,
    { path: `${name}.css`, mediaType: 'text/css', role: 'style', content: css },
    { path: `${name}.input.css`, mediaType: 'text/css', role: 'data', content: source },
    ...scriptFiles(name, page.script, false),
  ];
};
