/** As a part of somebody else's page, in each language, a page looks as it does by itself, and changes nothing around it. */
import { build } from 'esbuild';
import pixelmatch from 'pixelmatch';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compileTree } from '../../../shared/compose/compile.ts';
import { type Fragment, pageFragment } from '../../../shared/compose/fragment/index.ts';
import { createOracle, type Oracle } from '../../oracle/oracle-facts.ts';
import { wholePage } from '../../score/whole-page.ts';
import { fixturePages, type SamplePage } from '../sample-pages.ts';
import { standIn, standInPictures } from '../stand-in-pictures.ts';
import { vueFiles } from '../vue/bundle.ts';

let oracle: Oracle;
beforeAll(async () => {
  oracle = await createOracle();
});
afterAll(() => oracle.close());

/** What the page around says of its own elements must not win, and must not be changed. */
const around =
  'body { margin: 0 } h1 { font-size: 70px; margin: 40px } p { margin: 30px } a { color: red } button { padding: 20px }';
const probe =
  '<h1 id="probe" hidden>Mine</h1><p hidden class="item">Mine</p><a hidden class="content">Mine</a>';

const languages = ['html', 'vue', 'jsx'] as const;

async function parts({
  name,
  tree,
  palette,
}: SamplePage): Promise<Record<(typeof languages)[number], Fragment>> {
  const { files } = await compileTree(tree, 'html', { name, palette });
  const [html = '', css = ''] = files.map((file) => file.content);
  const of = async (language: (typeof languages)[number]) =>
    await pageFragment({ html, css }, { name: `${name}-part`, language });
  return { html: await of('html'), vue: await of('vue'), jsx: await of('jsx') };
}

const documentText = (body: string, css: string, script = ''): string =>
  `<!doctype html><html lang="en"><head><style>${around}</style><style>${css}</style></head><body>${probe}${body}<script>${script.replaceAll('</script', '<\\/script')}</script></body></html>`;

async function bundled(
  contents: string,
  sources: ReadonlyMap<string, string>,
): Promise<{ js: string; css: string }> {
  const result = await build({
    stdin: { contents, loader: 'tsx', resolveDir: import.meta.dirname },
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
    plugins: [standInPictures, vueFiles(sources)],
  });
  const text = (ending: string): string =>
    result.outputFiles.find((file) => file.path.endsWith(ending))?.text ?? '';
  return { js: text('.js'), css: text('.css') };
}

async function mounted(fragment: Fragment, language: (typeof languages)[number]): Promise<string> {
  const { markup, css, imports } = fragment;
  if (language === 'html')
    return documentText(markup.replaceAll(/src="[^"]*-assets\/[^"]*"/g, `src="${standIn}"`), css);
  if (language === 'vue') {
    const file = `<template>\n${markup}\n</template>\n<style scoped>\n${css}\n</style>\n`;
    const main = `import { createApp } from 'vue';\nimport Page from './Page.vue';\ncreateApp(Page).mount('#app');`;
    const built = await bundled(main, new Map([['Page.vue', file]]));
    return documentText('<div id="app"></div>', built.css, built.js);
  }
  const pictures = imports.map(({ name, path }) => `import ${name} from './${path}';`).join('\n');
  const main = `${pictures}\nimport { createRoot } from 'react-dom/client';\nimport { flushSync } from 'react-dom';\nfunction Page() { return (${markup}); }\nflushSync(() => createRoot(document.getElementById('app')).render(<Page />));`;
  return documentText('<div id="app"></div>', css, (await bundled(main, new Map())).js);
}

async function seen(html: string, width: number) {
  const page = await oracle.newPage({ width, height: 800 });
  try {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await page.setContent(html, { waitUntil: 'load' });
    const untouched = await page.evaluate(() => {
      const { fontSize, margin } = getComputedStyle(document.getElementById('probe') ?? document.body);
      const other = document.querySelector('p.item');
      const link = document.querySelector('a.content');
      return [
        fontSize,
        margin,
        other && getComputedStyle(other).margin,
        link && getComputedStyle(link).color,
      ];
    });
    const png = await wholePage(page);
    const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    return { faults, untouched, data, width: info.width, height: info.height };
  } finally {
    await page.close();
  }
}

it.each(['login', 'dashboard', 'mobile-bank'])('%s, wide and narrow', { timeout: 180_000 }, async (name) => {
  const [page] = await fixturePages(oracle, [name]);
  if (page === undefined) throw new Error(`There is no page ${name}.`);
  const { files, assets } = await compileTree(page.tree, 'html', {
    name,
    palette: page.palette,
    inline: true,
  });
  const whole = assets.reduce((text, asset) => text.replaceAll(asset.path, standIn), files[0]?.content ?? '');
  const fragments = await parts(page);
  for (const language of languages) {
    const html = await mounted(fragments[language], language);
    for (const width of [page.tree.width, 390]) {
      const [wanted, given] = [await seen(whole, width), await seen(html, width)];
      expect(given.faults).toEqual([]);
      expect(given.untouched).toEqual(['70px', '40px', '30px', 'rgb(255, 0, 0)']);
      // The page's own colour goes on below it; the part ends where its content ends.
      const height = Math.min(wanted.height, given.height);
      expect([language, width, given.width]).toEqual([language, width, wanted.width]);
      const bytes = 4 * wanted.width * height;
      const differing = pixelmatch(
        wanted.data.subarray(0, bytes),
        given.data.subarray(0, bytes),
        undefined,
        wanted.width,
        height,
        { threshold: 0.1 },
      );
      expect(differing / (wanted.width * height), `${name} as ${language} at ${width}`).toBeLessThan(0.002);
    }
  }
});
