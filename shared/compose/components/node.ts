/** A page's elements with their repeats gathered in lists: what is searched for components. */
import { cleanText } from '../../facts/layout/clean-text.ts';
import type { HtmlElement } from '../html/element.ts';

export interface ElementNode {
  readonly type: 'element';
  /** A fragment, several elements that repeat together, has the tag `''`. */
  readonly element: HtmlElement;
  readonly children: readonly PartNode[];
  /** Elements in it, itself included; a list counts as one of its items. */
  readonly weight: number;
}

export interface TextNode {
  readonly type: 'text';
  readonly text: string;
}

/** Siblings that are the same thing with other contents. */
export interface ListNode {
  readonly type: 'list';
  readonly items: readonly ElementNode[];
}

export type PartNode = ElementNode | TextNode | ListNode;

export const weightOf = (node: PartNode): number =>
  node.type === 'text'
    ? 0.5
    : node.type === 'element'
      ? node.weight
      : Math.max(0, ...node.items.map((item) => item.weight));

export function elementNode(element: HtmlElement, children: readonly PartNode[]): ElementNode {
  const weight = children.reduce((sum, child) => sum + weightOf(child), element.tag === '' ? 0 : 1);
  return { type: 'element', element, children, weight };
}

/**
 * Children of an element with neighbouring texts joined, and without empty ones.
 * @param keepsLines the element is preformatted.
 */
export function textsJoined(
  children: readonly (HtmlElement | string)[],
  keepsLines = false,
): (HtmlElement | string)[] {
  const joined: (HtmlElement | string)[] = [];
  for (const child of children) {
    const last = joined.at(-1);
    if (typeof child !== 'string') joined.push(child);
    else {
      const text = cleanText(child, keepsLines);
      if (text === '') continue;
      if (typeof last === 'string') joined[joined.length - 1] = last + text;
      else joined.push(text);
    }
  }
  return joined;
}

/** Two elements of one kind can be one element of a component. */
export function kindOf({ tag, name, attributes }: HtmlElement): string {
  // Which icon it is, is data.
  if (tag === 'svg') return 'svg';
  const type = attributes['type'] ?? '';
  const control = tag === 'input' && (type === 'checkbox' || type === 'radio') ? type : '';
  return `${tag}.${name}:${control}:${attributes['role'] ?? ''}`;
}

/** All nodes of type element, parents first. */
export function* elementNodes(node: PartNode): Generator<ElementNode> {
  if (node.type === 'text') return;
  if (node.type === 'element') yield node;
  for (const child of node.type === 'list' ? node.items : node.children) yield* elementNodes(child);
}
