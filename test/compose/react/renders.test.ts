/** Whatever the page, React renders it to a string and takes that over in a browser, without a warning. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileTree } from '../../../shared/compose/compile.ts';
import { launchBrowser } from '../../oracle/oracle-facts.ts';
import { inBatches, randomPages, randomPagesTimeout, type SamplePage } from '../sample-pages.ts';
import { standInPictures } from '../stand-in-pictures.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const entry = (names: readonly string[]): string => `
import { renderToString } from 'react-dom/server';
import { hydrateRoot } from 'react-dom/client';
import { flushSync } from 'react-dom';
${names.map((name, index) => `import Page${index} from './${name}.tsx';`).join('\n')}
const pages = { ${names.map((name, index) => `${JSON.stringify(name)}: Page${index}`).join(', ')} };
window.faults = [];
let current = '';
console.error = (...parts) => window.faults.push(current + ': ' + parts.map(String).join(' ').slice(0, 400));
for (const [name, Page] of Object.entries(pages)) {
  current = name;
  const root = document.createElement('div');
  document.body.append(root);
  root.innerHTML = renderToString(<Page />);
  let mounted;
  flushSync(() => {
    mounted = hydrateRoot(root, <Page />, { onRecoverableError: (error) => window.faults.push(name + ': ' + error.message.slice(0, 400)) });
  });
  flushSync(() => mounted.unmount());
  root.remove();
}
window.done = true;
`;

/** The pages as one program for a browser, with all that they import. */
async function bundled(pages: readonly SamplePage[]): Promise<string> {
  const sources = new Map<string, string>();
  const names: string[] = [];
  for (const { name, tree, palette } of pages) {
    const { files } = await compileTree(tree, 'react', { name, palette });
    for (const file of files) sources.set(file.path, file.content);
    names.push(path.parse(files[0]?.path ?? '').name);
  }
  const result = await build({
    stdin: {
      contents: entry(names),
      loader: 'tsx',
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
    },
    bundle: true,
    write: false,
    outdir: 'out',
    format: 'iife',
    jsx: 'automatic',
    jsxDev: true,
    define: { 'process.env.NODE_ENV': '"development"' },
    loader: { '.css': 'local-css' },
    logLevel: 'silent',
    plugins: [
      standInPictures,
      {
        name: 'generated files',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^\.\/[^/]+\.(?:tsx|css)$/ }, (args) =>
            sources.has(args.path.slice(2)) ? { path: args.path.slice(2), namespace: 'made' } : undefined,
          );
          onLoad({ filter: /.*/, namespace: 'made' }, (args) => ({
            contents: sources.get(args.path) ?? '',
            loader: args.path.endsWith('.css') ? 'local-css' : 'tsx',
            resolveDir: import.meta.dirname,
          }));
        },
      },
    ],
  });
  expect(result.warnings.map(({ text }) => text)).toEqual([]);
  return result.outputFiles.find((file) => file.path.endsWith('.js'))?.text ?? '';
}

describe('random pages', () => {
  it('render and hydrate without a warning', { timeout: randomPagesTimeout(300_000) }, async () => {
    // One program of a thousand pages has been seen to stall esbuild.
    for (const batch of inBatches(randomPages(200, 37))) {
      const content = await bundled(batch);
      const page = await browser.newPage();
      try {
        await page.setContent('<!doctype html><body></body>');
        await page.addScriptTag({ content });
        expect(await page.evaluate('window.done')).toBe(true);
        expect(await page.evaluate('window.faults')).toEqual([]);
      } finally {
        await page.close();
      }
    }
  });
});
