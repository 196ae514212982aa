/** Lines become a paragraph only where they really wrap. */
import { describe, expect, it } from 'vitest';
import { paragraphsOf, visualLines } from '../../shared/facts/layout/paragraphs.ts';
import { textOf } from '../../shared/facts/layout/tree.ts';
import { line } from './facts.ts';

const container = { x: 0, y: 0, width: 400, height: 300 };
const texts = (
  lines: Parameters<typeof paragraphsOf>[0],
  obstacles: Parameters<typeof paragraphsOf>[1] = [],
): string[] => paragraphsOf(lines, obstacles, container).map(textOf);

describe('paragraphs', () => {
  it('joins lines whose next word had no room', () => {
    const lines = [
      line('A ferry crosses the sound', 10, 20, { width: 360 }),
      line('every hour until ten', 10, 44, { width: 350 }),
      line('at night.', 10, 68, { width: 80 }),
    ];
    expect(texts(lines)).toEqual(['A ferry crosses the sound every hour until ten at night.']);
  });

  it('keeps short lines apart, as in a menu', () => {
    const lines = ['Overview', 'Invoices', 'Customers', 'Reports'].map((text, index) =>
      line(text, 10, 20 + 24 * index),
    );
    expect(texts(lines)).toHaveLength(4);
  });

  it('keeps lines apart that have a mark of their own before them', () => {
    const lines = [line('Kitchen', 40, 20), line('Living room', 40, 44), line('Hall', 40, 68)];
    const marks = lines.map((each) => ({ x: 10, y: each.box.y, width: 13, height: 13 }));
    expect(texts(lines, marks)).toHaveLength(3);
  });

  it('keeps lines of different size apart', () => {
    const lines = [
      line('A heading that fills its room', 10, 30, { size: 28, width: 380 }),
      line('continued in smaller letters', 10, 60, { width: 380 }),
    ];
    expect(texts(lines)).toHaveLength(2);
  });

  it('puts pieces of one baseline into one line, and far ones not', () => {
    const pieces = [
      line('No account?', 10, 20),
      line('Create one', 103, 20, { weight: 700 }),
      line('Help', 300, 20),
    ];
    expect(visualLines(pieces).map((each) => each.runs.length)).toEqual([2, 1]);
  });
});
