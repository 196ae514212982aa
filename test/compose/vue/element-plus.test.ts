/** Pages whose controls are components of Element Plus: they compile, their types hold, and they look as measured. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileTree } from '../../../shared/compose/compile.ts';
import type { SourceFile } from '../../../shared/compose/target.ts';
import { createOracle, type Oracle } from '../../oracle/oracle-facts.ts';
import { fixturePages, randomPages, type SamplePage } from '../sample-pages.ts';
import { standInPictures } from '../stand-in-pictures.ts';
import { checkedFolder, checkTypes, writeFiles } from '../type-check.ts';
import { compileFile, vueFiles } from './bundle.ts';

let oracle: Oracle;
let pages: SamplePage[];
let folder: string;
beforeAll(async () => {
  oracle = await createOracle();
  pages = await fixturePages(oracle);
  folder = await checkedFolder();
});
afterAll(async () => {
  await oracle.close();
  await rm(folder, { recursive: true, force: true });
});

const filesOf = async (
  { name, tree, palette }: SamplePage,
  components: 'plain' | 'element-plus',
): Promise<readonly SourceFile[]> => (await compileTree(tree, 'vue', { name, palette, components })).files;

const pageOf = (wanted: string): SamplePage => {
  const page = pages.find(({ name }) => name === wanted);
  if (page === undefined) throw new Error(`There is no page ${wanted}.`);
  return page;
};

/** A document that mounts the page. The sheets of Element Plus come last, where order would let them win. */
async function application(page: SamplePage, components: 'plain' | 'element-plus'): Promise<string> {
  const files = await filesOf(page, components);
  const main = files[0]?.path ?? '';
  const result = await build({
    stdin: {
      contents: `import Page from './${main}';\nimport 'element-plus/dist/index.css';\nimport { createApp } from 'vue';\ncreateApp(Page).mount('#app');`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    write: false,
    outdir: 'out',
    format: 'iife',
    define: {
      'process.env.NODE_ENV': '"production"',
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    logLevel: 'silent',
    plugins: [standInPictures, vueFiles(new Map(files.map((file) => [file.path, file.content])))],
  });
  const text = (ending: string): string =>
    result.outputFiles.find((file) => file.path.endsWith(ending))?.text ?? '';
  return `<!doctype html><html><head><style>body { margin: 0 } ${text('.css')}</style></head><body><div id="app"></div><script>${text('.js').replaceAll('</script', '<\\/script')}</script></body></html>`;
}

/** What a reader of the page meets: words, and the places and colours of buttons and fields. */
async function seen(html: string, width: number) {
  const page = await oracle.newPage({ width, height: 800 });
  try {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await page.setContent(html, { waitUntil: 'load' });
    expect(faults).toEqual([]);
    return await page.evaluate(() => {
      const boxOf = (element: Element): number[] => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return [x, y, width, height].map(Math.round);
      };
      const styleOf = (element: Element): string[] => {
        const { color, backgroundColor, borderRadius, fontSize, fontWeight } = getComputedStyle(element);
        return [color, backgroundColor, borderRadius, fontSize, fontWeight];
      };
      const controls = ['.el-input, .el-textarea, .el-select, .el-checkbox, .el-radio, .el-switch'];
      // What is inside a component has a class of its own there.
      controls.push('#app :is(input, textarea, select, [role="switch"]):not([class^="el-"])');
      return {
        words: (document.querySelector('#app')?.textContent ?? '').replace(/\s+/g, ''),
        buttons: [...document.querySelectorAll('button')].map((button) => ({
          text: button.textContent?.trim(),
          box: boxOf(button),
          style: styleOf(button),
        })),
        controls: [...document.querySelectorAll(controls.join())].map(boxOf),
        elements: document.querySelectorAll('[class^="el-"]').length,
      };
    });
  } finally {
    await page.close();
  }
}

describe('Element Plus', () => {
  it('is what all pages compile with', { timeout: 300_000 }, async () => {
    for (const page of [...pages, ...randomPages(60, 53)])
      for (const { path: file, content } of await filesOf(page, 'element-plus'))
        expect([file, compileFile(content, file, 'x').faults]).toEqual([file, []]);
  });

  it('takes what it is given, by its types', { timeout: 600_000 }, async () => {
    const checked = ['login', 'checkout', 'settings', 'table'].map(pageOf);
    for (const page of [...checked, ...randomPages(20, 59)])
      await writeFiles(path.join(folder, page.name), await filesOf(page, 'element-plus'));
    // The types of its options (2.14) do not hold themselves where absent and undefined are told apart.
    expect(await checkTypes(folder, { exactOptionalPropertyTypes: false })).toBe('');
  });

  it.each(['login', 'checkout', 'settings', 'table'])(
    'shows %s as it was measured',
    { timeout: 300_000 },
    async (name) => {
      const page = pageOf(name);
      const plain = await seen(await application(page, 'plain'), page.tree.width);
      const given = await seen(await application(page, 'element-plus'), page.tree.width);
      expect(plain.buttons.length + plain.controls.length).toBeGreaterThan(0);
      expect(given.elements).toBeGreaterThan(plain.elements);
      expect(given.words).toBe(plain.words);
      expect(given.buttons).toEqual(plain.buttons);
      expect(given.controls).toEqual(plain.controls);
    },
  );

  it('is refused for other targets', async () => {
    const { tree, name } = pageOf('login');
    await expect(compileTree(tree, 'react', { name, components: 'element-plus' })).rejects.toMatchObject({
      code: 'option-invalid',
    });
  });
});
