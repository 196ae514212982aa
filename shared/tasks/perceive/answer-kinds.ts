/** The kinds that a model may name, as it writes them: a part of the kinds of the UI tree, headings with their level. */
import { type UiKind, uiKinds, uiNodeSchema } from '../../ui-tree.ts';

/** Kinds that hold other things, or words. A table, whose rows are lists of cells, is written in a form of its own. */
export const groupKinds = [
  'header',
  'nav',
  'main',
  'section',
  'aside',
  'footer',
  'article',
  'card',
  'row',
  'column',
  'grid',
  'list',
  'item',
  'form',
  'field',
  'fieldset',
  'tabs',
  'details',
  'cell',
  'link',
  'button',
  'label',
  'badge',
  'quote',
  'text',
  'legend',
  'term',
  'description',
] as const satisfies readonly UiKind[];

/** Kinds that are one thing each. */
export const leafKinds = [
  'input',
  'textarea',
  'select',
  'checkbox',
  'radio',
  'switch',
  'image',
  'icon',
  'chart',
  'avatar',
  'video',
  'map',
  'divider',
  'shape',
] as const satisfies readonly UiKind[];

/** `h1` to `h4` are headings. */
export const headingNames = ['h1', 'h2', 'h3', 'h4'] as const;

export const states = uiNodeSchema.shape.state.unwrap().options;
export type State = (typeof states)[number];

/** Kinds whose state is worth telling. */
export const statefulKinds: readonly UiKind[] = [
  'input',
  'textarea',
  'select',
  'checkbox',
  'radio',
  'switch',
  'button',
  'link',
  'item',
  'table',
];

/** Several pieces of one of these are one text; of any other kind they are things beside each other. */
export const wordKinds: ReadonlySet<UiKind> = new Set<UiKind>([
  'text',
  'heading',
  'label',
  'legend',
  'quote',
  'term',
  'description',
]);

export interface NamedKind {
  readonly kind: UiKind;
  readonly level?: number;
}

/** What models write where no grammar holds them: the tags that they know from pages. */
const aliases: Readonly<Record<string, UiKind>> = {
  a: 'link',
  p: 'text',
  span: 'text',
  paragraph: 'text',
  string: 'text',
  title: 'heading',
  ul: 'list',
  ol: 'list',
  menu: 'list',
  li: 'item',
  'list-item': 'item',
  listitem: 'item',
  img: 'image',
  picture: 'image',
  photo: 'image',
  svg: 'icon',
  logo: 'icon',
  div: 'column',
  container: 'column',
  group: 'column',
  box: 'shape',
  navbar: 'nav',
  navigation: 'nav',
  sidebar: 'aside',
  tr: 'table-row',
  td: 'cell',
  th: 'cell',
  hr: 'divider',
  separator: 'divider',
  textbox: 'input',
  dropdown: 'select',
  combobox: 'select',
  toggle: 'switch',
  tag: 'badge',
  chip: 'badge',
  blockquote: 'quote',
  dt: 'term',
  dd: 'description',
  tab: 'item',
  tablist: 'tabs',
};

const known: ReadonlyMap<string, UiKind> = new Map([
  ...uiKinds.filter((kind) => kind !== 'page').map((kind) => [kind, kind] as const),
  ...Object.entries(aliases),
]);

/** The kind that a model's word names; undefined for any other word. */
export function namedKind(word: string): NamedKind | undefined {
  const name = word.trim().toLowerCase().replaceAll('_', '-');
  const level = /^h([1-6])$/.exec(name)?.[1];
  if (level !== undefined) return { kind: 'heading', level: Number(level) };
  const kind = known.get(name);
  return kind === undefined ? undefined : { kind };
}
