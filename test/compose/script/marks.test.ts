/** Whatever the tree, what is marked for the script is there once, and a page without a script has no marks. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementsOf, type HtmlElement } from '../../../shared/compose/html/element.ts';
import { pageElements } from '../../../shared/compose/page-elements.ts';
import { randomTree } from '../random-tree.ts';

const trees = fc.sample(randomTree, { numRuns: 300, seed: 23 });
const marks = ['data-menu', 'data-tabs', 'data-tab', 'data-opens', 'data-cards', 'data-scrolls'];
const referring = ['aria-controls', 'data-opens', 'data-tabs'];

const markedIn = (body: HtmlElement): HtmlElement[] =>
  [...elementsOf(body)].filter(({ attributes }) => marks.some((mark) => mark in attributes));

describe('300 random trees', () => {
  it('name only what they have, once', () => {
    let marked = 0;
    for (const tree of trees) {
      const { body, script } = pageElements(tree, 'page', { script: true });
      const all = [...elementsOf(body)];
      const ids = all.flatMap(({ attributes }) => attributes['id'] ?? []);
      expect(new Set(ids).size).toBe(ids.length);
      const names = all.flatMap(({ attributes }) => referring.flatMap((name) => attributes[name] || []));
      expect(names.filter((name) => !ids.includes(name))).toEqual([]);
      expect(script === '').toBe(markedIn(body).length === 0);
      for (const element of markedIn(body)) {
        marked += 1;
        if ('data-tabs' in element.attributes)
          expect(
            [...elementsOf(element)].filter(({ attributes }) => attributes['data-tab'] === 'selected').length,
          ).toBe(1);
      }
    }
    expect(marked).toBeGreaterThan(5);
  });

  it('are as they were where no script is asked for', () => {
    for (const tree of trees.slice(0, 100)) {
      const { body, script } = pageElements(tree, 'page');
      expect(script).toBe('');
      expect(markedIn(body)).toEqual([]);
    }
  });
});
