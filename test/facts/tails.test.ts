/** What lies on a line of its own colour is a thing of its own, and the line goes on behind it. */
import { describe, expect, it } from 'vitest';
import { at, compressedFactsOf, factsOf } from './support/text-page.ts';

const orange = [255, 122, 61];

const card = (ground: string): string[] => [
  at(0, 0, '', `width:640px;height:400px;background:${ground}`),
  at(
    60,
    60,
    '',
    'width:320px;height:260px;background:#fff;border:2px solid #ff7a3d;border-radius:18px;box-shadow:0 12px 30px rgba(255,122,61,.2)',
  ),
  at(
    94,
    48,
    'Most chosen',
    "font:600 13px 'DejaVu Sans';color:#fff;background:#ff7a3d;border-radius:13px;padding:5px 14px",
  ),
  at(94, 110, 'Writer', "font:700 20px 'DejaVu Sans'"),
];

describe('a badge on the border of its card', () => {
  it.each(['#fff', 'linear-gradient(#fff4e8,#fff)'])('is a box with its text, on %s', async (ground) => {
    const { boxes, lines, pictures } = await factsOf(card(ground), 640, 400);
    expect(pictures).toEqual([]);
    expect(lines.map(({ text }) => text)).toEqual(expect.arrayContaining(['Most chosen', 'Writer']));
    const badge = boxes.find(({ box }) => box.height < 40);
    expect(badge?.fill).toEqual(orange);
    expect(badge?.radius).toBeGreaterThanOrEqual(11);
    const outline = boxes.find(({ box }) => box.height > 200 && box.width < 400);
    for (const side of ['top', 'right', 'bottom', 'left'] as const)
      expect(outline?.border[side], side).toEqual({ width: 2, color: orange });
  });
});

it('the same card, compressed, has its badge and its border in their colours', async () => {
  const { boxes, lines } = await compressedFactsOf(card('#fff'), 640, 400);
  expect(lines.map(({ text }) => text)).toEqual(expect.arrayContaining(['Most chosen', 'Writer']));
  const far = (color: readonly number[] = [0, 0, 0]): number =>
    Math.max(...color.map((value, channel) => Math.abs(value - (orange[channel] ?? 0))));
  expect(far(boxes.find(({ box }) => box.height < 40)?.fill)).toBeLessThan(16);
  const outline = boxes.find(({ box }) => box.height > 200 && box.width < 400);
  expect(Math.abs((outline?.radius ?? 0) - 20)).toBeLessThanOrEqual(5);
  for (const side of ['top', 'right', 'bottom', 'left'] as const) {
    expect(outline?.border[side]?.width, side).toBe(2);
    // Spread over its neighbours it is 206, 139, 108.
    expect(far(outline?.border[side]?.color), side).toBeLessThan(36);
  }
});

it('a selected tab on the line below the tabs', async () => {
  const { boxes, lines } = await factsOf([
    at(20, 20, 'Overview', "font:14px 'DejaVu Sans';color:#fff;background:#1d4ed8;padding:8px 16px"),
    at(140, 28, 'Members', "font:14px 'DejaVu Sans'"),
    at(240, 28, 'Billing', "font:14px 'DejaVu Sans'"),
    at(20, 52, '', 'width:600px;height:2px;background:#1d4ed8'),
  ]);
  expect(lines.map(({ text }) => text)).toEqual(expect.arrayContaining(['Overview', 'Members', 'Billing']));
  const tab = boxes.find(({ fill }) => fill?.[2] === 216);
  expect(tab?.box.width).toBeLessThan(120);
});

it('letters and icons stay whole', async () => {
  const { lines, pictures } = await factsOf([
    at(20, 20, 'TL', "font:700 90px 'DejaVu Sans';color:#1d4ed8"),
    at(
      300,
      40,
      '<svg width="60" height="24"><path d="M0 11h60v2h-60z" fill="#1d4ed8"/><circle cx="12" cy="12" r="11" fill="#1d4ed8"/></svg>',
    ),
  ]);
  expect(lines.map(({ text }) => text)).toEqual(['TL']);
  expect(pictures).toHaveLength(1);
});
