/** What is left beside the text: icons, the plates that they stand on, and controls that are none. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { PageFacts } from '../../shared/facts/index.ts';
import type { Rect } from '../../shared/geometry.ts';
import { iou } from './support/compare.ts';
import { at, factsOf } from './support/text-page.ts';

const house = '<path d="M3 12l9-9 9 9M5 10v10h14V10"/>';
const tick = '<path d="M10 20 l7 8 14-16" stroke="#fff" stroke-width="4" fill="none"/>';
const bars = '<path d="M2 5h16M2 10h16M2 15h16"/>';
const stroke = 'stroke="#334155" stroke-width="2" fill="none"';

let facts: PageFacts;
beforeAll(async () => {
  facts = await factsOf([
    `<svg style="left:20px;top:20px" width="24" height="24" ${stroke}>${house}</svg>`,
    at(54, 22, 'Home page'),
    `<svg style="left:20px;top:70px" width="40" height="40">
       <rect width="40" height="40" rx="10" fill="#2563eb"/>${tick}</svg>`,
    at(72, 80, 'Checked item'),
    at(
      20,
      130,
      `<svg style="left:10px;top:10px" width="20" height="20" ${stroke}>${bars}</svg>`,
      'width:40px;height:40px;border:1px solid #cbd5e1;border-radius:8px',
    ),
    at(72, 140, 'Menu button'),
    at(220, 22, 'Only text in this row'),
  ]);
});

const pictureAt = (place: Rect) => facts.pictures.filter(({ box }) => iou(box, place) > 0.6);
const boxAt = (place: Rect) => facts.boxes.filter(({ box }) => iou(box, place) > 0.8);

describe('an icon', () => {
  it('is all its strokes', () => {
    expect(pictureAt({ x: 22, y: 21, width: 20, height: 20 }).map(({ kind }) => kind)).toEqual(['icon']);
  });

  it('includes the coloured plate that it stands on', () => {
    const [plate, ...more] = pictureAt({ x: 20, y: 70, width: 40, height: 40 });
    expect(more).toEqual([]);
    expect(plate?.box).toEqual({ x: 20, y: 70, width: 40, height: 40 });
    expect(Math.abs((plate?.radius ?? 0) - 10)).toBeLessThanOrEqual(2.5);
    expect(plate?.background).toEqual([255, 255, 255]);
    expect(boxAt({ x: 20, y: 70, width: 40, height: 40 })).toEqual([]);
  });

  it('leaves a bordered button to be a box', () => {
    expect(boxAt({ x: 20, y: 130, width: 42, height: 42 })).toHaveLength(1);
    expect(pictureAt({ x: 33, y: 145, width: 16, height: 12 })).toHaveLength(1);
  });

  it('is not made of text', () => {
    expect(facts.pictures).toHaveLength(3);
    expect(facts.lines.map(({ text }) => text).toSorted()).toEqual([
      'Checked item',
      'Home page',
      'Menu button',
      'Only text in this row',
    ]);
  });
});
