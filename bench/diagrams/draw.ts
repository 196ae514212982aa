/** Draws a scene in the browser, with a ruler or by hand, and takes photos of drawings by hand. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import type { Raster } from '../../shared/image/index.ts';
import { type Browser, withPage } from '../../shared/score/browser.ts';
import { type Photo, photograph } from '../../test/image/photos.ts';
import { randomOf } from './random.ts';
import type { Scene, ScenePath, SceneText } from './scene.ts';
import type { Style } from './style.ts';

// Its types describe the module for bundlers; what Node loads is the default export itself.
const rough = createRequire(import.meta.url)('roughjs') as typeof import('roughjs')['default'];

const files: Readonly<Record<string, string>> = {
  Arimo: '@fontsource/arimo/files/arimo-latin-400-normal.woff2',
  Roboto: '@fontsource/roboto/files/roboto-latin-400-normal.woff2',
  Caveat: '@fontsource/caveat/files/caveat-latin-600-normal.woff2',
  Kalam: '@fontsource/kalam/files/kalam-latin-400-normal.woff2',
  'Patrick Hand': '@fontsource/patrick-hand/files/patrick-hand-latin-400-normal.woff2',
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** @param hand roughness by seed; drawn with a ruler if absent. */
export async function drawScene(
  browser: Browser,
  scene: Scene,
  style: Style,
  hand?: { seed: number },
): Promise<Raster> {
  const file = files[style.font];
  const font = file ? await readFile(createRequire(import.meta.url).resolve(file)) : undefined;
  const face = font
    ? `@font-face{font-family:"${style.font}";src:url(data:font/woff2;base64,${font.toString('base64')})}`
    : '';
  const paths = scene.items.map((item) =>
    'd' in item ? (hand ? sketched(item, hand.seed) : plain(item)) : textOf(item, style),
  );
  const { width, height } = scene;
  const html = `<!doctype html><meta charset="utf-8"><style>${face}body{margin:0;background:${scene.background}}svg{display:block}</style><svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${paths.join('')}</svg>`;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'pixelwright-diagram-'));
  try {
    const page = path.join(folder, 'diagram.html');
    await writeFile(page, html);
    return await withPage(browser, page, { width, height, deviceScaleFactor: style.ratio }, async (open) => {
      await open.page.evaluate('document.fonts.ready');
      const clip = { x: 0, y: 0, width: Math.ceil(width), height: Math.ceil(height) };
      return decode(await open.page.screenshot({ type: 'png', clip }));
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function decode(png: Buffer): Promise<Raster> {
  const { data, info } = await sharp(png)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

const plain = (item: ScenePath): string =>
  `<path d="${item.d}" fill="${item.fill ?? 'none'}" stroke="${item.stroke ?? 'none'}" stroke-width="${item.width}"${item.dash ? ` stroke-dasharray="${item.dash}"` : ''}/>`;

/** Two wavering strokes for each line, as Excalidraw draws; small filled things stay filled. */
function sketched(item: ScenePath, seed: number): string {
  const generator = rough.generator();
  const drawable = generator.path(item.d, {
    seed: seed + item.d.length,
    roughness: 1.1,
    bowing: 1,
    strokeWidth: item.width,
    preserveVertices: true,
    fillStyle: 'solid',
    ...(item.stroke && item.stroke !== 'none' ? { stroke: item.stroke } : { stroke: 'none' }),
    ...(item.fill && item.fill !== 'none' ? { fill: item.fill } : {}),
    ...(item.dash ? { strokeLineDash: item.dash.split(' ').map(Number), disableMultiStroke: true } : {}),
  });
  return generator
    .toPaths(drawable)
    .map(
      (part) =>
        `<path d="${part.d}" fill="${part.fill ?? 'none'}" stroke="${part.stroke}" stroke-width="${part.strokeWidth}" stroke-linecap="round"${item.dash ? ` stroke-dasharray="${item.dash}"` : ''}/>`,
    )
    .join('');
}

function textOf(item: SceneText, style: Style): string {
  const width = item.text.length * 0.55 * item.size + 6;
  const patch = item.patch
    ? `<rect x="${item.x - width / 2}" y="${item.y - 0.65 * item.size}" width="${width}" height="${1.3 * item.size}" fill="${item.patch}"/>`
    : '';
  const turn = item.turned ? ` transform="rotate(-90 ${item.x} ${item.y})"` : '';
  return `${patch}<text x="${item.x}" y="${item.y}" font-family="${style.font}" font-size="${item.size}" fill="${item.color}" text-anchor="${item.anchor}" dominant-baseline="central"${item.bold ? ' font-weight="bold"' : ''}${turn} xml:space="preserve">${escaped(item.text)}</text>`;
}

/** On a whiteboard or a sheet, held at an angle, in uneven light. */
export async function takePhoto(
  drawing: Raster,
  seed: number,
): Promise<Photo & { readonly page: Raster; readonly left: number; readonly top: number }> {
  const random = randomOf(seed);
  const lean = (most: number): number => random.between(-most, most);
  const { page, left, top } = await onBoard(drawing);
  const upright = page.height > page.width;
  const [width, height] = upright ? [1500, 1900] : [1900, 1400];
  const photo = await photograph(page, {
    width,
    height,
    tilt: [lean(14), lean(16), lean(3)],
    fill: Math.min(0.84, (0.86 * width * page.height) / page.width / height),
    table: random.pick([
      [92, 70, 52],
      [60, 64, 70],
      [120, 124, 128],
    ]),
    falloff: random.between(0.5, 0.8),
    noise: random.between(2, 5),
    seed,
    ...(random.chance(0.5) ? { frame: 150 } : {}),
  });
  return { ...photo, page, left, top };
}

/** A board or sheet is not much longer than wide, larger than what is drawn on it, and not quite white. */
async function onBoard(drawing: Raster): Promise<{ page: Raster; left: number; top: number }> {
  const { width, height, data } = drawing;
  const edge = Math.round(0.03 * Math.max(width, height));
  const wide = Math.max(width, Math.round(0.72 * height)) + 2 * edge;
  const high = Math.max(height, Math.round(0.55 * width)) + 2 * edge;
  const [left, top] = [Math.floor((wide - width) / 2), Math.floor((high - height) / 2)];
  const { data: pixels, info } = await sharp(data, { raw: { width, height, channels: 3 } })
    .extend({ left, top, right: wide - width - left, bottom: high - height - top, background: '#ffffff' })
    .linear(0.95, 0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { page: { width: info.width, height: info.height, data: pixels }, left, top };
}
