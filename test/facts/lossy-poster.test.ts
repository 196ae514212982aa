/** What compression does to coloured ground: letters keep their line, boxes their edges, fields their frames. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { PageFacts } from '../../shared/facts/index.ts';
import { at, compressedFactsOf, lineOf } from './support/text-page.ts';

const navy = '#23355c';
const field = 'box-sizing:border-box;height:30px;border:1px solid #d5d6da;border-radius:6px;background:#fff';
const sides = ['top', 'right', 'bottom', 'left'] as const;

const badge =
  "width:22px;height:22px;border-radius:50%;color:#fff;text-align:center;font:700 12px/22px 'DejaVu Sans'";
const badges = [
  ['3', 490, '#8d3b63'],
  ['8', 530, '#3b6b8d'],
] as const;

let facts: PageFacts;
beforeAll(async () => {
  const poster = [
    at(40, 30, 'Sunday', `color:${navy};font:700 46px/1 'DejaVu Serif'`),
    at(40, 80, 'Street Market', `color:${navy};font:700 46px/1 'DejaVu Serif'`),
    at(40, 150, 'Plants, records, bread and good company.', `color:${navy}`),
    at(40, 200, '', `background:${navy};width:256px;height:36px`),
    at(54, 208, '8 June, from ten', 'color:#fff;font-weight:700;font-size:15px'),
  ];
  facts = await compressedFactsOf(
    [
      at(0, 0, '', 'background:#f6f6f6;width:640px;height:400px'),
      at(20, 20, poster.join(''), 'background:#f9d75c;width:440px;height:360px'),
      ...[60, 110, 160].map((y) => at(490, y, '', `${field};width:110px`)),
      ...badges.map(([text, x, background]) => at(x, 230, text, `${badge};background:${background}`)),
    ],
    640,
    420,
  );
});

describe('on a yellow poster', () => {
  it.each(['Plants, records, bread and good company.', '8 June, from ten'])('"%s" is one line', (text) => {
    expect(
      lineOf(facts, text)
        .words.map((word) => word.text)
        .join(' '),
    ).toBe(text);
  });

  it('the letters of a headline are no photos', () => {
    expect(facts.pictures).toEqual([]);
    expect(lineOf(facts, 'Sunday').typography.size).toBeGreaterThan(40);
    expect(lineOf(facts, 'Street Market').typography.size).toBeGreaterThan(40);
  });

  it('a dark strip has its own edges and no border', () => {
    const strip = facts.boxes.find(({ fill }) => fill !== undefined && fill[0] < 60);
    expect(strip?.border).toEqual({});
    for (const [side, value] of Object.entries({ x: 60, y: 220, width: 256, height: 36 }))
      expect(Math.abs((strip?.box[side as 'x'] ?? 0) - value), side).toBeLessThanOrEqual(1);
  });
});

describe('fields', () => {
  it('have borders all around', () => {
    const fields = facts.boxes.filter(({ box }) => box.x > 480 && Math.abs(box.height - 30) <= 1);
    expect(fields.map(({ border }) => sides.filter((side) => border[side]))).toEqual([sides, sides, sides]);
  });
});

describe('round badges', () => {
  it('are boxes, and letters as large as they are none', () => {
    const small = facts.boxes.filter(({ box }) => Math.max(box.width, box.height) < 40);
    expect(small.map(({ box }) => Math.round(box.x / 10) * 10).sort()).toEqual([490, 530]);
    for (const { box, radius } of small) expect(radius).toBeGreaterThan(0.25 * box.height);
  });
});
