/** UI tree → HTML and CSS that reproduce the picture at its width and give way below it. */
import { format } from '../prettier.ts';
import type { PageCompiler } from '../target.ts';
import { documentText, scriptFiles } from './markup.ts';
import { styleSheet } from './style-sheet.ts';

/** Formatted page and style sheet, `NAME.html` and `NAME.css`, and `NAME.js` if there is a script; one file if `inline`. */
export const compileHtml: PageCompiler = async (page, { name, inline, palette }) => {
  const { body, tree, context, script } = page;
  const sheet = styleSheet({
    body,
    background: tree.background,
    palette: palette ?? [],
    context,
    scripted: script !== '',
  });
  const css = await format(sheet, { parser: 'css', printWidth: 100 });
  const text = documentText({
    language: tree.language,
    title: page.title,
    name,
    body,
    inlineCss: inline === true ? css : undefined,
    script,
  });
  const html = await format(text, { parser: 'html', printWidth: 110, htmlWhitespaceSensitivity: 'css' });
  return [
    { path: `${name}.html`, mediaType: 'text/html', role: 'page', content: html },
    ...(inline === true
      ? []
      : [{ path: `${name}.css`, mediaType: 'text/css', role: 'style' as const, content: css }]),
    ...scriptFiles(name, script, inline === true),
  ];
};
