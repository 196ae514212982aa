/** Mounted in a browser, the Vue and the React page look like the HTML page. */
import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import pixelmatch from 'pixelmatch';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileTree } from '../../shared/compose/compile.ts';
import type { SourceFile } from '../../shared/compose/target.ts';
import { createOracle, type Oracle } from '../oracle/oracle-facts.ts';
import { wholePage } from '../score/whole-page.ts';
import { fixturePages, type SamplePage } from './sample-pages.ts';
import { standIn, standInPictures } from './stand-in-pictures.ts';
import { vueFiles } from './vue/bundle.ts';

let oracle: Oracle;
beforeAll(async () => {
  oracle = await createOracle();
});
afterAll(() => oracle.close());

const madeFiles = (files: readonly SourceFile[]): Plugin => ({
  name: 'made files',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/[^/]+\.(?:tsx|css)$/ }, (args) => ({
      path: args.path.slice(2),
      namespace: 'made',
    }));
    onLoad({ filter: /.*/, namespace: 'made' }, (args) => ({
      contents: files.find((file) => file.path === args.path)?.content ?? '',
      loader: args.path.endsWith('.css') ? 'local-css' : 'tsx',
      resolveDir: import.meta.dirname,
    }));
  },
});

const mounts = {
  vue: (file: string) =>
    `import { createApp } from 'vue';\nimport Page from './${file}';\ncreateApp(Page).mount('#app');`,
  react: (file: string) =>
    `import { createRoot } from 'react-dom/client';\nimport { flushSync } from 'react-dom';\nimport Page from './${file}';\nflushSync(() => createRoot(document.getElementById('app')).render(<Page />));`,
};

/** A document that mounts the page, with everything in it. */
async function application({ name, tree, palette }: SamplePage, target: 'vue' | 'react'): Promise<string> {
  const { files } = await compileTree(tree, target, { name, palette });
  const result = await build({
    stdin: { contents: mounts[target](files[0]?.path ?? ''), loader: 'tsx', resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    outdir: 'out',
    format: 'iife',
    jsx: 'automatic',
    define: {
      'process.env.NODE_ENV': '"production"',
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    logLevel: 'silent',
    plugins: [
      standInPictures,
      vueFiles(new Map(files.map((file) => [file.path, file.content]))),
      madeFiles(files),
    ],
  });
  const text = (ending: string): string =>
    result.outputFiles.find((file) => file.path.endsWith(ending))?.text ?? '';
  return `<!doctype html><html lang="${tree.language}"><head><style>body { margin: 0 }</style><style>${text('.css')}</style></head><body><div id="app"></div><script>${text('.js').replaceAll('</script', '<\\/script')}</script></body></html>`;
}

async function plain({ name, tree, palette }: SamplePage): Promise<string> {
  const { files, assets } = await compileTree(tree, 'html', { name, palette, inline: true });
  return assets.reduce((text, asset) => text.replaceAll(asset.path, standIn), files[0]?.content ?? '');
}

interface Shot {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

async function shot(html: string, width: number): Promise<Shot> {
  const page = await oracle.newPage({ width, height: 800 });
  try {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await page.setContent(html, { waitUntil: 'load' });
    expect(faults).toEqual([]);
    const png = await wholePage(page);
    const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height };
  } finally {
    await page.close();
  }
}

describe('a mounted page', () => {
  const names = ['login', 'shop', 'pricing', 'dashboard', 'kanban', 'settings', 'landing', 'mobile-bank'];

  it.each(names)(
    '%s looks the same in every framework, wide and narrow',
    { timeout: 180_000 },
    async (name) => {
      const [page] = await fixturePages(oracle, [name]);
      if (page === undefined) throw new Error(`There is no page ${name}.`);
      const html = await plain(page);
      for (const target of ['vue', 'react'] as const) {
        const mounted = await application(page, target);
        for (const width of [page.tree.width, 390]) {
          const [wanted, given] = [await shot(html, width), await shot(mounted, width)];
          expect([target, width, given.width, given.height]).toEqual([
            target,
            width,
            wanted.width,
            wanted.height,
          ]);
          const differing = pixelmatch(wanted.data, given.data, undefined, wanted.width, wanted.height, {
            threshold: 0.1,
          });
          expect(
            differing / (wanted.width * wanted.height),
            `${path.basename(name)} as ${target} at ${width}`,
          ).toBeLessThan(0.002);
        }
      }
    },
  );
});
