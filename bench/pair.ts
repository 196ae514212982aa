/** Makes the README's picture: the sample screenshot left, the page that `convert` made of it right. `npm run pair`. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { createContext } from '../shared/context.ts';
import { readPicture } from '../shared/image/index.ts';
import { withBrowser } from '../shared/score/browser.ts';
import { renderPage } from '../shared/score/render.ts';
import { sideBySide } from './quality/side-by-side.ts';

const sample = 'media/sample.png';
const target = 'media/sample-pair.png';
/** Wide enough to read, small enough for a repository. */
const pairWidth = 1600;

const context = createContext(new AbortController().signal);
const folder = await mkdtemp(path.join(os.tmpdir(), 'pixelwright-pair-'));
try {
  const options = ['convert', sample, '--strategy', 'measured', '--out', folder];
  await promisify(execFile)(process.execPath, ['dist/cli.js', ...options]);
  const picture = await readPicture({ kind: 'reference', reference: sample }, context);
  const { width, height } = picture.raster;
  const page = await withBrowser({}, context, (browser) =>
    renderPage(browser, path.join(folder, 'sample.html'), { width, height }, context),
  );
  const pair = await sideBySide(picture.raster, page.raster);
  await writeFile(target, await sharp(pair).resize({ width: pairWidth }).png({ palette: true }).toBuffer());
  process.stdout.write(`${target}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
