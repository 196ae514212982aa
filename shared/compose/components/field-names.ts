/** What a text or an attribute that differs is called: by its element, its role, and what it says. */
import { camelCase } from './identifiers.ts';

const price = /^[-+]?\s?(?:[$€£¥₹]|CHF|USD|EUR)\s?\d[\d.,' ]*[kKmM]?|\d[\d.,]*\s?(?:[€£¥]|CHF|USD|EUR)$/;
const day =
  /^(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}|(?:\d{1,2} )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? ?\d{0,4}.*|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|yesterday|today)$/i;
const clock = /^\d{1,2}[:.]\d{2}(?: ?[ap]m)?$/i;
const change = /^[-+−±]\s?[\d.,]+\s?%?$/;
const figure = /^[\d][\d.,' ]*\s?[%kKmM+]?$/;
const mail = /^\S+@\S+\.\S+$/;

const sayings: readonly (readonly [RegExp, string])[] = [
  [price, 'price'],
  [clock, 'time'],
  [day, 'date'],
  [change, 'change'],
  [figure, 'value'],
  [mail, 'email'],
];

const byTag: Readonly<Record<string, string>> = {
  label: 'label',
  button: 'action',
  option: 'label',
  dt: 'term',
  dd: 'description',
  legend: 'legend',
  a: 'label',
  blockquote: 'quote',
};

/** Names made by the compiler out of kinds say where a thing stands, not what it is. */
const structural =
  /^(?:(?:header|footer|nav|sidebar|section|card|item|form|field|table|article|page|list|grid)-)?(?:text|title|link|label|value|part|stack|row|cell|note|strong|em|inline-link|heading|end|quote|item|list|card)$|^table-|^(?:cell-row|note|span)$/;

/** @param texts what it says in all instances. */
export function textName(element: { tag: string; name: string }, texts: readonly string[]): string {
  const said = texts.map((text) => text.trim()).filter((text) => text !== '');
  const role = camelCase(element.name.replace(/-\d+$/, ''));
  if (role !== '' && !structural.test(element.name))
    return element.tag === 'a' && role.endsWith('Link') ? 'label' : role;
  if (/^h[1-6]$/.test(element.tag)) return 'title';
  for (const [pattern, name] of sayings)
    if (said.length > 0 && said.every((text) => pattern.test(text))) return name;
  if (said.length > 0 && said.every((text) => price.test(text) || figure.test(text))) return 'value';
  const known = byTag[element.tag];
  if (known !== undefined) return known;
  const length = said.reduce((sum, text) => sum + text.length, 0) / Math.max(1, said.length);
  return length > 60 ? 'description' : 'text';
}

/** @param element whose attribute it is. */
export function attributeName(element: { tag: string; name: string }, attribute: string): string {
  if (element.tag === 'img') {
    const last = element.name.split('-').at(-1) ?? '';
    const subject = ['icon', 'avatar', 'logo', 'chart', 'map'].includes(last) ? last : 'image';
    if (attribute === 'src') return subject;
    if (attribute === 'alt') return `${subject}Alt`;
  }
  if (attribute === 'aria-label') return 'label';
  if (attribute === 'aria-checked') return 'checked';
  return camelCase(attribute);
}

/** A column's heading as the name of its field: `Order no.` → `orderNo`; '' if it gives none. */
export function headingName(text: string): string {
  const name = camelCase(text);
  return name.length <= 24 ? name : '';
}

/** First texts without a better name: what a thing is called stands before what is said of it. */
export const plainNames = ['text', 'subtitle', 'note', 'detail'] as const;
