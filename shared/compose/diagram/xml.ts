/** Elements and their XML text: every value passes the escape here, and there is no other way to write one. */

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
  readonly children: readonly (XmlElement | string)[];
}

/** Attributes that are undefined are left out. */
export const element = (
  name: string,
  attributes: XmlElement['attributes'] = {},
  children: XmlElement['children'] = [],
): XmlElement => ({ name, attributes, children });

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

/** What XML 1.0 cannot hold in any form: control characters, lone surrogates, U+FFFE and U+FFFF. */
const unwritable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const escaped = (text: string, which: RegExp): string =>
  text.replace(unwritable, '').replace(which, (character) => entities[character] ?? character);

/** An XML text, or the body of an HTML one. */
export const escapeText = (text: string): string => escaped(text, /[&<>]/g);

/** Whole numbers as they are, others with two decimals; a value that is not finite as 0. */
export function numberText(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 100) / 100 + 0) : '0';
}

/** @returns the document, a line for each element, with a line break at its end. */
export function xmlText(root: XmlElement): string {
  return `${lines(root, '').join('\n')}\n`;
}

function lines({ name, attributes, children }: XmlElement, indent: string): string[] {
  const written = Object.entries(attributes).flatMap(([key, value]) => {
    if (value === undefined) return [];
    const text = typeof value === 'number' ? numberText(value) : escaped(value, /[&<>"\n\r\t]/g);
    return [` ${key}="${text}"`];
  });
  const open = `${indent}<${name}${written.join('')}`;
  if (children.length === 0) return [`${open}/>`];
  // Blanks beside text would be part of it.
  if (children.some((child) => typeof child === 'string')) {
    const inside = children.map((child) => (typeof child === 'string' ? escapeText(child) : inline(child)));
    return [`${open}>${inside.join('')}</${name}>`];
  }
  const inside = children.flatMap((child) => (typeof child === 'string' ? [] : lines(child, `${indent}  `)));
  return [`${open}>`, ...inside, `${indent}</${name}>`];
}

const inline = (child: XmlElement): string => lines(child, '').join('');
