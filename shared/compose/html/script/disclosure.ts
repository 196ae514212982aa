/** Questions with answers below them: a line with a chevron opens and closes what follows it. */
import { textOf } from '../accessible.ts';
import type { CompileContext } from '../context.ts';
import { elementsOf, type HtmlElement } from '../element.ts';
import { type Behaviour, createNumbering, partsOf, placesOf } from './behaviour.ts';

/** Icons of the set at the end of a line that opens or closes, as their elements are named. */
const openers = new Set(['chevron-down', 'chevron-up', 'plus', 'minus'].map((name) => `icon-${name}`));

const isHeading = ({ tag }: HtmlElement): boolean => /^h[1-6]$/.test(tag);

/** A line of words with nothing after them but such an icon. */
function isHead(element: HtmlElement): boolean {
  const parts = [...elementsOf(element)];
  if (textOf(element) === '' || parts.some(({ tag }) => ['input', 'select', 'p'].includes(tag))) return false;
  const icons = parts.filter(({ tag }) => tag === 'svg');
  const last = element.children.at(-1);
  const end = typeof last === 'string' ? undefined : last;
  const ends = end !== undefined && (end.tag === 'svg' || [...elementsOf(end)].at(-1)?.tag === 'path');
  return icons.length === 1 && ends && icons.every(({ name }) => openers.has(name));
}

/** An accordion is told by its headings, by its role, or by having several such lines. */
function headsIn(element: HtmlElement, { origins }: CompileContext): HtmlElement[] {
  const heads = partsOf(element).filter(isHead);
  const told = /\baccordion\b/i.test(origins.get(element)?.role ?? '');
  return told || heads.length > 1 ? heads : heads.filter((head) => [...elementsOf(head)].some(isHeading));
}

/** Words in several lines right after the head. */
function answerOf(parent: HtmlElement, head: HtmlElement): HtmlElement | undefined {
  const parts = partsOf(parent);
  const next = parts[parts.indexOf(head) + 1];
  if (next === undefined || !['p', 'div', 'ul', 'dl'].includes(next.tag)) return undefined;
  return textOf(next) === '' || [...elementsOf(next)].some(isHead) ? undefined : next;
}

function mark(body: HtmlElement, context: CompileContext): boolean {
  const numbered = createNumbering('answer');
  let marked = false;
  for (const { element } of placesOf(body)) {
    // A row's parts stand beside each other.
    if (element.styles.base['display'] === 'flex' && element.styles.base['flex-direction'] !== 'column')
      continue;
    for (const head of headsIn(element, context)) {
      const answer = answerOf(element, head);
      if (answer === undefined) continue;
      answer.attributes['id'] ??= numbered();
      head.attributes['data-opens'] = answer.attributes['id'];
      marked = true;
    }
  }
  return marked;
}

export const disclosure: Behaviour = {
  mark,
  code: `// Questions: open at first, as they were drawn; the words of each are a button.
for (const head of document.querySelectorAll("[data-opens]")) {
  const answer = document.getElementById(head.dataset.opens);
  const chevron = head.querySelector("svg");
  let button = head.closest("a, button") ?? head.querySelector("a, button");
  if (!button) {
    const title = head.querySelector("h1, h2, h3, h4, h5, h6") ?? head;
    button = document.createElement("span");
    button.tabIndex = 0;
    button.append(...[...title.childNodes].filter((part) => part !== chevron && !part.contains(chevron)));
    title.prepend(button);
    button.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      button.click();
    });
  }
  if (button.tagName !== "BUTTON") button.setAttribute("role", "button");
  button.setAttribute("aria-controls", answer.id);
  button.setAttribute("aria-expanded", "true");
  head.style.cursor = "pointer";
  head.addEventListener("click", (event) => {
    event.preventDefault();
    answer.hidden = !answer.hidden;
    button.setAttribute("aria-expanded", String(!answer.hidden));
    chevron.style.transform = answer.hidden ? "rotate(180deg)" : "";
  });
}
`,
};
