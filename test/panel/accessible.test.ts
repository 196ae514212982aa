/** The panel passes all of axe's checks, by day, by night, narrow and in high contrast, and keeps its own policy. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { launchBrowser } from '../oracle/oracle-facts.ts';
import { choose, mockup, openPanel, serve, settled, urlIn, violations } from './served.ts';

vi.setConfig({ testTimeout: 240_000 });

const pictures = fileURLToPath(new URL('../../.cache/scratch/panel/', import.meta.url));
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
  await mkdir(pictures, { recursive: true });
});

afterAll(async () => {
  await browser.close();
});

const looks: Readonly<Record<string, BrowserContextOptions>> = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  narrow: { colorScheme: 'dark', viewport: { width: 300, height: 800 } },
  contrast: { forcedColors: 'active' },
  chinese: { locale: 'zh-CN' },
};

describe('the panel', () => {
  it('has no violations, whatever it looks like', async () => {
    const { url, says } = await serve();
    const picture = await mockup(browser);
    let address = url;
    for (const [name, options] of Object.entries(looks)) {
      const { page, faults } = await openPanel(browser, address, options);
      await page.getByRole('alert').waitFor();
      const shot = (state: string) =>
        page.screenshot({ path: path.join(pictures, `${name}-${state}.png`), fullPage: true });
      expect(await violations(page), `${name}, empty`).toEqual([]);
      await shot('empty');
      await choose(page, picture);
      await settled(page);
      for (const view of [1, 2, 0]) {
        await page.locator('#views label').nth(view).click();
        expect(await violations(page), `${name}, view ${view}`).toEqual([]);
        await shot(`view-${view}`);
      }
      // Nothing stands out to the right of a narrow side bar.
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
        page.viewportSize()?.width ?? 0,
      );
      expect(faults, name).toEqual([]);
      address = urlIn(await says('For another browser: '));
    }
  });

  it('is walked through by keyboard, in the order of reading', async () => {
    const { url } = await serve();
    const { page } = await openPanel(browser, url);
    await page.getByRole('alert').waitFor();
    await choose(page, await mockup(browser));
    await settled(page);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    const seen: string[] = [];
    for (let step = 0; step < 16; step += 1) {
      await page.keyboard.press('Tab');
      const name = await page.evaluate(() => {
        const { activeElement: element } = document;
        if (element instanceof HTMLInputElement && element.type === 'radio') return element.name;
        return element?.id || element?.textContent?.trim() || '';
      });
      if (name !== '' && !seen.includes(name)) seen.push(name);
    }
    expect(seen.slice(0, 6)).toEqual(['choose', 'targets', 'views', 'preview', 'candidates', 'instruction']);
    expect(seen).toEqual(expect.arrayContaining(['apply', 'copy', 'save-zip', 'tab-0', 'source']));
  });
});
