/** Icons that were read as a letter are icons; single letters of a family that is not installed are read. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PageFacts } from '../../shared/facts/index.ts';
import { at, compressedFactsOf, factsOf } from './support/text-page.ts';

const file = fileURLToPath(new URL('../fixtures/fonts/poppins-500.woff2', import.meta.url));
const face = `<style>@font-face { font-family: Poppins; src: url(data:font/woff2;base64,${readFileSync(file).toString('base64')}) }</style>`;
const letters = [...'ABDEGHKMNQRX4589'];
const svg = (path: string): string =>
  `<svg width="40" height="40" viewBox="0 0 24 24" fill="none" stroke="#2d6a4f" stroke-width="1.300">${path}</svg>`;
const mountains = svg('<path d="M3 19l6-11 4.500 6 2.500-3.500 5 8.500z"/>');
const loupe = svg('<circle cx="11" cy="11" r="7"/><path d="m20 20-4-4"/>');
const page = [
  face,
  ...letters.map((letter, index) => at(20 + index * 50, 20, letter, "font:500 20px 'Poppins';color:#334155")),
  at(20, 80, mountains),
  at(200, 80, loupe),
  at(20, 160, 'Routes that we have walked ourselves', "font:500 18px 'Poppins';color:#334155"),
  at(20, 200, 'Every stage was checked last season', "font:500 18px 'Poppins';color:#334155"),
];

describe.each([
  ['clean', factsOf],
  ['compressed', compressedFactsOf],
] as const)('a %s picture', (_, measured) => {
  let facts: PageFacts;
  beforeAll(async () => {
    facts = await measured(page, 900, 240);
  });

  it('shows its icons as icons', () => {
    const icons = facts.pictures.filter(({ box }) => box.y >= 70 && box.y < 140);
    expect(icons.map(({ kind, box }) => [kind, Math.round(box.x / 20)])).toEqual([
      ['icon', 1],
      ['icon', 10],
    ]);
    expect(facts.lines.filter(({ box }) => box.y >= 70 && box.y < 140)).toEqual([]);
  });

  it('keeps its single letters', () => {
    const read = facts.lines.filter(({ box }) => box.y < 60).toSorted((a, b) => a.box.x - b.box.x);
    expect(read.flatMap(({ text }) => text.split(' '))).toEqual(letters);
  });
});
