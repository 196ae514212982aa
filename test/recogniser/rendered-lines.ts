/** Text lines set by a real Chromium, cut out and projected to ink, with what they were set in. */
import { fileURLToPath, pathToFileURL } from 'node:url';
import sharp from 'sharp';
import type { LineImage } from '../../shared/facts/recogniser/line-image.ts';
import { launchBrowser } from '../oracle/oracle-facts.ts';
import { wholePage } from '../score/whole-page.ts';

export interface LineSpec {
  readonly text: string;
  /** CSS pixels. */
  readonly size: number;
  readonly family?: string;
  readonly weight?: number;
  readonly italic?: boolean;
  readonly letterSpacing?: number;
  /** `#rrggbb`. */
  readonly color?: string;
  readonly background?: string;
}

export interface RenderedLine {
  readonly spec: LineSpec;
  readonly image: LineImage;
}

export interface RenderOptions {
  readonly pixelRatio?: number;
  /** Encodes the screenshot as JPEG of this quality before it is cut. */
  readonly jpegQuality?: number;
  /** Scales the screenshot before it is cut. */
  readonly scale?: number;
}

const folder = fileURLToPath(new URL('../fixtures/fonts/', import.meta.url));

/** Fonts of the fixtures under names that no machine has installed; usable in a `LineSpec`. */
export const testFonts = [
  { family: 'Test Roboto', weight: '400', file: 'roboto-400.woff2' },
  { family: 'Test Roboto', weight: '500', file: 'roboto-500.woff2' },
  { family: 'Test Roboto', weight: '700', file: 'roboto-700.woff2' },
  { family: 'Test Lato', weight: '400', file: 'lato-400.woff2' },
  { family: 'Test Lato', weight: '700', file: 'lato-700.woff2' },
  { family: 'Test Serif', weight: '400', file: 'source-serif-4-400.woff2' },
  { family: 'Test Serif', weight: '700', file: 'source-serif-4-700.woff2' },
  { family: 'Test Mono', weight: '400', file: 'ibm-plex-mono-400.woff2' },
  { family: 'Test Inter', weight: '100 900', file: 'inter-variable.woff2' },
].map((font) => ({ ...font, path: `${folder}${font.file}` }));

/** @returns one entry a spec, in order; each crop holds the line's ink and a pixel around it. */
export async function renderLines(
  specs: readonly LineSpec[],
  options: RenderOptions = {},
): Promise<RenderedLine[]> {
  const { pixelRatio = 1, scale = 1 } = options;
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({
      viewport: { width: 1200, height: 800 },
      deviceScaleFactor: pixelRatio,
    });
    // A page of its own origin: files may be read from files only.
    await page.goto(pathToFileURL(`${folder}LICENSE.md`).href);
    await page.setContent(pageOf(specs));
    await page.evaluate('document.fonts.ready.then(() => true)');
    const boxes: { x: number; y: number; width: number; height: number }[] = [];
    for (const element of await page.locator('div').all()) {
      const box = await element.boundingBox();
      if (box !== null) boxes.push(box);
    }
    const shot = await wholePage(page);
    let picture = sharp(shot).removeAlpha();
    if (scale !== 1) {
      const { width } = await picture.metadata();
      picture = sharp(
        await picture
          .resize(Math.round(width * scale))
          .png()
          .toBuffer(),
      );
    }
    if (options.jpegQuality !== undefined) {
      picture = sharp(await picture.jpeg({ quality: options.jpegQuality }).toBuffer());
    }
    const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
    const factor = pixelRatio * scale;
    return specs.map((spec, index) => {
      const box = boxes[index] ?? { x: 0, y: 0, width: 0, height: 0 };
      const left = Math.ceil(box.x * factor) + 3;
      const top = Math.ceil(box.y * factor) + 3;
      const right = Math.floor((box.x + box.width) * factor) - 3;
      const bottom = Math.floor((box.y + box.height) * factor) - 3;
      const area = { left, top, width: right - left, height: bottom - top };
      return { spec, image: trimmed(inkOf({ data, width: info.width }, area, spec)) };
    });
  } finally {
    await browser.close();
  }
}

function pageOf(specs: readonly LineSpec[]): string {
  const faces = testFonts.map(
    ({ family, weight, path }) =>
      `@font-face{font-family:"${family}";font-weight:${weight};src:url("${pathToFileURL(path).href}")}`,
  );
  const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const lines = specs.map(({ text, size, family = 'DejaVu Sans', weight = 400, ...rest }) => {
    const { italic = false, letterSpacing = 0, color = '#111827', background = '#ffffff' } = rest;
    const font = `font:${italic ? 'italic ' : ''}${weight} ${size}px '${family}'`;
    return `<div style="${font};letter-spacing:${letterSpacing}px;color:${color};background:${background}">${escaped(text)}</div>`;
  });
  const chinese = pathToFileURL(`${folder}noto-sans-sc/noto-sans-sc.css`).href;
  return `<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="${chinese}"><style>${faces.join('')}
    body{margin:8px;background:#fff} div{width:max-content;white-space:pre;padding:8px 12px;line-height:1.4}
    </style>${lines.join('\n')}`;
}

interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function inkOf(picture: { data: Uint8Array; width: number }, area: Area, spec: LineSpec): LineImage {
  const { color = '#111827', background = '#ffffff' } = spec;
  const from = channels(background);
  const axis = channels(color).map((value, channel) => value - (from[channel] ?? 0));
  const square = axis.reduce((sum, value) => sum + value * value, 0);
  const ink = new Uint8ClampedArray(area.width * area.height);
  for (let y = 0; y < area.height; y += 1) {
    for (let x = 0; x < area.width; x += 1) {
      const at = ((area.top + y) * picture.width + area.left + x) * 3;
      let along = 0;
      for (let channel = 0; channel < 3; channel += 1) {
        along += ((picture.data[at + channel] ?? 0) - (from[channel] ?? 0)) * (axis[channel] ?? 0);
      }
      ink[y * area.width + x] = (255 * along) / square;
    }
  }
  return { ink: new Uint8Array(ink.buffer), width: area.width, height: area.height };
}

const channels = (hex: string): number[] => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

/** Cut to the ink and one pixel around it, as the line finder does. */
function trimmed(line: LineImage): LineImage {
  let [x0, x1, y0, y1] = [line.width, -1, line.height, -1];
  for (const [index, value] of line.ink.entries()) {
    if (value < 40) continue;
    const [x, y] = [index % line.width, Math.floor(index / line.width)];
    [x0, x1, y0, y1] = [Math.min(x0, x), Math.max(x1, x), Math.min(y0, y), Math.max(y1, y)];
  }
  if (x1 < 0) return line;
  const [left, top] = [Math.max(0, x0 - 1), Math.max(0, y0 - 1)];
  const [width, height] = [Math.min(line.width, x1 + 2) - left, Math.min(line.height, y1 + 2) - top];
  const ink = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const from = (top + y) * line.width + left;
    ink.set(line.ink.subarray(from, from + width), y * width);
  }
  return { ink, width, height };
}
