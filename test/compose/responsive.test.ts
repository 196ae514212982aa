/** Every page at every width: nothing scrolls sideways, no text on text, none cut, lost or at the edge. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from '../../shared/score/browser.ts';
import { findFaults } from '../../shared/score/overlap.ts';
import { createOracle, type Oracle } from '../oracle/oracle-facts.ts';
import { testContext } from '../score/fixtures.ts';
import { launchForTests } from '../score/launch.ts';
import { composeMeasured } from './compose-page.ts';

const pages = fileURLToPath(new URL('../fixtures/pages/', import.meta.url));
const pixel = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
let oracle: Oracle;
let browser: Browser;
let folder: string;

beforeAll(async () => {
  [oracle, browser] = await Promise.all([createOracle(), launchForTests()]);
  folder = await mkdtemp(path.join(tmpdir(), 'responsive-'));
});

afterAll(async () => {
  await Promise.all([oracle.close(), browser.close()]);
  await rm(folder, { recursive: true, force: true });
});

describe('every page', async () => {
  const names = (await readdir(pages))
    .filter((file) => file.endsWith('.html'))
    .map((file) => path.parse(file).name);

  it.each(names)('%s can be read at every width', async (name) => {
    const own = name.startsWith('mobile') ? 390 : 1280;
    const facts = await oracle.facts(path.join(pages, `${name}.html`), { width: own, height: 800 });
    const page = await composeMeasured(facts, { name, inlineCss: true });
    const file = path.join(folder, `${name}.html`);
    await writeFile(
      file,
      page.assets.reduce((text, asset) => text.replaceAll(asset.path, pixel), page.html),
    );
    const found = await findFaults(browser, file, [320, 390, 768, 1024, 1280], testContext());
    const narrow = found.filter(({ width }) => width < own);
    expect(found.map(({ width, overflow }) => [width, overflow])).toEqual(
      found.map(({ width }) => [width, 0]),
    );
    expect(narrow.flatMap(({ width, overlaps }) => overlaps.map((pair) => [width, ...pair]))).toEqual([]);
    expect(narrow.flatMap(({ width, edge }) => edge.map((line) => [width, line]))).toEqual([]);
    expect(narrow.flatMap(({ width, cut }) => cut.map((line) => [width, line]))).toEqual([]);
    expect(found.flatMap(({ lost }) => lost)).toEqual([]);
  });
});
