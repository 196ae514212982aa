/** Pages to compile: our fixtures as they are measured, and random ones. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { planMeasured } from '../../shared/compose/measured/index.ts';
import type { PaletteColor } from '../../shared/facts/page-facts.ts';
import type { UiTree } from '../../shared/ui-tree.ts';
import type { Oracle } from '../oracle/oracle-facts.ts';
import { randomTree } from './random-tree.ts';

export interface SamplePage {
  readonly name: string;
  readonly tree: UiTree;
  readonly palette: readonly PaletteColor[];
}

/** Random pages: few in the inner loop, as many as are asked for by the environment. */
export function randomPages(most: number, seed: number): SamplePage[] {
  const asked = Number(process.env['RANDOM_PAGES'] ?? most);
  const numRuns = process.env['MODE'] === 'quick' ? Math.min(asked, 40) : asked;
  return fc
    .sample(randomTree, { numRuns, seed })
    .map((tree, index) => ({ name: `random-${index}`, tree, palette: [] }));
}

/** Milliseconds for a test of all of them, on a machine that is busy with others. */
export const randomPagesTimeout = (least: number): number =>
  Math.max(least, 6_000 * Number(process.env['RANDOM_PAGES'] ?? 0));

/** Compilers and browsers take so many pages at once whatever is asked for, and say sooner which are at fault. */
export function* inBatches<T>(items: readonly T[], size = 100): Generator<readonly T[]> {
  for (let first = 0; first < items.length; first += size) yield items.slice(first, first + size);
}

const folder = fileURLToPath(new URL('../fixtures/pages/', import.meta.url));

export async function fixturePages(oracle: Oracle, names?: readonly string[]): Promise<SamplePage[]> {
  const all = (await readdir(folder))
    .filter((file) => file.endsWith('.html'))
    .map((file) => path.parse(file).name);
  const pages: SamplePage[] = [];
  for (const name of names ?? all) {
    const width = name.startsWith('mobile') ? 390 : 1280;
    const facts = await oracle.facts(path.join(folder, `${name}.html`), { width, height: 800 });
    pages.push({ name, tree: planMeasured(facts).tree, palette: facts.palette });
  }
  return pages;
}
