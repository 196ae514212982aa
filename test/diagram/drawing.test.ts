/** What other programs draw: hatched fills, labels on patches, feet of lifelines, thick strokes; shapes and lines alone. */
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { withoutHatching } from '../../shared/facts/diagram/hatching.ts';
import { findDrawing } from '../../shared/facts/diagram/measure.ts';
import { prepareDiagram, ringingOf, withThinStrokes } from '../../shared/facts/diagram/noise.ts';
import type { Raster } from '../../shared/image/index.ts';

async function drawn(width: number, height: number, body: string, background = '#fff'): Promise<Raster> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${background}"/>${body}</svg>`;
  const { data } = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width, height, data: new Uint8Array(data) };
}

const box = (x: number, y: number, pen = 2): string =>
  `<rect x="${x}" y="${y}" width="160" height="70" fill="#eef" stroke="#333" stroke-width="${pen}"/>`;
const words = (text: string, x: number, y: number, fill = '#222'): string =>
  `<text x="${x}" y="${y}" font-size="18" font-family="sans-serif" fill="${fill}">${text}</text>`;
const arrow = (x1: number, x2: number, y: number, width = 2): string =>
  `<path d="M${x1} ${y} H${x2 - 8}" stroke="#333" stroke-width="${width}"/><path d="M${x2} ${y} l-${6 * width} -${3 * width} v${6 * width} z" fill="#333"/>`;

const endsOf = ({ connectors }: ReturnType<typeof findDrawing>) =>
  connectors.map(({ from, to, toHead }) => [from, to, toHead]);

describe('what other programs draw', () => {
  it.each([
    ['light', '#fff', '#e8e8e8', '#222'],
    ['dark', '#1f2020', '#585858', '#ccc'],
  ])('a label on a %s patch is no shape, and the line goes on below it', async (_, paper, patch, ink) => {
    const outline = (x: number): string =>
      `<rect x="${x}" y="60" width="160" height="70" fill="none" stroke="${ink}" stroke-width="2"/>`;
    const body = `${outline(30)}${outline(480)}<path d="M190 95 H472" stroke="${ink}" stroke-width="2"/><path d="M480 95 l-12 -6 v12 z" fill="${ink}"/><rect x="300" y="82" width="64" height="26" fill="${patch}"/>${words('maybe', 304, 101, ink)}`;
    const drawing = findDrawing(await drawn(670, 190, body, paper), 0);
    expect(drawing.outlines).toHaveLength(2);
    const [only, ...others] = drawing.connectors;
    expect(others).toEqual([]);
    expect(new Set([only?.from, only?.to])).toEqual(new Set([0, 1]));
    expect(only?.toHead).toBe('arrow');
  });

  it('the foot of a lifeline, which repeats its head, is no participant and no line', async () => {
    const lifeline = (x: number): string =>
      `${box(x, 20)}<path d="M${x + 80} 90 V400" stroke="#888"/>${box(x, 400)}`;
    const message = (y: number): string => arrow(120, 420, y);
    const body = `${lifeline(40)}${lifeline(340)}${message(160)}${message(220)}${message(280)}`;
    const drawing = findDrawing(await drawn(540, 500, body), 0);
    expect(drawing.outlines.map(({ shape, foot }) => [shape, foot !== undefined])).toEqual([
      ['lifeline', true],
      ['lifeline', true],
    ]);
    expect(endsOf(drawing)).toHaveLength(3);
  });

  it('a hatched fill becomes solid, and what is not hatched stays as it is', async () => {
    const strokes = Array.from({ length: 24 }, (_, index) => {
      const x = 20 + index * 12;
      return `<path d="M${x} 130 l70 -70" stroke="#ffd8a8" stroke-width="3"/>`;
    });
    const clip = '<clipPath id="c"><rect x="60" y="60" width="160" height="70"/></clipPath>';
    const hatched = `${clip}<g clip-path="url(#c)">${strokes.join('')}</g><rect x="60" y="60" width="160" height="70" fill="none" stroke="#222" stroke-width="2"/>`;
    const solid = withoutHatching(await drawn(420, 190, `${hatched}${words('Hatched', 105, 101)}`));
    // A row below the words: paper before, the colour of the strokes from side to side after.
    const row = Array.from({ length: 120 }, (_, index) => solid.data[(118 * 420 + 80 + index) * 3 + 2] ?? 0);
    expect(Math.max(...row)).toBeLessThan(225);
    const plain = await drawn(
      420,
      190,
      `${box(30, 60)}${words('Plain', 60, 101)}<path d="M200 160 L400 20" stroke="#bbb"/>`,
    );
    expect(withoutHatching(plain)).toBe(plain);
  });

  it('thick strokes are made thin, so that their heads are found', async () => {
    const picture = await drawn(
      900,
      240,
      `${box(20, 80, 5)}${words('Order', 70, 122)}${box(720, 80, 5)}${words('Ship', 775, 122)}${arrow(183, 716, 115, 5)}`,
    );
    const prepared = await prepareDiagram(picture);
    const first = findDrawing(prepared.raster, prepared.noise);
    const thin = await withThinStrokes(picture, prepared, first.parts.strokeWidth);
    expect(thin?.scale).toBeLessThan(prepared.scale);
    const drawing = findDrawing(thin?.raster ?? picture, thin?.noise ?? 0);
    expect(drawing.outlines).toHaveLength(2);
    expect(drawing.connectors.map(({ toHead }) => toHead)).toEqual(['arrow']);
  });

  it('the noise of a JPEG is seen around its strokes, that of a drawn picture is none', async () => {
    const body = `${box(30, 40)}${words('Approved', 60, 82)}${box(300, 40)}${words('Closed', 330, 82)}${arrow(190, 300, 75)}`;
    const picture = await drawn(500, 150, body);
    const { width, height } = picture;
    const jpeg = await sharp(picture.data, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 35 })
      .toBuffer();
    const { data } = await sharp(jpeg).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    expect(ringingOf(picture)).toBe(0);
    expect(ringingOf({ width, height, data: new Uint8Array(data) })).toBeGreaterThanOrEqual(1);
    const prepared = await prepareDiagram({ width, height, data: new Uint8Array(data) });
    const { outlines } = findDrawing(prepared.raster, prepared.noise);
    expect(outlines).toHaveLength(2);
  });
});
