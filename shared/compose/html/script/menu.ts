/** The page's menu on a phone: folded behind a button. */
import { textOf } from '../accessible.ts';
import { breakpointsOf } from '../breakpoints.ts';
import type { CompileContext } from '../context.ts';
import { createElement, type Declarations, elementsOf, type HtmlElement } from '../element.ts';
import { type Behaviour, partsOf, placesOf } from './behaviour.ts';

/** Menus of fewer links have room on a phone. */
const leastLinks = 3;
/** What stands in the page rather than above or beside it: a way back, pages of a table, links of a footer. */
const inside = new Set(['main', 'footer', 'article', 'section', 'table', 'form']);

const linksIn = (element: HtmlElement): number =>
  [...elementsOf(element)].filter(({ tag }) => tag === 'a').length;

/** The element whose parts are links, one each; a logo beside them does not fold away. */
function linksOf(nav: HtmlElement): HtmlElement | undefined {
  const groups = [...elementsOf(nav)].filter((element) => {
    const linked = partsOf(element).filter((part) => linksIn(part) === 1);
    return linked.length >= leastLinks && linked.length === linksIn(element);
  });
  const group = groups.sort((one, other) => linksIn(other) - linksIn(one))[0];
  if (group === undefined) return undefined;
  const alone = textOf(group) === textOf(nav) && imagesIn(group) === imagesIn(nav);
  return alone ? nav : group;
}

const imagesIn = (element: HtmlElement): number =>
  [...elementsOf(element)].filter(({ tag }) => tag === 'img' || tag === 'svg').length;

function toggleButton(menu: string, phoneTo: number): HtmlElement {
  const lines = createElement('path', '');
  lines.attributes = { d: 'M4 6h16M4 12h16M4 18h16' };
  const icon = createElement('svg', 'menu-icon', [lines]);
  icon.attributes = {
    width: '24',
    height: '24',
    viewBox: '0 0 24 24',
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': '2',
    'stroke-linecap': 'round',
    'aria-hidden': 'true',
  };
  icon.styles.base['display'] = 'block';
  const button = createElement('button', 'menu-button', [icon]);
  button.attributes = {
    type: 'button',
    hidden: '',
    'data-menu': `${phoneTo}`,
    'aria-label': 'Menu',
    'aria-controls': menu,
  };
  // Large enough for a thumb (WCAG 2.2, success criterion 2.5.5).
  Object.assign(button.styles.base, { display: 'block', padding: '10px', 'margin-left': 'auto' });
  return button;
}

/** The colour of the menu's words, where that is not the colour of all around it. */
function colorOf(menu: HtmlElement): Declarations {
  const colors = [...elementsOf(menu)].flatMap(({ styles }) => styles.base['color'] ?? []);
  const [first] = colors;
  // One selected among many has a colour of its own.
  const common = colors.find((color, at) => colors.indexOf(color) !== at) ?? first;
  return common === undefined ? {} : { color: common };
}

/** On a phone the button stands at the end of the first line, and the menu on the next. */
function layMenu(parent: HtmlElement, button: HtmlElement, menu: HtmlElement): void {
  const { base, phone } = parent.styles;
  if (base['display'] !== 'flex' || base['flex-direction'] === 'column') return;
  phone['flex-wrap'] = 'wrap';
  button.styles.base['order'] = '1';
  Object.assign(menu.styles.phone, { order: '2', 'flex-basis': '100%' });
}

function mark(body: HtmlElement, { width }: CompileContext): boolean {
  for (const { element, ancestors } of placesOf(body)) {
    if (element.tag !== 'nav' || ancestors.some(({ tag }) => inside.has(tag))) continue;
    const menu = linksOf(element);
    if (menu === undefined) continue;
    const places = [...placesOf(body)];
    const parent = places.find((place) => place.element === menu)?.ancestors.at(-1);
    if (parent === undefined) continue;
    menu.attributes['id'] ??= 'menu--1';
    const button = toggleButton(menu.attributes['id'], breakpointsOf(width).phoneTo);
    Object.assign(button.styles.base, colorOf(menu));
    layMenu(parent, button, menu);
    parent.children.splice(parent.children.indexOf(menu), 0, button);
    return true;
  }
  return false;
}

export const menu: Behaviour = {
  mark,
  code: `// The menu: folded behind its button where the page is narrow; Escape folds it again.
for (const button of document.querySelectorAll("[data-menu]")) {
  const menu = document.getElementById(button.getAttribute("aria-controls"));
  const narrow = matchMedia("(max-width: " + button.dataset.menu + "px)");
  const show = (open) => {
    button.setAttribute("aria-expanded", String(open));
    button.hidden = !narrow.matches;
    menu.hidden = narrow.matches && !open;
  };
  const isOpen = () => narrow.matches && !menu.hidden;
  const escape = (event) => {
    if (event.key !== "Escape" || !isOpen()) return;
    show(false);
    button.focus();
  };
  button.addEventListener("click", () => show(!isOpen()));
  button.addEventListener("keydown", escape);
  menu.addEventListener("keydown", escape);
  narrow.addEventListener("change", () => show(false));
  show(false);
}
`,
};
