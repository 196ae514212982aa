/** Screenshots of exact sizes, made of our own fixture pages. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import sharp from 'sharp';
import type { RunContext } from '../../shared/context.ts';
import { type Browser, withBrowser } from '../../shared/score/browser.ts';

const pages = fileURLToPath(new URL('../../test/fixtures/pages/', import.meta.url));

export interface SpeedPicture {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly file: string;
}

/** Size of each picture, and the pages that stand one below the other in it. */
const plans = [
  { width: 1280, height: 800, names: ['dashboard'] },
  { width: 1920, height: 1080, names: ['dashboard'] },
  {
    width: 1280,
    height: 6000,
    names: ['long', 'article', 'shop', 'pricing', 'docs', 'landing', 'faq', 'product'],
  },
] as const;

/** Renders the pictures into `folder`. @throws RangeError if the pages do not fill a picture. */
export async function makePictures(folder: string, context: RunContext): Promise<SpeedPicture[]> {
  return await withBrowser({}, context, async (browser) => {
    const made: SpeedPicture[] = [];
    for (const { width, height, names } of plans) {
      const name = `${width}×${height}`;
      const file = path.join(folder, `${width}x${height}.png`);
      await writeFile(file, await strip(browser, width, height, names));
      made.push({ name, width, height, file });
    }
    return made;
  });
}

async function strip(
  browser: Browser,
  width: number,
  height: number,
  names: readonly string[],
): Promise<Uint8Array> {
  const pieces: { input: Buffer; top: number; left: number }[] = [];
  let top = 0;
  for (const name of names) {
    if (top >= height) break;
    const input = await screenshot(browser, path.join(pages, `${name}.html`), width, height - top);
    pieces.push({ input, top, left: 0 });
    top += (await sharp(input).metadata()).height;
  }
  if (top < height) throw new RangeError(`The pages ${names.join(', ')} fill ${top} of ${height} pixels.`);
  return await sharp({ create: { width, height, channels: 3, background: '#fff' } })
    .composite(pieces)
    .png()
    .toBuffer();
}

async function screenshot(browser: Browser, file: string, width: number, most: number): Promise<Buffer> {
  await readFile(file);
  const page = await browser.newPage({ viewport: { width, height: Math.min(most, 1080) } });
  try {
    await page.goto(pathToFileURL(file).href);
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    const full = await page.screenshot({ fullPage: true });
    const { height } = await sharp(full).metadata();
    return await sharp(full)
      .extract({ left: 0, top: 0, width, height: Math.min(height, most) })
      .png()
      .toBuffer();
  } finally {
    await page.close();
  }
}
