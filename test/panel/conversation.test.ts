/** One picture in the panel, from choosing it to saving the result, as a user goes through it. */
import { readFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { launchBrowser } from '../oracle/oracle-facts.ts';
import { choose, eventually, mockup, model, openPanel, promptOf, serve, settled } from './served.ts';

vi.setConfig({ testTimeout: 240_000 });

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
});

it('converts, compares, switches targets, follows and takes back an instruction, copies and saves', async () => {
  const server = await model([{ of: 'heading', containing: '', set: 'text', to: 'Hello <b>you</b>' }]);
  const { url } = await serve(['--base-url', server.url], true);
  const { page, faults } = await openPanel(browser, url);
  const preview = page.frameLocator('#preview');
  const source = page.locator('#source-text');
  const target = async (name: string): Promise<string> => {
    await page.getByRole('radio', { name, exact: true }).check({ force: true });
    return await settled(page);
  };

  // A draft at once, a better page after it.
  await choose(page, await mockup(browser));
  expect(await page.locator('#progress-text').textContent()).toMatch(/…$/);
  await page.locator('#stage-label', { hasText: 'Draft' }).waitFor();
  expect(await settled(page)).toMatch(/^Done: (measured|perceived)/);
  await eventually(() => preview.locator('h1').textContent()).toBe('Welcome back');
  expect(await page.locator('#picture-name').textContent()).toBe('login.png');

  // Candidates with scores, the best first and chosen.
  const candidates = page.locator('#candidates label');
  expect(await candidates.count()).toBe(2);
  expect(await candidates.first().textContent()).toMatch(
    /Best.*\d+\.\d % alike: words \d+\.\d %, pixels \d+\.\d %/,
  );
  expect(await candidates.first().locator('input').isChecked()).toBe(true);

  // Targets and candidates without another question to the model.
  const asked = server.chats().length;
  expect(await target('Vue')).toMatch(/^Done/);
  expect(await source.textContent()).toContain('<template>');
  expect(await target('React')).toMatch(/^Done/);
  expect(await source.textContent()).toContain('export default function Login');
  expect(await target('Tailwind')).toMatch(/^Done/);
  expect(await target('Mermaid')).toMatch(/^Done/);
  expect(await source.textContent()).toMatch(/Welcome back/);
  expect(await page.locator('#drawing').isVisible()).toBe(true);
  expect(await page.locator('#instruction').isDisabled()).toBe(true);
  expect(await target('HTML')).toMatch(/^Done/);
  await candidates.nth(1).locator('input').check({ force: true });
  await settled(page);
  expect(await candidates.nth(1).locator('input').isChecked()).toBe(true);
  expect(server.chats().length).toBe(asked);

  // An instruction, and back.
  const before = await source.textContent();
  await page.getByRole('textbox', { name: 'Change It' }).fill('make the heading friendly');
  await page.getByRole('textbox', { name: 'Change It' }).press('Enter');
  await settled(page);
  expect(server.chats().length).toBe(asked + 1);
  expect(promptOf(server.chats().at(-1) ?? expect.fail())).toContain('make the heading friendly');
  await eventually(() => preview.locator('h1').textContent()).toBe('Hello <b>you</b>');
  expect(await target('Vue')).toMatch(/^Done/);
  expect(await source.textContent()).toContain('Hello &lt;b&gt;you');
  await target('HTML');

  // Copy gives the code as it is, and the file is named.
  await page.getByRole('button', { name: 'Copy' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await source.textContent());
  expect(await settled(page)).toBe('Copied login.html.');
  await page.getByRole('button', { name: 'Undo' }).click();
  await settled(page);
  expect(await source.textContent()).toBe(before);
  expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true);

  // Downloads: all files, and one that stands alone.
  const saved = async (name: string): Promise<Buffer> => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name }).click(),
    ]);
    await settled(page);
    return await readFile(await download.path());
  };
  const zip = unzipSync(await saved('Download Zip'));
  expect(Object.keys(zip)).toEqual(expect.arrayContaining(['login.html', 'login.css']));
  expect(Buffer.from(zip['login.html'] ?? []).toString()).toBe(before);
  const single = (await saved('One File')).toString();
  expect(single).toContain('<style>');
  expect(single).not.toMatch(/<link|src="(?!data:)/);

  // The slider by its keys.
  await page.getByText('Slider', { exact: true }).click();
  const slider = page.getByRole('slider');
  await slider.focus();
  for (const [key, value] of [
    ['End', '100'],
    ['ArrowLeft', '98'],
    ['PageDown', '88'],
    ['Home', '0'],
  ] as const) {
    await slider.press(key);
    expect(await slider.getAttribute('aria-valuenow')).toBe(value);
  }
  expect(await slider.getAttribute('aria-valuetext')).toBe('0 % picture');
  expect(faults).toEqual([]);
});
