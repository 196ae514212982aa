/** Every page passes axe's checks, but for those of the picture's own colours. */
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOracle, type Oracle } from '../oracle/oracle-facts.ts';
import { composeMeasured } from './compose-page.ts';

const pages = fileURLToPath(new URL('../fixtures/pages/', import.meta.url));
let oracle: Oracle;
let axe: string;

beforeAll(async () => {
  oracle = await createOracle();
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
});

afterAll(async () => {
  await oracle.close();
});

/** Colours are measured: a link that only its colour tells from the text around it was drawn so. */
const options = { rules: { 'color-contrast': { enabled: false }, 'link-in-text-block': { enabled: false } } };

async function violationsOf(html: string): Promise<string[]> {
  const page = await oracle.newPage({ width: 1280, height: 800 });
  try {
    await page.setContent(html);
    await page.evaluate(axe);
    // What axe.run resolves to, as its types say.
    const results = (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as AxeResults;
    return results.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)}`));
  } finally {
    await page.close();
  }
}

describe('every page', async () => {
  const names = (await readdir(pages)).filter((file) => file.endsWith('.html'));

  it.each(names)('%s has no serious violations', async (name) => {
    const width = name.startsWith('mobile') ? 390 : 1280;
    const facts = await oracle.facts(path.join(pages, name), { width, height: 800 });
    const { html } = await composeMeasured(facts, { name: path.parse(name).name, inlineCss: true });
    expect(await violationsOf(html)).toEqual([]);
  });

  it('would be found to violate what it violates', async () => {
    const found = await violationsOf('<html lang="en"><title>t</title><main><h1>t</h1><input></main></html>');
    expect(found.map((text) => text.split(':')[0])).toEqual(['label']);
  });
});
