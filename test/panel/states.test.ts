/** While it works, after a reload and after an error the panel is as accessible, and as narrow, as when it is done. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { delta, openStream, serveChat } from '../engine/scripted-server.ts';
import { launchBrowser } from '../oracle/oracle-facts.ts';
import { choose, eventually, mockup, openPanel, serve, violations } from './served.ts';

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

/** By day and by night, wide, as narrow as half a window, and as a side bar. */
async function check(page: Page, state: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1280, 600, 300]) {
      await page.setViewportSize({ width, height: 900 });
      const name = `${state}-${colorScheme}-${width}`;
      expect(await violations(page), name).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(
        width,
      );
      await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
    }
  }
}

it('converting, reloaded, and after an error', async () => {
  // The first answer never ends, the second is none.
  const server = await serveChat((response) => {
    if (server.chats().length > 1) return void response.writeHead(400).end('{"error":{"message":"No."}}');
    openStream(response);
    response.write(delta('[{"main":['));
  });
  const { url } = await serve(['--base-url', server.url]);
  const { page } = await openPanel(browser, url);
  await choose(page, await mockup(browser));
  await eventually(() => server.chats().length).toBe(1);
  await page.locator('#result').waitFor();
  expect(await page.getByRole('button', { name: 'Cancel' }).isVisible()).toBe(true);
  await check(page, 'converting');

  await page.getByRole('radio', { name: 'React' }).check({ force: true });
  await eventually(() => page.locator('#source-text').textContent()).toContain('export');
  await page.reload();
  expect(await page.getByRole('radio', { name: 'React' }).isChecked()).toBe(true);
  const goOn = page.getByRole('alert').getByRole('button').first();
  await goOn.waitFor();
  await check(page, 'reloaded');

  await goOn.click();
  await eventually(() => page.getByRole('alert').textContent()).toContain('The model server at 127.0.0.1');
  await check(page, 'error');
});
