/** Arrows at the end of a line are icons, letters are not. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { PageFacts } from '../../shared/facts/index.ts';
import { at, factsOf } from './support/text-page.ts';

const select = (label: string): string =>
  `<select style="font:13px 'DejaVu Sans';height:30px;padding:0 8px;background:#fff;border:1px solid #ccc"><option>${label}</select>`;

let facts: PageFacts;
beforeAll(async () => {
  facts = await factsOf([
    at(20, 20, select('Georgia')),
    at(20, 70, select('46')),
    at(20, 120, select('Newest first')),
    at(220, 20, 'chapter  v', "font:13px 'DejaVu Sans';white-space:pre"),
    at(220, 70, 'section  vv', "font:13px 'DejaVu Sans';white-space:pre"),
    at(220, 120, 'volume w', "font:13px 'DejaVu Sans Mono'"),
  ]);
});

describe('the arrow of a select', () => {
  it.each(['Georgia', '46', 'Newest first'])('is no word of "%s"', (label) => {
    expect(facts.lines.map(({ text }) => text)).toContain(label);
  });

  it('is an icon', () => {
    expect(facts.pictures.map(({ kind, symbol }) => [kind, symbol?.name])).toEqual(
      Array.from({ length: 3 }, () => ['icon', 'chevron-down']),
    );
  });
});

it.each(['chapter v', 'section vv', 'volume w'])('"%s" ends in letters', (text) => {
  expect(facts.lines.map((line) => line.text)).toContain(text);
});
