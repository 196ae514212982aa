/** Carousels: cards that are swiped where they have no room, with buttons to the one before and the one after. */
import { textOf } from '../accessible.ts';
import { breakpointsOf } from '../breakpoints.ts';
import type { CompileContext } from '../context.ts';
import { createElement, elementsOf, type HtmlElement } from '../element.ts';
import { isInteractive } from '../states.ts';
import { type Behaviour, createNumbering, partsOf, placesOf } from './behaviour.ts';

const leastCards = 3;

/** The element whose parts stand side by side. */
function trackIn(element: HtmlElement): HtmlElement | undefined {
  return [...elementsOf(element)].find((part) => {
    const { base } = part.styles;
    const row = base['display'] === 'flex' && base['flex-direction'] !== 'column';
    const grid = base['grid-template-columns'] !== undefined;
    const cards = partsOf(part).filter((card) => textOf(card) !== '' || holdsPicture(card));
    return (row || grid) && cards.length >= leastCards && cards.length === partsOf(part).length;
  });
}

const holdsPicture = (element: HtmlElement): boolean =>
  [...elementsOf(element)].some(({ tag }) => tag === 'img');

/** Where cards would go below each other they stay in a row that scrolls. */
function layTrack(track: HtmlElement): void {
  Object.assign(track.styles.collapsed, {
    display: 'flex',
    'flex-wrap': 'nowrap',
    'overflow-x': 'auto',
    'scroll-snap-type': 'x mandatory',
  });
  for (const card of partsOf(track))
    Object.assign(card.styles.collapsed, { flex: '0 0 min(80%, 320px)', 'scroll-snap-align': 'start' });
}

const arrows = { previous: /^icon-(?:chevron|arrow)-left$/, next: /^icon-(?:chevron|arrow)-right$/ } as const;

/** The picture's own button; else one that is seen only where the cards scroll. */
function arrowOf(
  element: HtmlElement,
  track: HtmlElement,
  way: keyof typeof arrows,
): { readonly button: HtmlElement; readonly fresh: boolean } {
  const within = new Set(elementsOf(track));
  const own = [...elementsOf(element)].find(
    (part) =>
      isInteractive(part) &&
      !within.has(part) &&
      [...elementsOf(part)].some(({ name }) => arrows[way].test(name)),
  );
  if (own !== undefined) return { button: own, fresh: false };
  const button = createElement('button', 'carousel-button', [way === 'previous' ? '‹' : '›']);
  button.attributes = { type: 'button', hidden: '' };
  Object.assign(button.styles.base, { display: 'inline-block', padding: '8px 18px', 'font-size': '24px' });
  return { button, fresh: true };
}

function mark(body: HtmlElement, { origins, width }: CompileContext): boolean {
  const numbered = createNumbering('cards');
  let marked = false;
  for (const { element } of [...placesOf(body)]) {
    if (!/\b(?:carousel|slide ?show|slider)\b/i.test(origins.get(element)?.role ?? '')) continue;
    const track = trackIn(element);
    if (track === undefined || track === body || track.attributes['data-cards'] !== undefined) continue;
    layTrack(track);
    track.attributes['id'] ??= numbered();
    track.attributes['data-cards'] = `${breakpointsOf(width).collapsedTo}`;
    const parent = [...placesOf(body)].find((place) => place.element === track)?.ancestors.at(-1);
    const fresh: HtmlElement[] = [];
    for (const way of ['previous', 'next'] as const) {
      const arrow = arrowOf(element, track, way);
      Object.assign(arrow.button.attributes, {
        'data-scrolls': way,
        'aria-controls': track.attributes['id'],
      });
      arrow.button.attributes['aria-label'] ??= way === 'previous' ? 'Previous' : 'Next';
      if (arrow.fresh) fresh.push(arrow.button);
    }
    parent?.children.splice(parent.children.indexOf(track) + 1, 0, ...fresh);
    marked = true;
  }
  return marked;
}

export const carousel: Behaviour = {
  mark,
  code: `// Carousels: the buttons scroll by one card, and those that were not drawn are seen where there is something to scroll.
for (const track of document.querySelectorAll("[data-cards]")) {
  const buttons = [...document.querySelectorAll("[data-scrolls]")].filter(
    (button) => button.getAttribute("aria-controls") === track.id,
  );
  const added = buttons.filter((button) => button.hidden);
  const narrow = matchMedia("(max-width: " + track.dataset.cards + "px)");
  const update = () => {
    const scrolls = narrow.matches && track.scrollWidth > track.clientWidth + 1;
    for (const button of added) button.hidden = !scrolls;
    if (scrolls) track.tabIndex = 0;
    else track.removeAttribute("tabindex");
  };
  for (const button of buttons)
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const step = track.children[1].offsetLeft - track.children[0].offsetLeft;
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      track.scrollBy({
        left: button.dataset.scrolls === "next" ? step : -step,
        behavior: calm ? "instant" : "smooth",
      });
    });
  addEventListener("resize", update);
  update();
}
`,
};
