/** Whether a changed page still shows something, by rendering it before and after. */
import path from 'node:path';
import type { RunContext } from '../../context.ts';
import { PixelwrightError } from '../../errors.ts';
import type { Browser } from '../../score/browser.ts';
import type { CodeFile } from '../../tasks/edit/replacements.ts';
import { inFolder } from '../in-folder.ts';

export interface RenderVerdict {
  /** What is wrong with the page since the change. */
  readonly fault?: string;
  readonly warnings: readonly string[];
}

/** A change that takes more of the words than this has broken the page rather than changed it. */
const leastWordsKept = 0.5;

/** Other languages than HTML need a build. */
export const isRendered = ([main]: readonly CodeFile[]): boolean => /\.html?$/i.test(main?.path ?? '');

/** @param files HTML first; other languages need a build and are not rendered. */
export async function renderFault(
  before: readonly CodeFile[],
  after: readonly CodeFile[],
  { browserPath }: { readonly browserPath?: string },
  context: RunContext,
): Promise<RenderVerdict> {
  if (!isRendered(after)) return { warnings: [] };
  const { withBrowser } = await import('../../score/browser.ts');
  try {
    return await withBrowser(browserPath === undefined ? {} : { browserPath }, context, async (browser) => {
      const old = await letters(browser, before, context);
      const now = await letters(browser, after, context);
      if (old > 0 && now < leastWordsKept * old)
        return { fault: `only ${now} of ${old} letters can still be seen.`, warnings: [] };
      return { warnings: [] };
    });
  } catch (error) {
    if (!(error instanceof PixelwrightError) || error.code !== 'browser-missing') throw error;
    return { warnings: ['No browser was found, so the changed page was not rendered.'] };
  }
}

/** Letters that can be seen on the page. */
async function letters(browser: Browser, files: readonly CodeFile[], context: RunContext): Promise<number> {
  const { renderPage } = await import('../../score/render.ts');
  const size = { width: 1280, height: 800, overflowWidths: [] };
  const beside = files.map((file) => ({ ...file, path: path.basename(file.path) }));
  const { blocks } = await inFolder(beside, (page) => renderPage(browser, page, size, context));
  return blocks.reduce((sum, { text }) => sum + text.length, 0);
}
