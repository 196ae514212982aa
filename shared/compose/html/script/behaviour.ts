/** A way in which a page answers to people: how its elements are marked, and the script that drives them. */
import { bottom } from '../../../geometry.ts';
import type { UiNode } from '../../../ui-tree.ts';
import type { CompileContext } from '../context.ts';
import type { HtmlElement } from '../element.ts';

export interface Behaviour {
  /** Statements for elements that carry the behaviour's data attributes; they run once the page is parsed. */
  readonly code: string;
  /** Writes data attributes onto elements, in place. @returns whether there is anything to drive. */
  mark(body: HtmlElement, context: CompileContext): boolean;
}

export const partsOf = (element: HtmlElement): HtmlElement[] =>
  element.children.filter((child) => typeof child !== 'string');

/** All elements with those that they stand in, the nearest last; parents first. */
export function* placesOf(
  element: HtmlElement,
  ancestors: readonly HtmlElement[] = [],
): Generator<{ element: HtmlElement; ancestors: readonly HtmlElement[] }> {
  yield { element, ancestors };
  for (const child of partsOf(element)) yield* placesOf(child, [...ancestors, element]);
}

/** Two hyphens: no id that is made of words has them. */
export const createNumbering = (stem: string): (() => string) => {
  let number = 0;
  return () => {
    number += 1;
    return `${stem}--${number}`;
  };
};

/** Whether one thing stands below another and shares some of its width. */
export const isBelow = (lower: UiNode, upper: UiNode): boolean =>
  lower.box.y >= bottom(upper.box) - 4 &&
  lower.box.x < upper.box.x + upper.box.width &&
  upper.box.x < lower.box.x + lower.box.width;
