/** A line chart is one picture with its grid; what only stands above a rule is none. */
import { expect, it } from 'vitest';
import { at, factsOf } from './support/text-page.ts';

const grid = [20, 70, 120, 170]
  .map((y) => `<path d="M0 ${y}.5h500" stroke="#243049" stroke-width="1"/>`)
  .join('');
const curve = (d: string, color: string): string =>
  `<path d="${d}" fill="none" stroke="${color}" stroke-width="2.5"/>`;
const chart = `<svg width="500" height="190" style="position:static;display:block">${grid}${curve(
  'M0 150 C80 120 100 60 160 62 S260 120 320 100 S420 20 500 40',
  '#818cf8',
)}${curve('M0 165 C90 150 120 125 190 130 S300 150 360 130 S440 110 500 115', '#34d399')}</svg>`;

const page = [
  at(20, 20, '', 'width:560px;height:300px;background:#131a2e;border-radius:10px'),
  at(40, 36, 'Traffic', "font:700 16px 'DejaVu Sans';color:#e5e7eb"),
  at(50, 80, chart),
  at(50, 286, 'Mon', "font:12px 'DejaVu Sans';color:#8a94a8"),
  at(520, 286, 'Sun', "font:12px 'DejaVu Sans';color:#8a94a8"),
];

it('two curves on a grid', async () => {
  const { pictures, separators, lines } = await factsOf(page, 620, 360);
  expect(pictures).toHaveLength(1);
  expect(separators).toEqual([]);
  const [box] = pictures.map((picture) => picture.box);
  expect(Math.abs((box?.y ?? 0) - 100)).toBeLessThanOrEqual(3);
  expect(Math.abs((box?.y ?? 0) + (box?.height ?? 0) - 251)).toBeLessThanOrEqual(4);
  expect(lines.map(({ text }) => text)).toEqual(expect.arrayContaining(['Traffic', 'Mon', 'Sun']));
});

it('a drawing over a caption and a rule', async () => {
  const { pictures, separators } = await factsOf([
    at(50, 20, `<svg width="300" height="90">${curve('M0 80 C80 10 200 10 300 70', '#2563eb')}</svg>`),
    at(50, 125, 'Curves of the coast', "font:14px 'DejaVu Sans'"),
    at(50, 155, '', 'width:300px;height:1px;background:#d0d5dd'),
  ]);
  expect(pictures).toHaveLength(1);
  expect(separators).toHaveLength(1);
});
