/** Which kind an element is: from its tag, and for a plain element from what it looks like. */
import type { UiKind } from '../../../../shared/ui-tree.ts';
import type { TruthNode } from '../truth.ts';

const byTag: Readonly<Record<string, UiKind>> = {
  header: 'header',
  nav: 'nav',
  main: 'main',
  section: 'section',
  aside: 'aside',
  footer: 'footer',
  article: 'article',
  ul: 'list',
  ol: 'list',
  menu: 'list',
  dl: 'list',
  li: 'item',
  dt: 'term',
  dd: 'description',
  table: 'table',
  tr: 'table-row',
  th: 'cell',
  td: 'cell',
  form: 'form',
  fieldset: 'fieldset',
  legend: 'legend',
  label: 'label',
  a: 'link',
  button: 'button',
  blockquote: 'quote',
  details: 'details',
  h1: 'heading',
  h2: 'heading',
  h3: 'heading',
  h4: 'heading',
  h5: 'heading',
  h6: 'heading',
};

const byRole: Readonly<Record<string, UiKind>> = { tablist: 'tabs', navigation: 'nav', table: 'table' };

/** The kind that an element's tag or role names; undefined for a plain one. */
export function kindOfTag(element: Element): UiKind | undefined {
  return byTag[element.localName] ?? byRole[element.getAttribute('role') ?? ''];
}

/** The kind of a form control; undefined for everything else, and for what does not show. */
export function kindOfControl(element: Element): UiKind | undefined {
  if (element instanceof HTMLTextAreaElement) return 'textarea';
  if (element instanceof HTMLSelectElement) return 'select';
  if (!(element instanceof HTMLInputElement) || element.type === 'hidden') return undefined;
  if (['submit', 'button', 'reset'].includes(element.type)) return 'button';
  if (element.type === 'radio') return 'radio';
  if (element.type !== 'checkbox') return 'input';
  const { width, height } = element.getBoundingClientRect();
  return element.getAttribute('role') === 'switch' || width > 1.5 * height ? 'switch' : 'checkbox';
}

export function kindOfPicture(element: Element): UiKind | undefined {
  const tag = element.localName;
  if (!['img', 'svg', 'canvas', 'video', 'picture', 'iframe'].includes(tag)) return undefined;
  const { width, height } = element.getBoundingClientRect();
  if (tag === 'video') return 'video';
  if (tag === 'canvas') return 'chart';
  const round = Number.parseFloat(getComputedStyle(element).borderTopLeftRadius) > 0;
  if (Math.max(width, height) <= 48) return tag === 'img' && round ? 'avatar' : 'icon';
  return tag === 'svg' && element.querySelectorAll('rect, path, line, circle, polyline').length > 6
    ? 'chart'
    : 'image';
}

/** Text in a visible box of its own that is no control: a badge, the letters of an avatar, a card. */
export function kindOfBoxedText(element: Element, characters: number): UiKind {
  const { width, height } = element.getBoundingClientRect();
  if (width > 0.95 * document.documentElement.clientWidth) return 'text';
  const round = Math.abs(width - height) < 3 && characters <= 3;
  if (round && height >= 24) return 'avatar';
  return height <= 32 && width <= 180 ? 'badge' : 'card';
}

/** An empty visible box: a switch that is drawn by hand, or just a shape. */
export function kindOfEmptyBox(element: Element, style: CSSStyleDeclaration): UiKind {
  const { width, height } = element.getBoundingClientRect();
  const isPill = Number.parseFloat(style.borderTopLeftRadius) >= height / 2 - 1;
  if (style.backgroundImage.includes('url(')) return 'image';
  return isPill && height >= 14 && height <= 36 && width > 1.5 * height && width < 2.4 * height
    ? 'switch'
    : 'shape';
}

/** A plain element around at least two others, by how it lays them out. */
export function kindOfBlock(style: CSSStyleDeclaration, children: readonly TruthNode[]): UiKind {
  const has = (kinds: readonly UiKind[]): number =>
    children.filter((child) => kinds.includes(child.kind)).length;
  const controls = has(['input', 'select', 'textarea']);
  if (children.length <= 3 && controls === 1 && has(['label']) === 1) return 'field';
  if (style.display.includes('grid')) return 'grid';
  if (style.display.includes('flex')) return style.flexDirection.startsWith('column') ? 'column' : 'row';
  return style.display.startsWith('inline') ? 'row' : 'column';
}

export function stateOf(element: Element): TruthNode['state'] {
  if (element instanceof HTMLInputElement && element.type === 'password' && element.value !== '')
    return 'secret';
  if (element instanceof HTMLInputElement && element.checked) return 'checked';
  if (element.matches(':disabled')) return 'disabled';
  const shownPlaceholder =
    (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) &&
    element.value === '' &&
    element.placeholder !== '';
  if (shownPlaceholder) return 'placeholder';
  return element.matches('[aria-selected=true], [aria-current]:not([aria-current=false])')
    ? 'selected'
    : undefined;
}
