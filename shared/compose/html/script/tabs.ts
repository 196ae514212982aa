/** Tabs: one is selected, arrow keys move, the panel says which it belongs to. */
import { textOf } from '../accessible.ts';
import type { CompileContext } from '../context.ts';
import { elementsOf, type HtmlElement } from '../element.ts';
import { isInteractive } from '../states.ts';
import { type Behaviour, createNumbering, isBelow, partsOf, placesOf } from './behaviour.ts';

/** The element that holds the tabs side by side: down through those that hold nothing else. */
function listIn(element: HtmlElement): HtmlElement {
  const parts = partsOf(element).filter((part) => textOf(part) !== '');
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? listIn(only) : element;
}

/** What of an item takes the keyboard: its only control, or the item itself. */
function tabIn(item: HtmlElement): HtmlElement | undefined {
  if (textOf(item) === '') return undefined;
  const controls = [...elementsOf(item)].filter(isInteractive);
  return controls.length > 1 ? undefined : (controls[0] ?? item);
}

const lookOf = (element: HtmlElement): string =>
  [...elementsOf(element)].map(({ tag, styles }) => `${tag}${JSON.stringify(styles.base)}`).join();

/** The one that is said to be selected; else the one that looks like no other. */
function selectedOf(items: readonly HtmlElement[], { origins }: CompileContext): HtmlElement | undefined {
  const said = items.find((item) =>
    [...elementsOf(item)].some((part) => origins.get(part)?.state === 'selected'),
  );
  if (said !== undefined) return said;
  const looks = items.map(lookOf);
  const odd = items.filter((_, at) => looks.filter((look) => look === looks[at]).length === 1);
  return odd.length === 1 ? odd[0] : items[0];
}

/** What the tabs stand above, where it is one thing. */
function panelOf(
  element: HtmlElement,
  ancestors: readonly HtmlElement[],
  { origins }: CompileContext,
): HtmlElement | undefined {
  const tabs = origins.get(element);
  const parent = ancestors[ancestors.length - 1];
  if (tabs === undefined || parent === undefined) return undefined;
  const parts = partsOf(parent).filter(({ tag }) => tag !== 'hr');
  const after = parts.slice(parts.indexOf(element) + 1);
  const told = after.find((part) => /\bpanel\b/i.test(origins.get(part)?.role ?? ''));
  const next = told ?? (after.length === 1 ? after[0] : undefined);
  const origin = next === undefined ? undefined : origins.get(next);
  // A control or a landmark cannot take the role of a panel.
  const free = next !== undefined && ['div', 'section', 'article'].includes(next.tag);
  return free && origin !== undefined && isBelow(origin, tabs) ? next : undefined;
}

function mark(body: HtmlElement, context: CompileContext): boolean {
  const numbered = createNumbering('panel');
  let marked = false;
  for (const { element, ancestors } of placesOf(body)) {
    if (context.origins.get(element)?.kind !== 'tabs') continue;
    const list = listIn(element);
    const items = partsOf(list).filter((item) => textOf(item) !== '');
    const tabs = items.map(tabIn);
    // Of one tab, or of things with several controls each, nothing is known.
    if (tabs.length < 2 || tabs.includes(undefined)) continue;
    const selected = selectedOf(items, context);
    const panel = panelOf(element, ancestors, context);
    if (panel !== undefined) panel.attributes['id'] ??= numbered();
    list.attributes['data-tabs'] = panel?.attributes['id'] ?? '';
    items.forEach((item, at) => {
      const tab = tabs[at];
      if (tab !== undefined) tab.attributes['data-tab'] = item === selected ? 'selected' : '';
    });
    marked = true;
  }
  return marked;
}

export const tabs: Behaviour = {
  mark,
  code: `// Tabs: arrow keys, Home and End move; the selected one's look moves with it.
for (const list of document.querySelectorAll("[data-tabs]")) {
  const looks = [
    "color",
    "background",
    "border-top",
    "border-right",
    "border-bottom",
    "border-left",
    "box-shadow",
    "font-weight",
    "text-decoration",
    "opacity",
  ];
  const tabs = [...list.querySelectorAll("[data-tab]")];
  const panel = document.getElementById(list.dataset.tabs);
  const first = Math.max(
    0,
    tabs.findIndex((tab) => tab.dataset.tab === "selected"),
  );
  const partsOf = (tab) => [tab, ...tab.querySelectorAll("*")];
  const resting = tabs.map((tab) =>
    partsOf(tab).map((part) => {
      const style = getComputedStyle(part);
      return looks.map((look) => style.getPropertyValue(look));
    }),
  );
  const paint = (at, selected) => {
    const own = selected === (at === first);
    const source = resting[selected ? first : first === 0 ? 1 : 0];
    const parts = partsOf(tabs[at]);
    parts.forEach((part, index) => {
      if (index > 0 && source.length !== parts.length) return;
      looks.forEach((look, number) => {
        if (own) part.style.removeProperty(look);
        else part.style.setProperty(look, source[index][number]);
      });
    });
  };
  const select = (at) => {
    tabs.forEach((tab, index) => {
      tab.setAttribute("aria-selected", String(index === at));
      tab.tabIndex = index === at ? 0 : -1;
      paint(index, index === at);
    });
    if (panel) panel.setAttribute("aria-labelledby", tabs[at].id);
  };
  list.setAttribute("role", "tablist");
  for (const part of list.querySelectorAll("li, hr")) part.setAttribute("role", "presentation");
  tabs.forEach((tab, index) => {
    tab.setAttribute("role", "tab");
    tab.id ||= "tab--" + [...document.querySelectorAll("[data-tab]")].indexOf(tab);
    if (panel) tab.setAttribute("aria-controls", panel.id);
    tab.addEventListener("click", (event) => {
      event.preventDefault();
      select(index);
    });
  });
  if (panel) {
    panel.setAttribute("role", "tabpanel");
    if (!panel.querySelector("a, button, input, select, textarea")) panel.tabIndex = 0;
  }
  list.addEventListener("keydown", (event) => {
    const at = tabs.indexOf(event.target);
    const last = tabs.length - 1;
    const next = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
      Enter: at,
      " ": at,
    }[event.key];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    select(next);
    tabs[next].focus();
  });
  select(first);
}
`,
};
