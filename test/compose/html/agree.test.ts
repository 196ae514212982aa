/** What was measured a little differently on things that are the same is the same on the page. */
import { describe, expect, it } from 'vitest';
import { agree } from '../../../shared/compose/html/agree.ts';
import { createElement, type Declarations, type HtmlElement } from '../../../shared/compose/html/element.ts';

/** A list whose items look like this. */
function listOf(looks: readonly Declarations[]): { root: HtmlElement; items: readonly HtmlElement[] } {
  const items = looks.map((base) => {
    const item = createElement('li', 'item', ['word']);
    item.styles.base = { ...base };
    return item;
  });
  return { root: createElement('ul', 'list', [...items]), items };
}

function agreed(property: string, values: readonly string[]): (string | number | undefined)[] {
  const { root, items } = listOf(values.map((value) => ({ [property]: value })));
  agree(root);
  return items.map((item) => item.styles.base[property]);
}

describe('repeated things', () => {
  it('have the colour of text that most of them have', () => {
    expect(agreed('color', ['#8593a8', '#8a98ac', '#8593a8', '#ff6b7d'])).toEqual([
      '#8593a8',
      '#8593a8',
      '#8593a8',
      '#ff6b7d',
    ]);
  });

  it('keep areas that differ as little as stripes do', () => {
    expect(agreed('background', ['#ffffff', '#f9fafb', '#ffffff', '#fefefe'])).toEqual([
      '#ffffff',
      '#f9fafb',
      '#ffffff',
      '#ffffff',
    ]);
  });

  it('have the weight that most of them have, but keep what is bold', () => {
    expect(agreed('font-weight', ['600', '600', '700', '400'])).toEqual(['600', '600', '600', '400']);
  });

  it('change colours inside a value only', () => {
    expect(agreed('border-bottom', ['1px solid #e5e7eb', '1px solid #e5e7eb', '1px solid #e5e8eb'])).toEqual([
      '1px solid #e5e7eb',
      '1px solid #e5e7eb',
      '1px solid #e5e7eb',
    ]);
  });

  it('do not agree with things of another name', () => {
    const { root, items } = listOf([{ color: '#8593a8' }, { color: '#8a98ac' }]);
    const [, other] = items;
    if (other) other.name = 'other';
    agree(root);
    expect(items.map(({ styles }) => styles.base['color'])).toEqual(['#8593a8', '#8a98ac']);
  });
});
