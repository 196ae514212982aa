/** What a page does when it is used: elements marked with data attributes, and one small script for them. */
import type { CompileContext } from '../context.ts';
import type { HtmlElement } from '../element.ts';
import { carousel } from './carousel.ts';
import { disclosure } from './disclosure.ts';
import { menu } from './menu.ts';
import { tabs } from './tabs.ts';

const behaviours = [menu, tabs, disclosure, carousel];

/**
 * Marks what can be driven, in place. Without the script the page shows everything, and at the picture's width
 * it looks the same with it.
 * @returns the script of what the page has; empty where nothing moves. It is the same for every picture.
 */
export function addBehaviours(body: HtmlElement, context: CompileContext): string {
  return behaviours
    .filter((behaviour) => behaviour.mark(body, context))
    .map(({ code }) => code)
    .join('\n');
}
