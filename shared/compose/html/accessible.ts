/** Names for what has none: labels bound to fields, headings in order, landmarks told apart, pictures described. */
import { elementsOf, type HtmlElement } from './element.ts';
import { hintOf } from './field-hints.ts';

const fields = new Set(['input', 'select', 'textarea']);
const isTick = ({ attributes }: HtmlElement): boolean => /^(checkbox|radio)$/.test(attributes['type'] ?? '');

const partsOf = (element: HtmlElement): HtmlElement[] =>
  element.children.filter((child) => typeof child !== 'string');

export const textOf = (element: HtmlElement): string =>
  element.children
    .map((child) => (typeof child === 'string' ? child : child.tag === 'option' ? '' : textOf(child)))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();

/** First text under an element that is short enough for a name. */
function nameIn(element: HtmlElement | undefined, most = 60): string {
  if (element === undefined || fields.has(element.tag)) return '';
  const heading = [...elementsOf(element)].find(({ tag }) => /^h[1-6]$/.test(tag));
  const leaves = [...elementsOf(element)].filter((part) =>
    part.children.some((child) => typeof child === 'string' && child.trim() !== ''),
  );
  const words = textOf(heading ?? leaves[0] ?? element);
  return words.length <= most ? words : '';
}

/** Ids that no other element of the page has. */
function createIds(): (words: string) => string {
  const used = new Map<string, number>();
  return (words) => {
    const slug = words
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 32);
    const stem = /^[a-z]/.test(slug) ? slug : 'field';
    const number = (used.get(stem) ?? 0) + 1;
    used.set(stem, number);
    return number === 1 ? stem : `${stem}-${number}`;
  };
}

const labelTags = new Set(['span', 'p']);

/** The text right before a field becomes its label; where there is none, the field is named by its own words. */
function labelField(
  field: HtmlElement,
  ancestors: readonly HtmlElement[],
  idOf: (words: string) => string,
): void {
  const { attributes } = field;
  const bound = ancestors.find(({ tag }) => tag === 'label');
  if (bound !== undefined && textOf(bound) !== '') return;
  const hintFrom = (words: string): void => {
    const { type, autocomplete } = hintOf(words);
    if (field.tag === 'input' && type !== undefined && attributes['type'] === 'text')
      attributes['type'] = type;
    if (autocomplete !== undefined && !isTick(field)) attributes['autocomplete'] ??= autocomplete;
  };
  // A field with icons stands in a frame of its own.
  for (const [depth, parent] of [...ancestors].reverse().slice(0, 2).entries()) {
    const parts = partsOf(parent);
    const at = parts.findIndex((part) => part === field || part === [...ancestors].reverse()[depth - 1]);
    const before = parts[at - 1];
    const words = before === undefined ? '' : textOf(before);
    const usable = before !== undefined && (before.tag === 'label' || labelTags.has(before.tag));
    if (!usable || words === '' || words.length > 40 || before.attributes['for'] !== undefined) continue;
    if (partsOf(before).some((part) => part.tag !== 'strong' && part.tag !== 'em')) continue;
    before.tag = 'label';
    before.styles.base['display'] ??= 'block';
    attributes['id'] ??= idOf(words);
    before.attributes['for'] = attributes['id'];
    hintFrom(words);
    return;
  }
  const own = attributes['placeholder'] ?? '';
  hintFrom(own);
  const row = [...ancestors].reverse().find(({ tag }) => tag === 'tr' || tag === 'li');
  const inHead = ancestors.some(({ tag }) => tag === 'thead');
  const option = partsOf(field)[0]?.children[0];
  attributes['aria-label'] = isTick(field)
    ? inHead
      ? 'Select all'
      : `Select ${nameIn(row) || 'this'}`
    : own ||
      (typeof option === 'string' && option !== ''
        ? option
        : (fieldNames[attributes['type'] ?? ''] ?? 'Field'));
}

const fieldNames: Readonly<Record<string, string>> = {
  email: 'Email',
  search: 'Search',
  password: 'Password',
  tel: 'Phone',
  url: 'Address',
};

/** No rank is skipped on the way down, and the page has a first one. */
function orderHeadings(body: HtmlElement): void {
  const headings = [...elementsOf(body)].filter(({ tag }) => /^h[1-6]$/.test(tag));
  const rank = ({ tag }: HtmlElement): number => Number(tag.slice(1));
  const top = Math.min(...headings.map(rank));
  const first = headings.find((heading) => rank(heading) === top);
  if (first !== undefined) first.tag = 'h1';
  let last = 0;
  for (const heading of headings) {
    // Before the page's title there may stand headings of side bars; they may have any rank.
    const level = last === 0 ? rank(heading) : Math.min(rank(heading), last + 1);
    heading.tag = `h${level}`;
    last = level;
  }
}

/** Landmarks of one sort are told apart by what stands before them. */
function nameLandmarks(body: HtmlElement): void {
  const used = new Set<string>();
  const navs = [...elementsOf(body)].filter(({ tag }) => tag === 'nav').length;
  let heading = '';
  const visit = (element: HtmlElement, place: string): void => {
    if (/^h[1-6]$/.test(element.tag)) heading = textOf(element).slice(0, 60);
    const region = element.attributes['role'] === 'region';
    if (region || (element.tag === 'nav' && navs > 1)) {
      const stem = region ? heading || 'Table' : place;
      let name = stem;
      for (let number = 2; used.has(name); number += 1) name = `${stem} ${number}`;
      used.add(name);
      element.attributes['aria-label'] = name;
    }
    const places: Readonly<Record<string, string>> = { header: 'Main', footer: 'Footer', aside: 'Side bar' };
    for (const child of partsOf(element)) visit(child, places[element.tag] ?? place);
  };
  visit(body, 'Pages');
}

function describePicture(picture: HtmlElement, ancestors: readonly HtmlElement[]): void {
  if (picture.attributes['alt'] === 'Avatar') {
    // The name beside it says the same.
    if (textOf(ancestors[ancestors.length - 1] ?? picture) !== '') picture.attributes['alt'] = '';
  } else if (picture.attributes['alt'] === 'Picture') {
    const around = [...ancestors]
      .reverse()
      .slice(0, 2)
      .find((parent) => nameIn(parent) !== '');
    picture.attributes['alt'] = (around?.tag === 'body' ? '' : nameIn(around)) || 'Picture';
  }
}

/** Changes the tree in place. */
export function makeAccessible(body: HtmlElement): void {
  const idOf = createIds();
  const visit = (element: HtmlElement, ancestors: readonly HtmlElement[]): void => {
    if (fields.has(element.tag)) labelField(element, ancestors, idOf);
    if (element.tag === 'img') describePicture(element, ancestors);
    const silent = textOf(element) === '' && ![...elementsOf(element)].some((part) => part.attributes['alt']);
    if (
      (element.tag === 'button' || element.tag === 'a' || element.attributes['role'] === 'switch') &&
      silent
    )
      element.attributes['aria-label'] ??= element.tag === 'a' ? 'Link' : 'Button';
    if (element.tag === 'th') {
      if (silent && ![...elementsOf(element)].some(({ tag }) => fields.has(tag))) element.tag = 'td';
      else element.attributes['scope'] = 'col';
    }
    for (const child of partsOf(element)) visit(child, [...ancestors, element]);
  };
  visit(body, []);
  orderHeadings(body);
  nameLandmarks(body);
}
