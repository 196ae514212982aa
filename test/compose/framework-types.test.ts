/** Vue's and TypeScript's own checkers find nothing in what is written for the fixture pages and random ones. */
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileTree } from '../../shared/compose/compile.ts';
import { createOracle, type Oracle } from '../oracle/oracle-facts.ts';
import { fixturePages, inBatches, randomPages, randomPagesTimeout } from './sample-pages.ts';
import { checkedFolder, checkTypes, writeFiles } from './type-check.ts';

let oracle: Oracle;

beforeAll(async () => {
  oracle = await createOracle();
});
afterAll(() => oracle.close());

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await checkedFolder();
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe('all pages', () => {
  it('have no error of type, and nothing unused', { timeout: randomPagesTimeout(600_000) }, async () => {
    const pages = [...(await fixturePages(oracle)), ...randomPages(120, 41)];
    for (const batch of inBatches(pages, 200)) {
      const faults = await inFolder(async (folder) => {
        for (const { name, tree, palette } of batch)
          for (const target of ['vue', 'react'] as const) {
            const { files } = await compileTree(tree, target, { name, palette });
            await writeFiles(path.join(folder, name), files);
          }
        return await checkTypes(folder);
      });
      expect(faults).toBe('');
    }
  });

  it('would be told', async () => {
    const wrong = `<script setup lang="ts">const a: number = 'b';</script><template>{{ a }}</template>`;
    const faults = await inFolder(async (folder) => {
      await writeFile(path.join(folder, 'Wrong.vue'), wrong);
      return await checkTypes(folder);
    });
    expect(faults).toContain('Wrong.vue');
  });
});
