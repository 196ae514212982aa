/** Photos of screens: their pages have dark and coloured parts, and a frame that is none of the page. */
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { findPage, looksLikePhotoOfPage, type Raster, straightenPhoto } from '../../shared/image/index.ts';
import { photograph, type Scene } from './photos.ts';
import { context } from './pictures.ts';

const desk: Scene = {
  width: 1200,
  height: 900,
  tilt: [8, -10, 2],
  fill: 0.7,
  table: [90, 70, 50],
  falloff: 0.7,
  noise: 3,
  frame: 20,
  seed: 3,
};

interface Colors {
  readonly page: string;
  readonly head: string;
  readonly side: string;
  readonly text: string;
}

const white: Colors = { page: '#ffffff', head: '#ffffff', side: '#ffffff', text: '#202020' };
const app: Colors = { page: '#ffffff', head: '#173a5e', side: '#2c1a3d', text: '#202020' };
const dark: Colors = { page: '#15202b', head: '#101820', side: '#1d2b38', text: '#d8e0e8' };

const screens: Readonly<Record<string, readonly [Colors, Scene]>> = {
  'with a dark head and side': [app, desk],
  'that is dark all over': [dark, { ...desk, table: [150, 140, 125] }],
  'in a light frame': [app, { ...desk, frame: 215 }],
  'of white in a grey frame': [white, { ...desk, frame: 110 }],
  'seen from the right': [app, { ...desk, tilt: [-6, 22, -3], fill: 0.62 }],
};

/** A page of 1280 × 800 with a head, a side, and lines of text. */
async function screen({ page, head, side, text }: Colors): Promise<Raster> {
  const lines = Array.from(
    { length: 14 },
    (_, row) =>
      `<text x="${row % 2 ? 330 : 300}" y="${130 + row * 46}" font-size="22" font-family="sans-serif" fill="${text}">Invoices of March are due on the last day of the month</text>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="800"><rect width="1280" height="800" fill="${page}"/><rect width="240" height="800" fill="${side}"/><rect width="1280" height="64" fill="${head}"/>${lines.join('')}<rect x="960" y="700" width="160" height="48" rx="6" fill="#d9480f"/></svg>`;
  const { data, info } = await sharp(Buffer.from(svg))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

describe('a photo of a screen', () => {
  it.each(Object.keys(screens))(
    '%s has its corners within three thousandths of the diagonal',
    async (name) => {
      const [colors, scene] = screens[name] ?? [app, desk];
      const { raster, corners } = await photograph(await screen(colors), scene);
      const found = await findPage(raster, context());
      const diagonal = Math.hypot(corners[0].x - corners[2].x, corners[0].y - corners[2].y);
      for (const [index, corner] of corners.entries()) {
        const at = found?.corners[index];
        expect(Math.hypot((at?.x ?? -9999) - corner.x, (at?.y ?? -9999) - corner.y)).toBeLessThan(
          0.003 * diagonal,
        );
      }
      expect(await looksLikePhotoOfPage(raster, context())).toBe(true);
    },
  );

  it('of which a corner is outside is not cut at some line of the page', async () => {
    const { raster } = await photograph(await screen(white), { ...desk, fill: 1.05 });
    expect(await findPage(raster, context())).toBeUndefined();
  });

  it('keeps the line that is drawn around a sheet', async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="800"><rect width="1280" height="800" fill="#f4f4f2"/><rect x="40" y="40" width="1200" height="720" fill="none" stroke="#202020" stroke-width="4"/></svg>`;
    const { data, info } = await sharp(Buffer.from(svg))
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { frame: _, ...bare } = desk;
    const { raster, corners } = await photograph({ width: info.width, height: info.height, data }, bare);
    const found = await findPage(raster, context());
    expect(found?.corners[0].x).toBeCloseTo(corners[0].x, -1);
    expect(found?.corners[2].y).toBeCloseTo(corners[2].y, -1);
  });
});

describe('the light of a screen', () => {
  it.each([
    ['on dark and coloured parts', app, desk],
    ['on a dark page', dark, { ...desk, table: [150, 140, 125] as const }],
    ['of which one side is half as bright', app, { ...desk, falloff: 0.5 }],
  ])('is evened %s without changing their colours', async (_, colors, scene) => {
    const page = await screen(colors);
    const { raster } = await photograph(page, scene);
    const result = await straightenPhoto(raster, context());
    for (const [u, v] of [
      [0.09, 0.5],
      [0.09, 0.95],
      [0.5, 0.04],
      [0.9, 0.04],
      [0.22, 0.3],
      [0.97, 0.3],
      [0.97, 0.95],
    ] as const) {
      const [shown, seen] = [meanAt(page, u, v), meanAt(result.raster, u, v)];
      for (const channel of [0, 1, 2])
        expect(Math.abs((seen[channel] ?? 0) - (shown[channel] ?? 0)), `${u} ${v}`).toBeLessThan(14);
    }
  });
});

/** Mean colour of a small patch, its place given in shares of the sides. */
function meanAt({ width, height, data }: Raster, u: number, v: number): number[] {
  const [x0, y0] = [Math.round(u * width), Math.round(v * height)];
  return [0, 1, 2].map((channel) => {
    let sum = 0;
    for (let y = y0 - 3; y <= y0 + 3; y++)
      for (let x = x0 - 3; x <= x0 + 3; x++) sum += data[(y * width + x) * 3 + channel] ?? 0;
    return sum / 49;
  });
}
