/** Vue's and TypeScript's own checkers find nothing in what is written for the fixture pages and random ones. */
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileTree } from '../../shared/compose/compile.ts';
import { createOracle, type Oracle } from '../oracle/oracle-facts.ts';
import { fixturePages, randomPages } from './sample-pages.ts';
import { checkedFolder, checkTypes, writeFiles } from './type-check.ts';

let oracle: Oracle;
let folder: string;

beforeAll(async () => {
  oracle = await createOracle();
  folder = await checkedFolder();
});

afterAll(async () => {
  await oracle.close();
  await rm(folder, { recursive: true, force: true });
});

/** A thousand pages, asked for by the environment, take a quarter of an hour. */
const timeout = Math.max(600_000, 3_000 * Number(process.env['RANDOM_PAGES'] ?? 0));

describe('all pages', () => {
  it('have no error of type, and nothing unused', { timeout }, async () => {
    for (const { name, tree, palette } of [...(await fixturePages(oracle)), ...randomPages(120, 41)]) {
      for (const target of ['vue', 'react'] as const) {
        const { files } = await compileTree(tree, target, { name, palette });
        await writeFiles(path.join(folder, name), files);
      }
    }
    expect(await checkTypes(folder)).toBe('');
    // The checker does check.
    await writeFile(
      path.join(folder, 'Wrong.vue'),
      `<script setup lang="ts">const a: number = 'b';</script><template>{{ a }}</template>`,
    );
    expect(await checkTypes(folder)).toContain('Wrong.vue');
  });
});
