/** TreeBLEU, layout IoU and shares, on structures made by hand. */
import { describe, expect, it } from 'vitest';
import type { Component, PageStructure } from '../../shared/score/in-page.ts';
import { absoluteShare, layoutIou, pictureShare, treeBleu } from '../../shared/score/structure-score.ts';

const structure = (parts: Partial<PageStructure>): PageStructure => ({
  subtrees: [],
  components: [],
  elements: 0,
  absoluteElements: 0,
  height: 100,
  ...parts,
});
const size = { width: 100, height: 100 };
const component = (kind: Component['kind'], x: number, width: number): Component => ({
  kind,
  box: { x, y: 0, width, height: 100 },
});

describe('treeBleu', () => {
  it('is the share of the different subtrees of the reference that are found, order included', () => {
    const reference = structure({
      subtrees: ['body>nav,main', 'nav>a,a', 'nav>a,a', 'main>h1,p', 'ul>li,li'],
    });
    const candidate = structure({ subtrees: ['body>nav,main', 'nav>a,a', 'main>p,h1', 'div>div'] });
    expect(treeBleu(reference, candidate)).toBe(2 / 4);
    expect(treeBleu(reference, reference)).toBe(1);
    expect(treeBleu(structure({}), candidate)).toBe(1);
  });
});

describe('layoutIou', () => {
  it('compares kind by kind, weighted by area', () => {
    const reference = [component('picture', 0, 40), component('text', 50, 20)];
    const candidate = [component('picture', 20, 40), component('button', 50, 20)];
    // Pictures share 20 of 60 columns; text and button share nothing of 20 each.
    expect(layoutIou(reference, candidate, size)).toBe(20 / 100);
    expect(layoutIou(reference, reference, size)).toBe(1);
    expect(layoutIou([], [], size)).toBe(1);
  });
});

describe('shares', () => {
  it('counts area under several pictures once, inside the page only', () => {
    expect(
      pictureShare(
        [component('picture', 0, 30), component('picture', 20, 20), component('picture', 90, 50)],
        size,
      ),
    ).toBe(0.5);
  });

  it('counts absolutely placed elements', () => {
    expect(absoluteShare(structure({ elements: 8, absoluteElements: 2 }))).toBe(0.25);
    expect(absoluteShare(structure({}))).toBe(0);
  });
});
