/** Colours of text: exact on flat ground, whatever the two colours are. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { PageFacts } from '../../shared/facts/index.ts';
import type { Rgb } from '../../shared/geometry.ts';
import { at, factsOf, lineOf } from './support/text-page.ts';

const cases: readonly (readonly [text: string, color: Rgb, background: Rgb])[] = [
  ['Plain dark text here', [31, 41, 55], [255, 255, 255]],
  ['A blue link in a row', [37, 99, 235], [255, 255, 255]],
  ['Small pale caption text', [156, 163, 175], [255, 255, 255]],
  ['Create account', [255, 255, 255], [37, 99, 235]],
  ['Dark card text', [229, 231, 235], [17, 24, 39]],
  ['Large red heading', [192, 0, 0], [255, 255, 255]],
  ['Grey on grey', [75, 85, 99], [243, 244, 246]],
];

const hex = (color: Rgb): string => `rgb(${color.join(',')})`;

let facts: PageFacts;
beforeAll(async () => {
  const size = (text: string): number => (text.startsWith('Large') ? 28 : text.startsWith('Small') ? 13 : 16);
  facts = await factsOf(
    cases.map(([text, color, background], index) =>
      at(
        20 + (index % 2) * 320,
        20 + Math.floor(index / 2) * 70,
        text,
        `color:${hex(color)};background:${hex(background)};padding:12px 20px;font-size:${size(text)}px`,
      ),
    ),
  );
});

describe.each(cases)('%s', (text, color, background) => {
  it('has its own colour', () => {
    expect(lineOf(facts, text).color).toEqual(color);
  });

  it('stands on the colour behind it', () => {
    expect(lineOf(facts, text).background).toEqual(background);
  });
});
