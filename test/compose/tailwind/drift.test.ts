/** Rounded lengths: errors do not add up, and what is alike stays alike. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createElement, type Declarations, type HtmlElement } from '../../../shared/compose/html/element.ts';
import { roundLengths } from '../../../shared/compose/tailwind/drift.ts';
import { pixelsOf } from '../../../shared/compose/tailwind/scale.ts';

const box = (base: Declarations, children: HtmlElement[] = [], name = 'box'): HtmlElement => {
  const element = createElement('div', name, children);
  element.styles.base = base;
  return element;
};

const lengths = fc.array(fc.double({ min: 0.1, max: 60, noNaN: true }), { minLength: 1, maxLength: 30 });

const px = (element: HtmlElement, property: string): number =>
  pixelsOf(`${element.styles.base[property]}`) ?? Number.NaN;

/** Largest distance between the sums of the first so many lengths. */
function mostDrift(exact: readonly number[], rounded: readonly number[]): number {
  let drift = 0;
  return Math.max(
    ...exact.map((length, index) => {
      drift += (rounded[index] ?? Number.NaN) - length;
      return Math.abs(drift);
    }),
  );
}

describe('rounded lengths', () => {
  it.each([
    ['down a column', 'margin-top', { display: 'flex', 'flex-direction': 'column' }],
    ['along a row', 'margin-left', { display: 'flex' }],
  ])('never drift by more than half a pixel %s', (_, property, base) => {
    fc.assert(
      fc.property(lengths, (exact) => {
        const children = exact.map((length, index) => box({ [property]: `${length}px` }, [], `${index}`));
        roundLengths(box(base, children), new Map());
        const rounded = children.map((child) => px(child, property));
        expect(rounded.every(Number.isInteger)).toBe(true);
        // A row is drawn on whole pixels, whose middle what is off is kept within.
        expect(mostDrift(exact, rounded)).toBeLessThanOrEqual(property === 'margin-left' ? 0.96 : 0.501);
      }),
    );
  });

  it('make good what paddings and heights before them were off', () => {
    const inner = box({ height: '20.4px', 'margin-top': '10.4px' }, [], 'inner');
    const next = box({ 'margin-top': '7.4px' }, [], 'next');
    roundLengths(box({ 'padding-top': '5.4px' }, [inner, next]), new Map());
    const sum = 5.4 + 10.4 + 20.4 + 7.4;
    const page = px(inner, 'margin-top') + px(inner, 'height') + px(next, 'margin-top') + 5;
    expect(Math.abs(page - sum)).toBeLessThanOrEqual(0.5);
  });

  it('are the same in things of one look, wherever these stand', () => {
    const card = () =>
      box({ 'padding-top': '7.5px', 'padding-bottom': '9.3px', height: '40.4px' }, [], 'card');
    const cards = [card(), card(), card(), card()];
    roundLengths(box({ 'padding-top': '3.4px' }, cards), new Map());
    const looks = cards.map((one) => JSON.stringify(one.styles.base));
    expect(new Set(looks).size).toBe(1);
  });

  it('leave names of the theme and shares as they are', () => {
    const child = box({ 'margin-top': 'theme(row)', width: '50%', 'margin-left': 'auto' });
    roundLengths(box({}, [child]), new Map());
    expect(child.styles.base).toEqual({ 'margin-top': 'theme(row)', width: '50%', 'margin-left': 'auto' });
  });

  it('take nothing below zero but margins', () => {
    const child = box({ 'margin-top': '-3.4px', 'padding-top': '0.2px' });
    roundLengths(box({ 'padding-top': '0.4px' }, [child]), new Map());
    expect(px(child, 'margin-top')).toBe(-3);
    expect(px(child, 'padding-top')).toBeGreaterThanOrEqual(0);
  });
});
