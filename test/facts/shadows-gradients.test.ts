/** Shadows and gradients as a browser draws them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RawBox } from '../../shared/facts/boxes/raw-box.ts';
import type { Gradient } from '../../shared/facts/index.ts';
import type { Rgb } from '../../shared/geometry.ts';
import { channelDifference } from './support/compare.ts';
import { measured, place } from './support/drawing.ts';
import { openPageShots, type PageShots } from './support/page-shots.ts';

let shots: PageShots;
beforeAll(async () => {
  shots = await openPageShots();
});
afterAll(() => shots.close());

/** The one box of a page, at 100, 90 and 200 × 100. */
async function boxWith(style: string, page = '#fff'): Promise<RawBox | undefined> {
  const body = `<div style="position:absolute;left:100px;top:90px;width:200px;height:100px;${style}"></div>`;
  const { raster } = await shots.shotOf(
    `<!doctype html><style>body{margin:0;background:${page}}</style>${body}`,
    { width: 400, height: 300 },
  );
  return measured(raster).boxes.find((box) => box.right - box.left > 150);
}

describe('a shadow', () => {
  const grey = '#f4f5f7';
  const shadowOf = async (shadow: string, page?: string) =>
    (await boxWith(`background:#fff;border-radius:8px;box-shadow:${shadow}`, page))?.shadow;

  it('makes a box of what is as white as the page', async () => {
    const box = await boxWith('background:#fff;border-radius:8px;box-shadow:0 4px 16px rgba(0,0,0,.2)');
    expect(box && place(box)).toEqual([100, 90, 200, 100]);
    expect(box?.shadow).toBeDefined();
  });

  it.each([
    ['0 4px 16px rgba(0,0,0,.2)', 4],
    ['0 10px 30px rgba(0,0,0,.15)', 10],
    ['0 0 20px rgba(0,0,0,.3)', 0],
  ] as const)('%s falls %i px low', async (css, offsetY) => {
    const shadow = await shadowOf(css, grey);
    expect(Math.abs((shadow?.offsetY ?? -99) - offsetY)).toBeLessThanOrEqual(2.5);
    expect(shadow?.color).toEqual([0, 0, 0]);
  });

  it.each([
    ['0 10px 30px rgba(37,99,235,.3)', '#fff'],
    ['0 8px 24px rgba(255,122,61,.4)', '#fff4e8'],
  ] as const)('%s on %s has its tint', async (css, page) => {
    const shadow = await shadowOf(css, page);
    const own = css.match(/\d+(?=,)/g)?.map(Number) ?? [];
    const strength = Number(css.match(/\.\d/)?.[0]);
    const ground = page === '#fff' ? [255, 255, 255] : [255, 244, 232];
    for (const channel of [0, 1, 2] as const) {
      const drawn = strength * ((ground[channel] ?? 0) - (own[channel] ?? 0));
      const found = (shadow?.alpha ?? 0) * ((ground[channel] ?? 0) - (shadow?.color[channel] ?? 0));
      expect(Math.abs(found - drawn), `channel ${channel}`).toBeLessThanOrEqual(0.15 * strength * 255);
    }
    expect(shadow?.color).not.toEqual([0, 0, 0]);
  });

  it('is wider where it is more blurred', async () => {
    const narrow = await shadowOf('0 2px 12px rgba(0,0,0,.2)', grey);
    const wide = await shadowOf('0 2px 28px rgba(0,0,0,.2)', grey);
    expect(wide?.blur ?? 0).toBeGreaterThan(1.5 * (narrow?.blur ?? 99));
  });

  it('is stronger where it is darker', async () => {
    const pale = await shadowOf('0 4px 20px rgba(0,0,0,.08)', grey);
    const dark = await shadowOf('0 4px 20px rgba(0,0,0,.3)', grey);
    expect(dark?.alpha ?? 0).toBeGreaterThan(2.5 * (pale?.alpha ?? 99));
  });

  it.each([
    ['#fff', '#fff'],
    ['#f4f5f7', '#fff'],
    ['#0b1018', '#141a24'],
    ['#fff', '#2563eb'],
  ])('is not seen around a flat box without one, on %s in %s', async (page, fill) => {
    const box = await boxWith(`background:${fill};border:1px solid #888;border-radius:10px`, page);
    expect(box).toBeDefined();
    expect(box?.shadow).toBeUndefined();
  });
});

describe('a gradient', () => {
  /** The same gradient with its angle below 180°. */
  const normal = ({ angle, from, to }: Gradient): Gradient =>
    angle >= 180 ? { angle: angle - 180, from: to, to: from } : { angle, from, to };

  it.each([
    ['90deg,#2563eb,#9333ea', 90, [37, 99, 235], [147, 51, 234]],
    ['180deg,#e0e7ff,#8090c0', 0, [128, 144, 192], [224, 231, 255]],
    ['135deg,#ff7a3d,#b4452f', 135, [255, 122, 61], [180, 69, 47]],
    ['45deg,#111827,#4b5563', 45, [17, 24, 39], [75, 85, 99]],
    ['60deg,#0ea5e9,#22c55e', 60, [14, 165, 233], [34, 197, 94]],
  ] as const)('%s', async (css, angle, from: Rgb, to: Rgb) => {
    const box = await boxWith(`background:linear-gradient(${css});border-radius:12px`);
    expect(box && place(box)).toEqual([100, 90, 200, 100]);
    expect(box?.gradient).toBeDefined();
    if (!box?.gradient) return;
    const measuredGradient = normal(box.gradient);
    expect(Math.abs(measuredGradient.angle - angle)).toBeLessThanOrEqual(3);
    expect(channelDifference(measuredGradient.from, from)).toBeLessThanOrEqual(3);
    expect(channelDifference(measuredGradient.to, to)).toBeLessThanOrEqual(3);
  });

  it('is not seen in a flat box', async () => {
    expect((await boxWith('background:#2563eb'))?.gradient).toBeUndefined();
  });
});
