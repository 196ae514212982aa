/** A header in the colour in which the gradient below it begins is a box of its own, and the gradient is one. */
import { expect, it } from 'vitest';
import { at, factsOf } from './support/text-page.ts';

it('a bar above a gradient of its colour', async () => {
  const facts = await factsOf(
    [
      at(0, 0, '', 'width:900px;height:60px;background:#0a2f6b'),
      at(
        0,
        60,
        '',
        'width:900px;height:220px;background:linear-gradient(120deg,#0a2f6b,#2f80d6 70%,#8cc4ff)',
      ),
      at(40, 18, 'NORDWIND', "font:700 20px 'DejaVu Sans';color:#fff"),
      at(40, 120, 'Where to next?', "font:700 34px 'DejaVu Sans';color:#fff"),
      ...[340, 370, 400].map((y) => at(40, y, 'Low fares from Oslo', "font:13px 'DejaVu Sans'")),
    ],
    900,
    800,
  );
  const wide = facts.boxes.filter(({ box }) => box.width > 800).toSorted((a, b) => a.box.y - b.box.y);
  expect(wide).toHaveLength(2);
  const [bar, hero] = wide;
  expect(bar?.fill).toEqual([10, 47, 107]);
  expect(bar?.gradient).toBeUndefined();
  expect(Math.abs((hero?.box.y ?? 0) - 60)).toBeLessThanOrEqual(4);
  expect(hero?.box.y).toBe((bar?.box.y ?? 0) + (bar?.box.height ?? 0));
  const { angle = 0, to = [0, 0, 0], stops = [] } = hero?.gradient ?? {};
  expect(Math.abs(angle - 120)).toBeLessThanOrEqual(8);
  expect(to[2]).toBeGreaterThan(240);
  expect(stops.some(({ offset }) => Math.abs(offset - 0.7) < 0.06)).toBe(true);
  expect(facts.lines.map(({ text }) => text)).toEqual(expect.arrayContaining(['NORDWIND', 'Where to next?']));
});

it('a gradient alone is one box', async () => {
  const facts = await factsOf(
    [at(0, 0, '', 'width:900px;height:280px;background:linear-gradient(#0a2f6b,#8cc4ff)')],
    900,
    800,
  );
  expect(facts.boxes.map(({ box, gradient }) => [box.height, gradient?.angle])).toEqual([[280, 180]]);
});
