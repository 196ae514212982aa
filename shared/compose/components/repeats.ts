/** Finds siblings that are the same thing with other contents, from the leaves up. */
import { createElement, type HtmlElement } from '../html/element.ts';
import { type ElementNode, elementNode, type PartNode, textsJoined } from './node.ts';
import type { Similarity } from './similarity.ts';

/** Siblings at least this alike are one thing. */
const alikeEnough = 0.6;

/** Words that stand below each other are different things; so are cells. Few of them never are a list. */
const leastOf = (node: ElementNode): number => {
  const { tag } = node.element;
  if (tag === 'li' || tag === 'tr' || tag === 'option') return 2;
  if (tag === 'td' || tag === 'th') return 5;
  if (node.weight >= 4) return 2;
  if (node.weight >= 2.5) return 3;
  return tag === 'a' || tag === 'button' || tag === 'label' || tag === 'img' ? 3 : 5;
};

export function withLists(element: HtmlElement, similarity: Similarity): ElementNode {
  if (element.tag === 'svg') return elementNode(element, []);
  if (element.tag === 'pre') return asItIs(element);
  const children = textsJoined(element.children).map(
    (child): PartNode =>
      typeof child === 'string' ? { type: 'text', text: child } : withLists(child, similarity),
  );
  return elementNode(element, gathered(children, similarity));
}

/** Preformatted text is one thing, whatever in it repeats. */
function asItIs(element: HtmlElement): ElementNode {
  const children = textsJoined(element.children, true).map(
    (child): PartNode => (typeof child === 'string' ? { type: 'text', text: child } : asItIs(child)),
  );
  return elementNode(element, children);
}

function gathered(children: readonly PartNode[], similarity: Similarity): PartNode[] {
  const result: PartNode[] = [];
  let index = 0;
  while (index < children.length) {
    const items = runAt(children, index, similarity) ?? pairsAt(children, index, similarity);
    if (items === undefined) {
      const child = children[index];
      if (child !== undefined) result.push(child);
      index += 1;
      continue;
    }
    result.push({ type: 'list', items });
    index += items.reduce((sum, item) => sum + (item.element.tag === '' ? item.children.length : 1), 0);
  }
  return result;
}

/** Siblings from `start` on that are alike, if they are enough. */
function runAt(
  children: readonly PartNode[],
  start: number,
  similarity: Similarity,
): readonly ElementNode[] | undefined {
  const first = children[start];
  if (first?.type !== 'element') return undefined;
  const items: ElementNode[] = [first];
  for (const child of children.slice(start + 1)) {
    if (child.type !== 'element') break;
    if (Math.max(...items.map((item) => similarity(item, child))) < alikeEnough) break;
    items.push(child);
  }
  const heaviest = items.reduce((best, item) => (item.weight > best.weight ? item : best));
  return items.length >= leastOf(heaviest) && isOneList(items) ? items : undefined;
}

/** Bare words in several looks are not a list: name and price, title and note. */
function isOneList(items: readonly ElementNode[]): boolean {
  const bare = items.every((item) => item.weight <= 1.5);
  if (!bare || items.some((item) => ['li', 'option', 'img'].includes(item.element.tag))) return true;
  const looks = new Map<string, number>();
  for (const { element } of items) {
    const key = JSON.stringify(element.styles.base);
    looks.set(key, (looks.get(key) ?? 0) + 1);
  }
  return looks.size <= 2 && Math.max(...looks.values()) >= items.length - 1;
}

/** Two kinds in turn: terms with their descriptions, rows with rules between them. */
function pairsAt(
  children: readonly PartNode[],
  start: number,
  similarity: Similarity,
): readonly ElementNode[] | undefined {
  const [first, second] = [children[start], children[start + 1]];
  if (first?.type !== 'element' || second?.type !== 'element') return undefined;
  const isTerm = first.element.tag === 'dt' && second.element.tag === 'dd';
  const isRuled = second.element.tag === 'hr' && first.weight >= 2;
  if (!isTerm && !isRuled) return undefined;
  const groups: ElementNode[][] = [];
  for (let index = start; index < children.length; index += 2) {
    const [one, other] = [children[index], children[index + 1]];
    if (one?.type !== 'element' || similarity(first, one) < alikeEnough) break;
    const closed = other?.type === 'element' && similarity(second, other) >= alikeEnough;
    if (!closed && isTerm) break;
    groups.push(closed ? [one, other] : [one]);
    if (!closed) break;
  }
  if (groups.length < (isTerm ? 2 : 3)) return undefined;
  return groups.map((group) => elementNode(createElement('', first.element.name), group));
}
