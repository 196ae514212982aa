/** Icons of the set, drawn by a real browser in sizes, strokes and colours of their own, find themselves. */
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { createContext } from '../../shared/context.ts';
import { type IconShape, loadIconSet } from '../../shared/facts/icons/icon-set.ts';
import { nameIcons } from '../../shared/facts/icons/name-icons.ts';
import type { PageFacts, PagePicture } from '../../shared/facts/page-facts.ts';
import type { Raster } from '../../shared/image/picture.ts';
import { withBrowser } from '../../shared/score/browser.ts';

const cell = 48;
const columns = 16;

interface Drawn {
  readonly markup: string;
  readonly background: string;
}

/** One picture with a drawing in each cell. */
async function drawn(items: readonly Drawn[]): Promise<Raster> {
  const cells = items.map(
    ({ markup, background }) =>
      `<div style="width:${cell}px;height:${cell}px;background:${background};display:grid;place-items:center">${markup}</div>`,
  );
  const page = `<body style="margin:0;display:grid;grid-template-columns:repeat(${columns},${cell}px)">${cells.join('')}`;
  return await withBrowser({}, createContext(new AbortController().signal), async (browser) => {
    const height = cell * Math.ceil(items.length / columns);
    const tab = await browser.newPage({ viewport: { width: cell * columns, height } });
    await tab.setContent(page);
    const shot = sharp(await tab.screenshot()).removeAlpha();
    const { data, info } = await shot.raw().toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data };
  });
}

/** Each cell's ink, as measuring hands it on. */
function factsOf(raster: Raster, count: number): PageFacts {
  const pictures = Array.from({ length: count }, (_, index) => {
    const left = (index % columns) * cell;
    const top = Math.floor(index / columns) * cell;
    return inkBox(raster, left, top);
  });
  const { width, height } = raster;
  const nothing = { palette: [], lines: [], boxes: [], separators: [], language: 'en' };
  return { ...nothing, width, height, pixelRatio: 1, background: [255, 255, 255], pictures };
}

function inkBox(raster: Raster, left: number, top: number): PagePicture {
  const channel = (x: number, y: number, at: number) => raster.data[3 * (y * raster.width + x) + at] ?? 0;
  const background = [0, 1, 2].map((at) => channel(left, top, at)) as [number, number, number];
  const inked: [number, number][] = [];
  for (let y = top; y < top + cell; y++)
    for (let x = left; x < left + cell; x++)
      if (background.some((value, at) => Math.abs(value - channel(x, y, at)) > 40)) inked.push([x, y]);
  const xs = inked.map(([x]) => x);
  const ys = inked.map(([, y]) => y);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  const box = { x, y, width: Math.max(...xs) - x + 1, height: Math.max(...ys) - y + 1 };
  return { box, kind: 'icon', radius: 0, background };
}

const svg = ({ nodes }: IconShape, size: number, stroke: number, color: string): string =>
  `<svg width="${size}" height="${size}" viewBox="0 0 24 24" fill="none" stroke="${color}" stroke-width="${stroke}" stroke-linecap="round" stroke-linejoin="round">${nodes
    .map(
      ([tag, attributes]) =>
        `<${tag} ${Object.entries(attributes)
          .map(([name, value]) => `${name}="${value}"`)
          .join(' ')}/>`,
    )
    .join('')}</svg>`;

describe('icons of the set', () => {
  const styles: readonly (readonly [size: number, stroke: number, color: string, background: string])[] = [
    [16, 2, '#1f2937', '#ffffff'],
    [20, 1.5, '#2563eb', '#f8fafc'],
    [20, 2, '#ffffff', '#0f172a'],
    [24, 2, '#6b7280', '#ffffff'],
  ];
  let shapes: IconShape[] = [];
  let found: PageFacts;
  beforeAll(async () => {
    shapes = (await loadIconSet()).filter((_, index) => index % 97 === 0);
    const items = styles.flatMap(([size, stroke, color, background]) =>
      shapes.map((shape) => ({ markup: svg(shape, size, stroke, color), background })),
    );
    const raster = await drawn(items);
    found = await nameIcons(factsOf(raster, items.length), raster);
  });

  it.each(styles.map((style, index) => [index, ...style] as const))(
    'style %i: %i pixels, stroke %f, %s on %s',
    (index, size, stroke, color) => {
      const own = found.pictures.slice(index * shapes.length, (index + 1) * shapes.length);
      const named = own.flatMap(({ symbol, box }, at) =>
        symbol?.name === shapes[at]?.name && symbol ? [{ symbol, box }] : [],
      );
      const wrong = own.filter(({ symbol }, at) => symbol !== undefined && symbol.name !== shapes[at]?.name);
      expect(named.length).toBeGreaterThanOrEqual(0.85 * shapes.length);
      expect(wrong.length).toBeLessThanOrEqual(0.1 * shapes.length);
      const right = named.filter(({ box }) => box.width === size && box.height === size);
      expect(right.length).toBeGreaterThanOrEqual(0.8 * named.length);
      const strokes = named.filter(({ symbol }) => Math.abs(symbol.strokeWidth - stroke) <= 0.5);
      expect(strokes.length).toBeGreaterThanOrEqual(0.8 * named.length);
      const wanted = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
      const colored = named.filter(({ symbol }) =>
        symbol.color.every((value, at) => Math.abs(value - (wanted[at] ?? 0)) <= 24),
      );
      expect(colored.length).toBeGreaterThanOrEqual(0.8 * named.length);
    },
  );
});

describe('what is no icon of the set', () => {
  it('keeps its pixels', async () => {
    const shapes = [
      '<div style="width:20px;height:20px;border:1.5px solid #333;border-radius:4px"></div>',
      '<div style="width:18px;height:2px;background:#333"></div>',
      '<div style="width:16px;height:16px;border-radius:50%;background:#c33"></div>',
      '<div style="width:22px;height:22px;background:linear-gradient(90deg,red,blue)"></div>',
      '<b style="font:700 22px serif">g</b>',
      '<b style="font:700 26px sans-serif">&amp;</b>',
      '<svg width="24" height="24"><path d="M2 20 L9 3 L12 14 L21 5 L17 21 Z" fill="#171"/></svg>',
      '<svg width="24" height="24"><path d="M2 12 q4 -14 8 0 t8 -2 l3 9 M4 20 l3 -5 M13 3 l1 4" fill="none" stroke="#333" stroke-width="2"/></svg>',
    ];
    const raster = await drawn(shapes.map((markup) => ({ markup, background: '#fff' })));
    const facts = factsOf(raster, shapes.length);
    expect((await nameIcons(facts, raster)).pictures).toEqual(facts.pictures);
  });
});
