/** What repeated things are called: a product card by its price, a nav link by where it stands. */

import { textName } from './field-names.ts';
import { camelCase, pascalCase } from './identifiers.ts';
import { type ElementNode, elementNodes } from './node.ts';
import type { ElementPattern } from './pattern.ts';

const places: Readonly<{ [landmark: string]: string }> = {
  nav: 'nav',
  header: 'header',
  footer: 'footer',
  aside: 'sidebar',
};

/** Class names that the compiler makes out of kinds: they say where a thing stands, not what it is. */
const generic =
  /^(?:(?:header|footer|nav|sidebar|section|card|item|form|field|table|article|page|list|grid|site|cell)-)*(?:card|item|row|stack|section|list|link|overlay|grid|field|form|label|button|content|shape|title|text|header|footer|nav|frame|icon|image|avatar|badge|sidebar|article|part|options|details|switch|table|heading|cell)$/;

const nouns: Readonly<{ [tag: string]: string }> = {
  a: 'link',
  li: 'item',
  tr: 'row',
  label: 'option',
  option: 'option',
  img: 'image',
  button: 'action',
  dt: 'detail',
  article: 'article',
};

/** Name of one item of a list that is written in place. @param landmark tag of the nearest landmark around. */
export function itemName(item: ElementPattern, landmark: string): string {
  const [only] = item.children;
  const inner = item.tag === 'li' && item.children.length === 1 && only?.type === 'element' ? only : item;
  const name = item.name.replace(/-\d+$/, '');
  if (name !== '' && !generic.test(name)) return camelCase(name) || 'item';
  const noun = nouns[inner.tag] ?? (nouns[item.tag] || (name.split('-').at(-1) ?? ''));
  const short = noun === 'stack' || noun === '' ? 'item' : noun;
  const place = places[landmark];
  return place === undefined || short === 'row' ? short : `${place}${pascalCase(short)}`;
}

export interface ComponentName {
  /** `ProductCard`. */
  readonly name: string;
  /** What one such thing is called in data: `product`; of a thing without a subject, its noun. */
  readonly one: string;
}

const has = (nodes: readonly ElementNode[], test: (node: ElementNode) => boolean): boolean =>
  nodes.filter((node) => [...elementNodes(node)].some(test)).length * 2 > nodes.length;

/** What the things are about, by their contents; '' if that cannot be told. */
function subjectOf(nodes: readonly ElementNode[]): string {
  const says = (kind: string) => (node: ElementNode) =>
    node.children.some(
      (child) => child.type === 'text' && textName({ tag: 'p', name: 'text' }, [child.text]) === kind,
    );
  const { tag } = nodes[0]?.element ?? { tag: '' };
  const isControl = (type: string) => (node: ElementNode) =>
    node.element.attributes['type'] === type || node.element.attributes['role'] === type;
  const pictured = has(nodes, (node) => node.element.tag === 'img' && !/icon/.test(node.element.name));
  const priced = has(nodes, says('price'));
  if (
    priced &&
    has(nodes, (node) => node.element.tag === 'button') &&
    has(nodes, (node) => node.element.tag === 'li')
  )
    return 'plan';
  if (priced && pictured) return 'product';
  if (has(nodes, isControl('switch'))) return 'setting';
  if (has(nodes, isControl('checkbox')) || has(nodes, isControl('radio'))) return 'option';
  if (has(nodes, (node) => ['input', 'textarea', 'select'].includes(node.element.tag))) return 'field';
  if (has(nodes, (node) => node.element.name.includes('avatar'))) return 'person';
  const weight = Math.max(...nodes.map((node) => node.weight));
  if (
    weight <= 7 &&
    has(nodes, (node) => says('value')(node) || says('price')(node)) &&
    /card|section/.test(nodes[0]?.element.name ?? '')
  )
    return 'stat';
  return tag === 'nav' ? 'menu' : '';
}

function nounOf({ element }: ElementNode): string {
  const byTag: { [tag: string]: string } = {
    li: 'Item',
    a: 'Link',
    label: 'Option',
    article: 'Card',
    form: 'Form',
    table: 'Table',
    nav: 'Menu',
    section: 'Section',
    ul: 'List',
  };
  const last = element.name.replace(/-\d+$/, '').split('-').at(-1) ?? '';
  if (last === 'card') return 'Card';
  if (last === 'row') return 'Row';
  return byTag[element.tag] ?? (['stack', 'overlay', ''].includes(last) ? 'Group' : pascalCase(last));
}

/** @param nodes all instances of the component. */
export function componentName(nodes: readonly ElementNode[]): ComponentName {
  const [first] = nodes;
  if (first === undefined) return { name: 'Part', one: 'part' };
  const name = first.element.name.replace(/-\d+$/, '');
  const own = pascalCase(name);
  if (own !== '' && !generic.test(name)) {
    const subject = own.replace(/(?:Card|Item|Row|Link|Tile|Entry)$/, '');
    return { name: own, one: camelCase(subject === '' ? own : subject) };
  }
  const subject = subjectOf(nodes);
  const noun = nounOf(first);
  if (subject === '')
    return { name: noun === 'Section' || noun === 'Group' ? `Page${noun}` : noun, one: camelCase(noun) };
  if (subject === 'field') return { name: 'FormField', one: 'field' };
  const capital = pascalCase(subject);
  return {
    name: capital === noun ? `${capital}Row` : `${capital}${noun === 'Group' ? 'Card' : noun}`,
    one: subject,
  };
}
