/** The draft in a real browser: text where it was measured. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'parse5';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PageFacts, TextLine } from '../../shared/facts/page-facts.ts';
import { degrade } from '../oracle/degrade.ts';
import { createOracle, type Oracle } from '../oracle/oracle-facts.ts';
import { composeMeasured } from './compose-page.ts';

const pages = fileURLToPath(new URL('../fixtures/pages/', import.meta.url));
let oracle: Oracle;
let folder: string;

beforeAll(async () => {
  oracle = await createOracle();
  folder = await mkdtemp(path.join(tmpdir(), 'measured-'));
});

afterAll(async () => {
  await oracle.close();
  await rm(folder, { recursive: true, force: true });
});

async function factsOf(name: string): Promise<PageFacts> {
  const width = name.startsWith('mobile') ? 390 : 1280;
  return oracle.facts(path.join(pages, `${name}.html`), { width, height: 800 });
}

/** Writes the draft with plain pictures in place of the crops. */
async function write(name: string, facts: PageFacts): Promise<string> {
  const page = await composeMeasured(facts, { name, inlineCss: true });
  const errors: string[] = [];
  parse(page.html, { onParseError: (error) => errors.push(error.code) });
  expect(errors).toEqual([]);
  const pixel = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#888' } })
    .png()
    .toBuffer();
  const source = `data:image/png;base64,${pixel.toString('base64')}`;
  const html = page.assets.reduce((text, asset) => text.replaceAll(asset.path, source), page.html);
  const file = path.join(folder, `${name}.html`);
  await writeFile(file, html);
  return file;
}

async function overflowAt(file: string, width: number): Promise<number> {
  const page = await oracle.newPage({ width, height: 800 });
  try {
    await page.goto(`file://${file}`);
    return await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  } finally {
    await page.close();
  }
}

/** Distance of each measured line to the nearest rendered line with the same words, in pixels. */
function distances(measured: PageFacts, rendered: PageFacts): number[] {
  const free = [...rendered.lines];
  return measured.lines.map((line) => {
    const distance = (other: TextLine): number =>
      other.text === line.text
        ? Math.hypot(other.box.x - line.box.x, other.baseline - line.baseline)
        : Number.POSITIVE_INFINITY;
    const best = free.reduce(
      (index, other, at) => (distance(other) < distance(free[index] ?? other) ? at : index),
      0,
    );
    const [taken] = free.splice(best, 1);
    return taken === undefined ? Number.POSITIVE_INFINITY : distance(taken);
  });
}

const share = (values: readonly number[], test: (value: number) => boolean): number =>
  values.filter(test).length / values.length;

describe('pages in the fonts of this machine', () => {
  it.each(['login', 'checkout', 'table', 'editor', 'shop', 'mobile-home'])(
    '%s stands where it was measured',
    async (name) => {
      const facts = await factsOf(name);
      const rendered = await oracle.facts(await write(name, facts), { width: facts.width, height: 800 });
      const found = distances(facts, rendered);
      expect(share(found, (distance) => distance <= 3)).toBeGreaterThanOrEqual(0.9);
      expect(share(found, (distance) => Number.isFinite(distance))).toBeGreaterThanOrEqual(0.97);
      expect(Math.abs(rendered.height - facts.height)).toBeLessThanOrEqual(6);
    },
  );
});

describe('facts as imperfect as measured ones', () => {
  it.each(['checkout', 'files', 'shop'])('%s keeps its lines and its width', async (name) => {
    const whole = await factsOf(name);
    const facts = degrade(whole, {
      seed: 3,
      jitter: 1.5,
      lostLines: 0.1,
      lostBoxes: 0.15,
      lostPictures: 0.1,
      wrongWords: 0.03,
      strayBoxes: 2,
      wholePixels: true,
    });
    const file = await write(`${name}-damaged`, facts);
    const rendered = await oracle.facts(file, { width: facts.width, height: 800 });
    expect(share(distances(facts, rendered), (distance) => distance <= 40)).toBeGreaterThanOrEqual(0.75);
    for (const width of [390, 768]) expect([width, await overflowAt(file, width)]).toEqual([width, 0]);
  });
});
