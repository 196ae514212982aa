/** Pale boxes with round corners are boxes; gradients whose colours go over into each other stay whole. */
import { expect, it } from 'vitest';
import { at, factsOf } from './support/text-page.ts';

it.each(['#f9fafb', '#fafafa', '#f8fafc'])('a box of %s on white', async (fill) => {
  const { boxes, lines } = await factsOf([
    at(20, 40, '', `width:358px;height:70px;background:${fill};border-radius:12px`),
    at(50, 55, '248 posts', "font:700 18px 'DejaVu Sans'"),
    at(20, 140, '', `width:200px;height:40px;background:${fill};border-radius:20px`),
  ]);
  expect(boxes).toHaveLength(2);
  for (const [index, place] of [[20, 40, 358, 70] as const, [20, 140, 200, 40] as const].entries()) {
    const { x, y, width, height } = boxes[index]?.box ?? { x: 0, y: 0, width: 0, height: 0 };
    for (const [side, value] of [x, y, width, height].entries())
      expect(Math.abs(value - (place[side] ?? 0))).toBeLessThanOrEqual(2);
  }
  for (const { fill: own } of boxes)
    expect(`#${own?.map((value) => value.toString(16).padStart(2, '0')).join('')}`).toBe(fill);
  expect(lines.map(({ text }) => text)).toContain('248 posts');
});

it('a gradient is one box', async () => {
  const { boxes } = await factsOf([
    at(20, 20, '', 'width:600px;height:240px;background:linear-gradient(#eef1f6,#c0c8d8);border-radius:14px'),
  ]);
  expect(boxes).toHaveLength(1);
  expect(boxes[0]?.gradient).toBeDefined();
});
