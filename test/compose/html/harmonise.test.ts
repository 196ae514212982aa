/** Lengths that were measured a little differently on the same things become one. */
import { describe, expect, it } from 'vitest';
import { createElement } from '../../../shared/compose/html/element.ts';
import { harmonise } from '../../../shared/compose/html/harmonise.ts';

/** Cells, or pictures, of one kind beside each other with these values of one property. */
function evened(tag: string, property: string, values: readonly string[]): unknown[] {
  const children = values.map((value) => {
    const element = createElement(tag, 'thing');
    element.styles.base[property] = value;
    return element;
  });
  const root = createElement('div', 'all');
  root.children.push(...children);
  harmonise(root);
  return children.map((child) => child.styles.base[property]);
}

describe('lengths of the same things', () => {
  it('are what nearly all of them are', () => {
    const values = [...Array.from({ length: 9 }, () => '33px'), '32px'];
    expect(new Set(evened('td', 'height', values))).toEqual(new Set(['33px']));
  });

  it('are a part of a pixel where whole ones take turns', () => {
    expect(new Set(evened('td', 'height', ['41px', '41px', '42px']))).toEqual(new Set(['41.3px']));
  });

  it('stay apart where they differ by more', () => {
    expect(evened('td', 'height', ['33px', '40px'])).toEqual(['33px', '40px']);
  });
});

describe('shapes of pictures', () => {
  it('are one where a column ends between two pixels', () => {
    const values = ['317 / 220', '318 / 220', '317 / 220', '318 / 220'];
    expect(new Set(evened('img', 'aspect-ratio', values))).toEqual(new Set(['127 / 88']));
  });

  it('stay apart where they are of other sizes', () => {
    expect(evened('img', 'aspect-ratio', ['317 / 220', '640 / 220'])).toEqual(['317 / 220', '640 / 220']);
  });
});
