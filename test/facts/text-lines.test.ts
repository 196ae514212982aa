/** Which words make one line: split by style and by wide gaps, joined otherwise; where it stands, what decorates it. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { PageFacts } from '../../shared/facts/index.ts';
import { overlapArea } from '../../shared/geometry.ts';
import { at, factsOf, lineOf } from './support/text-page.ts';

let facts: PageFacts;
beforeAll(async () => {
  facts = await factsOf([
    at(20, 20, 'Price <span style="color:#dc2626">only today</span> in shops'),
    at(20, 60, '<span style="font-size:32px">29</span> <span style="font-size:13px">per month</span>'),
    at(20, 120, 'Home'),
    at(120, 120, 'Prices'),
    at(220, 120, 'Contact us'),
    at(20, 160, 'First line of a paragraph'),
    at(20, 184, 'Second line right below it'),
    at(20, 220, 'Underlined words here', 'text-decoration:underline'),
    at(320, 160, 'Heading with a rule', 'border-bottom:1px solid #ccc;width:200px;padding-bottom:12px'),
    at(320, 220, 'Twenty pixels of text', 'font-size:20px'),
    at(20, 260, '8,214', 'font:bold 31px DejaVu Sans Mono'),
    at(220, 260, '0.31', 'font:bold 31px DejaVu Sans Mono'),
  ]);
});

const place = (text: string): number[] => {
  const { x, y, width, height } = lineOf(facts, text).box;
  return [x, y, width, height];
};

describe('a line', () => {
  it('ends where the colour changes', () => {
    expect(lineOf(facts, 'Price').color).toEqual([31, 41, 55]);
    expect(lineOf(facts, 'only today').color).toEqual([220, 38, 38]);
    expect(lineOf(facts, 'in shops').color).toEqual([31, 41, 55]);
  });

  it('ends where the size changes', () => {
    expect(lineOf(facts, '29').typography.size).toBeCloseTo(32, -0.5);
    expect(lineOf(facts, 'per month').typography.size).toBeCloseTo(13, -0.5);
  });

  it('holds the marks between monospaced digits, and the dot in a zero', () => {
    for (const text of ['8,214', '0.31']) expect(lineOf(facts, text).text).toBe(text);
    expect(facts.pictures).toEqual([]);
  });

  it('ends at a gap that is wider than a word gap', () => {
    for (const text of ['Home', 'Prices', 'Contact us']) expect(lineOf(facts, text).text).toBe(text);
  });

  it('holds all the words of its style, and none of the next line', () => {
    expect(place('First line of a paragraph')[1]).toBeLessThan(place('Second line right below it')[1] ?? 0);
    expect(lineOf(facts, 'First line of a paragraph').words.map(({ text }) => text)).toEqual([
      'First',
      'line',
      'of',
      'a',
      'paragraph',
    ]);
  });

  it('has the box of its ink and its baseline', () => {
    // 20 px DejaVu Sans: cap height 0.729 em, line box 1.164 em, ascent 0.928 em.
    const { box, baseline } = lineOf(facts, 'Twenty pixels of text');
    expect(Math.abs(box.x - 320)).toBeLessThanOrEqual(1);
    expect(Math.abs(baseline - (220 + 0.928 * 20))).toBeLessThanOrEqual(1);
    expect(Math.abs(baseline - box.y - 0.76 * 20)).toBeLessThanOrEqual(1.5);
  });

  it('has words whose boxes lie side by side within it', () => {
    for (const line of facts.lines) {
      for (const [index, word] of line.words.entries()) {
        const before = line.words[index - 1];
        if (before) expect(word.box.x).toBeGreaterThanOrEqual(before.box.x + before.box.width - 1);
        expect(overlapArea(word.box, line.box)).toBeGreaterThan(0.8 * word.box.width * word.box.height);
      }
    }
  });
});

describe('an underline', () => {
  it('is part of its text', () => {
    expect(lineOf(facts, 'Underlined words here').underline).toBe(true);
    expect(lineOf(facts, 'Underlined words here').strike).toBe(false);
  });

  it('is no separator; a rule below a heading is one', () => {
    expect(facts.separators.map(({ box }) => [box.x, box.width, box.height])).toEqual([[320, 200, 1]]);
    expect(lineOf(facts, 'Heading with a rule').underline).toBe(false);
  });
});
