/** Opens a page in the browser and reads what it shows. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { createContext } from '../../../shared/context.ts';
import { type Browser, withBrowser, withPage } from '../../../shared/score/browser.ts';
import type { BrowserOptions } from '../../../shared/score/find-browser.ts';
import type { BenchPage } from '../pages.ts';
import type { Truth } from './truth.ts';

/** @param root folder whose files the page may read. Throws as `withPage`. */
export async function readTruth(browser: Browser, page: BenchPage, root: string): Promise<Truth> {
  const script = await inPageScript();
  return await withPage(browser, page.file, { ...page, root }, async ({ page: open }) => {
    await open.evaluate('document.fonts.ready.then(() => true)');
    // What readTruth in in-page/main.ts returns.
    return (await open.evaluate(`${script}; oracle.readTruth()`)) as Truth;
  });
}

/** The same with a browser of its own, for tests and experiments. */
export async function truthOf(page: BenchPage, root: string, options: BrowserOptions = {}): Promise<Truth> {
  const context = createContext(new AbortController().signal);
  return await withBrowser(options, context, async (browser) => await readTruth(browser, page, root));
}

async function inPageScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('in-page/main.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'oracle',
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}
