/** A tab's whole page as a picture, tried again where Chromium refuses under load. */
import type { Page } from 'playwright-core';
import { screenshot } from '../../shared/score/render.ts';

/** @returns A PNG of all that can be scrolled to, its animations ended. */
export async function wholePage(page: Page): Promise<Buffer> {
  const size = await page.evaluate(() => {
    const { documentElement: root, body } = document;
    return {
      width: Math.max(root.scrollWidth, body.scrollWidth),
      height: Math.max(root.scrollHeight, body.scrollHeight),
    };
  });
  return await screenshot(page, size);
}
