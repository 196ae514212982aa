/** Class names by what a thing is and where it stands: `card-title`, `site-header`, `nav-link`. */
import type { UiKind, UiNode } from '../../ui-tree.ts';

const blocks: Partial<Record<UiKind, string>> = {
  header: 'site-header',
  footer: 'site-footer',
  nav: 'site-nav',
  aside: 'sidebar',
  main: 'content',
  section: 'section',
  card: 'card',
  form: 'form',
  field: 'field',
  table: 'data-table',
  list: 'list',
  item: 'item',
  grid: 'grid',
  article: 'article',
  fieldset: 'options',
  details: 'details',
};

const nouns: Partial<Record<UiKind, string>> = {
  heading: 'title',
  text: 'text',
  link: 'link',
  button: 'button',
  input: 'input',
  textarea: 'textarea',
  select: 'select',
  checkbox: 'checkbox',
  radio: 'radio',
  switch: 'switch',
  image: 'image',
  icon: 'icon',
  chart: 'chart',
  avatar: 'avatar',
  badge: 'badge',
  divider: 'divider',
  label: 'label',
  row: 'row',
  column: 'stack',
  overlay: 'overlay',
  shape: 'shape',
  quote: 'quote',
  cell: 'cell',
  'table-row': 'row',
  video: 'video',
  map: 'map',
  tabs: 'tabs',
  legend: 'legend',
  term: 'term',
  description: 'value',
};

/** Kinds that keep their own name wherever they stand. */
const alone = new Set<UiKind>([
  'button',
  'badge',
  'avatar',
  'input',
  'textarea',
  'select',
  'checkbox',
  'radio',
  'switch',
  'field',
  'form',
  'divider',
  'label',
]);

const prefixes: Partial<Record<UiKind, string>> = {
  header: 'header',
  footer: 'footer',
  nav: 'nav',
  aside: 'sidebar',
  section: 'section',
  card: 'card',
  item: 'item',
  form: 'form',
  field: 'field',
  table: 'table',
  article: 'article',
  main: 'page',
  list: 'list',
  grid: 'grid',
};

/** @param owners the kinds of the node's ancestors, the nearest last. */
export function className(node: UiNode, owners: readonly UiKind[]): string {
  if (node.role !== undefined && node.role.trim() !== '') {
    const slug = node.role
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '');
    if (/^[a-z]/.test(slug)) return slug;
  }
  const owner = [...owners].reverse().find((kind) => prefixes[kind] !== undefined && kind !== node.kind);
  const prefix = owner === undefined ? 'page' : (prefixes[owner] ?? 'page');
  const block = blocks[node.kind];
  if (block !== undefined)
    return ['list', 'item', 'grid', 'card'].includes(node.kind) &&
      owner !== undefined &&
      owner !== 'main' &&
      owner !== 'grid' &&
      owner !== 'list'
      ? `${prefix}-${block}`
      : block;
  const noun = nouns[node.kind] ?? 'part';
  return alone.has(node.kind) ? noun : `${prefix}-${noun}`;
}
