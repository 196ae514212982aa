/** HTML as JSX: attributes by their names there, blanks where HTML would show them, text that nothing reads as code. */
import { type DefaultTreeAdapterTypes as Types, defaultTreeAdapter as tree } from 'parse5';
import { stringLiteral } from '../components/code.ts';
import { isNumeric, jsxName } from '../react/attributes.ts';

/** Elements that stand in a line of text: blanks beside them are seen. */
const inline = new Set(
  `a abbr b bdi bdo br button cite code data del dfn em i img input ins kbd label mark meter output progress q s
  samp select small span strong sub sup svg textarea time u var`.split(/\s+/),
);

/** Present means true, whatever they hold. */
const flags = new Set(
  `checked disabled readonly required multiple selected autofocus hidden open novalidate controls loop muted
  inert reversed`.split(/\s+/),
);

const keepsBlanks = new Set(['pre', 'textarea']);

/** @param expressionOf what stands for the address of a picture; undefined keeps the address. */
export function jsxOf(node: Types.ChildNode, expressionOf: (address: string) => string | undefined): string {
  if (!tree.isElementNode(node)) return '';
  const { tagName } = node;
  const attributes = node.attrs.map(({ name, value }) => attributeText(tagName, name, value, expressionOf));
  const [only] = node.childNodes;
  const said =
    tagName === 'textarea' && only !== undefined && tree.isTextNode(only)
      ? ` defaultValue={${stringLiteral(only.value)}}`
      : '';
  const open = `<${tagName}${attributes.join('')}${said}`;
  const inside = said === '' ? childrenText(node, expressionOf) : '';
  return inside === '' ? `${open} />` : `${open}>${inside}</${tagName}>`;
}

function attributeText(
  tag: string,
  attribute: string,
  value: string,
  expressionOf: (address: string) => string | undefined,
): string {
  if (attribute === 'style') return ` style={${styleObject(value)}}`;
  const name = jsxName(tag, attribute);
  if (flags.has(attribute)) return ` ${name}`;
  const expression = attribute === 'src' || attribute === 'href' ? expressionOf(value) : undefined;
  if (expression !== undefined) return ` ${name}={${expression}}`;
  if (isNumeric(name, value)) return ` ${name}={${value}}`;
  return /^[^"&{}<>\\\p{C}]*$/u.test(value) ? ` ${name}="${value}"` : ` ${name}={${stringLiteral(value)}}`;
}

/** `color: red; --tone: 2` → `{ color: 'red', '--tone': '2' }`. */
function styleObject(text: string): string {
  const declarations = text.split(/;(?![^(]*\))/).flatMap((declaration) => {
    const [property = '', ...rest] = declaration.split(':');
    const name = property.trim();
    if (name === '' || rest.length === 0) return [];
    const key = name.startsWith('--')
      ? stringLiteral(name)
      : name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    return [`${key}: ${stringLiteral(rest.join(':').trim())}`];
  });
  return `{ ${declarations.join(', ')} }`;
}

function childrenText(parent: Types.Element, expressionOf: (address: string) => string | undefined): string {
  const keep = keepsBlanks.has(parent.tagName);
  const children = parent.childNodes.filter((node) => tree.isElementNode(node) || tree.isTextNode(node));
  return children
    .map((node, index) => {
      if (!tree.isTextNode(node)) return jsxOf(node, expressionOf);
      if (keep) return `{${stringLiteral(node.value)}}`;
      const blank = (other: Types.ChildNode | undefined): boolean =>
        other === undefined
          ? !inline.has(parent.tagName)
          : tree.isElementNode(other) && !inline.has(other.tagName);
      let text = node.value.replace(/[ \t\r\n\f]+/g, ' ');
      if (blank(children[index - 1])) text = text.replace(/^ /, '');
      if (blank(children[index + 1])) text = text.replace(/ $/, '');
      return text === ' ' ? "{' '}" : textOf(text);
    })
    .join('');
}

/** Blanks at the ends, and what JSX would take for code, stand in braces. */
function textOf(text: string): string {
  if (text === '') return '';
  const [, before = '', middle = '', after = ''] = /^( ?)(.*?)( ?)$/s.exec(text) ?? [];
  const plain = /^[^{}<>&\\\p{C}\u00a0]*$/u.test(middle);
  const blank = (part: string): string => (part === '' ? '' : "{' '}");
  return `${blank(before)}${plain ? middle : `{${stringLiteral(middle)}}`}${blank(after)}`;
}
