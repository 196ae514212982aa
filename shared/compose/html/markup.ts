/** Elements as HTML text. */
import { cleanText } from '../../facts/layout/clean-text.ts';
import type { SourceFile } from '../target.ts';
import type { HtmlElement } from './element.ts';

const voids = new Set(['img', 'input', 'hr', 'br', 'col', 'meta', 'link']);

/** Prettier takes two braces for the beginning of a script, and refuses a page where it does not end as one. */
const escapeText = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replaceAll('{{', '{&#123;');
const escapeAttribute = (text: string): string => escapeText(text).replace(/"/g, '&quot;');

/** @param keepsLines it stands in preformatted text. */
export function markup(element: HtmlElement, keepsLines = element.tag === 'pre'): string {
  const attributes = Object.entries(element.attributes).map(([name, value]) =>
    value === '' && name !== 'alt' && name !== 'value'
      ? ` ${name}`
      : ` ${name}="${escapeAttribute(cleanText(value))}"`,
  );
  const open = `<${element.tag}${attributes.join('')}>`;
  if (voids.has(element.tag)) return open;
  const inner = element.children
    .map((child) =>
      typeof child === 'string'
        ? escapeText(cleanText(child, keepsLines))
        : markup(child, keepsLines || child.tag === 'pre'),
    )
    .join('');
  return `${open}${inner}</${element.tag}>`;
}

/** `NAME.js`, where a page has a script and not in itself. */
export const scriptFiles = (name: string, script: string, inline: boolean): SourceFile[] =>
  script === '' || inline
    ? []
    : [{ path: `${name}.js`, mediaType: 'text/javascript', role: 'data', content: script }];

export interface DocumentParts {
  readonly language: string;
  readonly title: string;
  readonly name: string;
  readonly body: HtmlElement;
  /** Style sheet to put into the page instead of a link. */
  readonly inlineCss?: string | undefined;
  /** Script to link, `NAME.js`, or to put into the page where its style is; empty for none. */
  readonly script?: string;
  /** File that the style sheet was compiled from, to be told in the page; the name is how it is known as ours. */
  readonly source?: string;
}

export function documentText(parts: DocumentParts): string {
  const { language, title, name, body, inlineCss, source, script = '' } = parts;
  const style =
    inlineCss === undefined
      ? `<link rel="stylesheet" href="${escapeAttribute(encodeURI(name))}.css">`
      : `<style>\n${inlineCss}</style>`;
  // A module waits for the page to be parsed, as a deferred file does.
  const code =
    script === ''
      ? ''
      : inlineCss === undefined
        ? `<script src="${escapeAttribute(encodeURI(name))}.js" defer></script>\n`
        : `<script type="module">\n${script}</script>\n`;
  const origin =
    source === undefined ? '' : `<meta name="stylesheet-source" content="${escapeAttribute(source)}">\n`;
  return `<!doctype html>
<html lang="${escapeAttribute(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="pixelwright">
${origin}<title>${escapeText(cleanText(title))}</title>
${style}
${code}</head>
${markup(body)}
</html>
`;
}
