/** Every class is one that Tailwind knows, over random trees and over the fixture pages. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { parse } from 'parse5';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileTree } from '../../../shared/compose/compile.ts';
import { planMeasured } from '../../../shared/compose/measured/index.ts';
import { pageElements } from '../../../shared/compose/page-elements.ts';
import { loadTailwind, type Tailwind } from '../../../shared/compose/tailwind/design-system.ts';
import { classesIn, classify } from '../../../shared/compose/tailwind/page.ts';
import type { UiTree } from '../../../shared/ui-tree.ts';
import { createOracle, type Oracle } from '../../oracle/oracle-facts.ts';
import { randomTree } from '../random-tree.ts';

const pages = fileURLToPath(new URL('../../fixtures/pages/', import.meta.url));
let plain: Tailwind;
let oracle: Oracle;

beforeAll(async () => {
  plain = await loadTailwind('@import "tailwindcss";');
  oracle = await createOracle();
});

afterAll(async () => {
  await oracle.close();
});

/** The theme's variables of a source style sheet. */
const variablesOf = (source: string): string[] => source.match(/^ {2}--[^;]*;$/gm) ?? [];

/** Distances and sizes that could stand on the scale. */
const offScale =
  /^(?:[^[\]]*:)?-?(?:[mp][xytrbl]?|gap(?:-[xy])?|size|[wh]|m(?:in|ax)-[wh]|basis)-\[-?[\d.]+px\]$/;

async function checked(tree: UiTree, name: string) {
  const files = await compileTree(tree, 'html-tailwind', { name });
  const [html = '', css = '', source = ''] = files.files.map((file) => file.content);
  const errors: string[] = [];
  parse(html, { onParseError: (error) => errors.push(error.code) });
  expect(errors).toEqual([]);
  const classes = [...html.matchAll(/\sclass="([^"]*)"/g)].flatMap((match) => (match[1] ?? '').split(/\s+/));
  return { html, css, source, classes };
}

describe('1,000 random trees', () => {
  it('have no class that Tailwind does not know, and none off its scale', async () => {
    const classes = new Set<string>();
    const variables = new Map<string, string>();
    for (const tree of fc.sample(randomTree, { numRuns: 1000, seed: 17 })) {
      const page = pageElements(tree, 'page');
      for (const line of variablesOf(classify(page, [], plain)))
        variables.set(line.split(':')[0] ?? '', line);
      for (const name of classesIn(page)) classes.add(name);
    }
    // Every page has a theme of its own; that all names exist is seen in one that has them all.
    const themed = await loadTailwind(
      `@import "tailwindcss"; @theme { ${[...variables.values()].join('')} }`,
    );
    const known = themed.known([...classes]);
    expect([...classes].filter((name) => !known.has(name))).toEqual([]);
    expect([...classes].filter((name) => offScale.test(name))).toEqual([]);
    expect(classes.size).toBeGreaterThan(1000);
  }, 300_000);

  it('are pages without parse errors whose style sheet holds every class', async () => {
    for (const tree of fc.sample(randomTree, { numRuns: 25, seed: 19 })) {
      const { classes, css, source } = await checked(tree, 'a page');
      const themed = await loadTailwind(source);
      expect(themed.sorted(classes)).toEqual([...themed.sorted([...classes].reverse())]);
      for (const name of new Set(classes)) expect(css).toContain(`.${cssEscape(name)}`);
    }
  });
});

/** As a style sheet spells the class. */
const cssEscape = (name: string): string =>
  name.replace(/[^a-zA-Z0-9_-]/gu, (letter) => `\\${letter}`).replace(/^(-?)(\d)/, '$1\\3$2 ');

describe('fixture pages', async () => {
  const names = (await readdir(pages))
    .filter((file) => file.endsWith('.html'))
    .map((file) => path.parse(file).name);

  it.each(names)('%s', async (name) => {
    const facts = await oracle.facts(path.join(pages, `${name}.html`), {
      width: name.startsWith('mobile') ? 390 : 1280,
      height: 800,
    });
    const { classes, source } = await checked(planMeasured(facts).tree, name);
    const themed = await loadTailwind(source);
    const known = themed.known(classes);
    expect(classes.filter((each) => !known.has(each))).toEqual([]);
    expect(classes.filter((each) => offScale.test(each))).toEqual([]);
    expect(classes.some((each) => /^(text|tracking|leading)-\[[\d.-]+px\]/.test(each))).toBe(false);
  });
});
