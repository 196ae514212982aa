/** Whatever the page, Vue's own compiler takes every file without an error or a warning. */
import { describe, expect, it } from 'vitest';
import { compileTree } from '../../../shared/compose/compile.ts';
import { randomPages, randomPagesTimeout } from '../sample-pages.ts';
import { compileFile } from './bundle.ts';

describe('random pages', () => {
  it('compile without faults', { timeout: randomPagesTimeout(300_000) }, async () => {
    for (const { name, tree, palette } of randomPages(200, 31)) {
      const { files } = await compileTree(tree, 'vue', { name, palette });
      for (const { path, content } of files)
        expect([path, compileFile(content, path, 'x').faults]).toEqual([path, []]);
    }
  });
});
