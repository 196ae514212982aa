/** An icon beside text is no letter of it; a large number beside its unit is no icon. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { PageFacts } from '../../shared/facts/index.ts';
import { at, factsOf } from './support/text-page.ts';

const small = "font:13px/24px 'DejaVu Sans';color:#3c4043;display:flex;align-items:center;gap:14px";
const svg = (path: string): string =>
  `<svg width="20" height="20" viewBox="0 0 24 24" style="position:static" fill="none" stroke="#3c4043" stroke-width="2.200">${path}</svg>`;
const loupe = svg('<circle cx="11" cy="11" r="8"/><path d="m20 20-3.500-3.500"/>');
const ring = svg('<circle cx="12" cy="12" r="9"/>');

let facts: PageFacts;
beforeAll(async () => {
  facts = await factsOf([
    at(20, 20, `${loupe}<span>Search mail</span>`, small),
    at(20, 70, `${ring}<span>Sunday only</span>`, small),
    at(300, 20, '7 days', "font:24px 'DejaVu Sans';color:#3c4043"),
    at(300, 70, '<span style="font-size:26px">7</span><span>days</span>', small),
    at(300, 120, 'A day', "font:13px 'DejaVu Sans';color:#3c4043"),
  ]);
});

describe('an icon in the colour of its text', () => {
  it.each(['Search mail', 'Sunday only'])('is no letter before "%s"', (text) => {
    expect(facts.lines.map((line) => line.text)).toContain(text);
  });

  it('is an icon', () => {
    const icons = facts.pictures.filter(({ kind, box }) => kind === 'icon' && box.x < 60);
    expect(icons).toHaveLength(2);
  });
});

it('a large number beside its unit is read', () => {
  const words = facts.lines.filter(({ box }) => box.x >= 290).flatMap(({ text }) => text.split(' '));
  expect(words).toEqual(expect.arrayContaining(['7', 'days', '7', 'days', 'A', 'day']));
  expect(words.filter((word) => word === '7')).toHaveLength(2);
});
