/** The optional script in a real browser: keyboard and pointer, the picture at rest, and a strict policy. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileTree } from '../../../shared/compose/compile.ts';
import { screenshot } from '../../../shared/score/render.ts';
import type { UiTree } from '../../../shared/ui-tree.ts';
import { launchForTests } from '../../score/launch.ts';
import { scriptedPage, stillPage } from './scripted-page.ts';

const targets = ['html', 'html-tailwind'] as const;
type Target = (typeof targets)[number];
const address = 'http://page.test';
const policy = "default-src 'none'; script-src 'self'; style-src 'self'";

let browser: Browser;
/** By address path: `/html/scripted.html`. */
const files = new Map<string, { readonly type: string; readonly content: string }>();

async function compiled(tree: UiTree, target: Target, name: string, options: object): Promise<string[]> {
  const { files: made } = await compileTree(tree, target, { name, ...options });
  for (const { path, mediaType, content } of made)
    files.set(`/${target}/${path}`, { type: mediaType, content });
  return made.map(({ path }) => path);
}

beforeAll(async () => {
  browser = await launchForTests();
});

afterAll(async () => {
  await browser.close();
});

interface Opened {
  readonly page: Page;
  /** Errors of the page, refusals of its policy among them. */
  readonly errors: string[];
}

async function open(path: string, width = 1280, javaScriptEnabled = true): Promise<Opened> {
  const page = await browser.newPage({
    viewport: { width, height: 900 },
    javaScriptEnabled,
    reducedMotion: 'reduce',
  });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.location().url.endsWith('favicon.ico'))
      errors.push(message.text());
  });
  await page.route('**', (route) => {
    const file = files.get(new URL(route.request().url()).pathname);
    return route.fulfill({
      status: file === undefined ? 404 : 200,
      contentType: `${file?.type ?? 'text/plain'}; charset=utf-8`,
      body: file?.content ?? '',
      // An inline page has its script and its style in itself.
      headers: path.includes('inline') ? {} : { 'content-security-policy': policy },
    });
  });
  await page.goto(`${address}${path}`, { waitUntil: 'load' });
  return { page, errors };
}

const focused = (page: Page): Promise<string> => page.locator(':focus').innerText();

describe.each(targets)('%s', (target) => {
  beforeAll(async () => {
    const made = await compiled(scriptedPage, target, 'scripted', { script: true });
    expect(made).toContain('scripted.js');
    expect(await compiled(scriptedPage, target, 'inline', { script: true, inline: true })).toEqual([
      'inline.html',
    ]);
    expect(await compiled(scriptedPage, target, 'plain', {})).not.toContain('plain.js');
  });

  it('looks at rest as it does without the script', async () => {
    const shots: Buffer[] = [];
    for (const [path, scripts] of [
      ['plain', true],
      ['scripted', true],
      ['scripted', false],
      ['inline', true],
    ] as const) {
      const { page, errors } = await open(`/${target}/${path}.html`, 1280, scripts);
      shots.push(await screenshot(page, { width: 1280, height: 600 }));
      expect(errors).toEqual([]);
      await page.close();
    }
    const [plain, ...others] = shots;
    for (const shot of others) expect(plain?.equals(shot)).toBe(true);
  });

  it('would be told where the policy refuses a script', async () => {
    const inline = files.get(`/${target}/inline.html`);
    if (inline !== undefined) files.set(`/${target}/refused.html`, inline);
    const { page, errors } = await open(`/${target}/refused.html`);
    expect(errors.filter((text) => text.includes('script-src')).length).toBeGreaterThan(0);
    expect(await page.getByRole('tablist').count()).toBe(0);
    await page.close();
  });

  it('has tabs for the keyboard and the pointer', async () => {
    const { page, errors } = await open(`/${target}/scripted.html`);
    const tab = (name: string) => page.getByRole('tab', { name });
    const colors = () =>
      page
        .locator('[data-tab]')
        .evaluateAll((all) => all.map((one) => getComputedStyle(one).borderBottomWidth));
    expect(await page.getByRole('tablist').count()).toBe(1);
    await page.getByRole('tab', { selected: true, name: 'Week' }).focus();
    expect(await colors()).toEqual(['0px', '2px', '0px']);
    await page.keyboard.press('ArrowRight');
    expect(await focused(page)).toBe('Year');
    expect(await tab('Year').getAttribute('aria-selected')).toBe('true');
    expect(await colors()).toEqual(['0px', '0px', '2px']);
    await page.keyboard.press('ArrowRight');
    expect(await focused(page)).toBe('Today');
    await page.keyboard.press('End');
    expect(await focused(page)).toBe('Year');
    expect(await page.getByRole('tabpanel', { name: 'Year' }).innerText()).toContain('Seven boats');
    await tab('Week').click();
    expect(await page.getByRole('tab', { selected: true }).allInnerTexts()).toEqual(['Week']);
    expect(await page.locator('[data-tab][style*="color"]').count()).toBe(0);
    expect(errors).toEqual([]);
    await page.close();
  });

  it('folds the menu on a phone, and Escape folds it again', async () => {
    const { page } = await open(`/${target}/scripted.html`, 390);
    const button = page.getByRole('button', { name: 'Menu' });
    const boats = page.getByRole('link', { name: 'Boats' });
    expect(await button.getAttribute('aria-expanded')).toBe('false');
    expect(await boats.isVisible()).toBe(false);
    const place = await button.boundingBox();
    expect(Math.min(place?.width ?? 0, place?.height ?? 0)).toBeGreaterThanOrEqual(44);
    await button.focus();
    await page.keyboard.press('Enter');
    expect(await button.getAttribute('aria-expanded')).toBe('true');
    expect(await button.boundingBox()).toEqual(place);
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Boats');
    await page.keyboard.press('Escape');
    expect(await boats.isVisible()).toBe(false);
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.setViewportSize({ width: 1280, height: 900 });
    await boats.waitFor({ state: 'visible' });
    expect(await button.isVisible()).toBe(false);
    await page.close();
  });

  it('shows everything and no button of its own where scripts are off', async () => {
    const { page } = await open(`/${target}/scripted.html`, 390, false);
    for (const name of ['Boats', 'Harbours', 'Prices'])
      expect(await page.getByRole('link', { name }).isVisible()).toBe(true);
    expect(await page.getByText('when the wind is strong').first().isVisible()).toBe(true);
    expect(await page.getByRole('button').allInnerTexts()).toEqual(['Sign in']);
    await page.close();
  });

  it('closes and opens what stands under a question', async () => {
    const { page } = await open(`/${target}/scripted.html`);
    const question = page.getByRole('heading', { name: 'May I row?' }).getByRole('button');
    const answer = page.getByText('May I row? Yes');
    await question.focus();
    await page.keyboard.press(' ');
    expect(await question.getAttribute('aria-expanded')).toBe('false');
    expect(await answer.isVisible()).toBe(false);
    expect(await page.getByText('May I sail? Yes').isVisible()).toBe(true);
    await question.click();
    expect(await answer.isVisible()).toBe(true);
    await page.close();
  });

  it('scrolls cards that have no room', async () => {
    const { page } = await open(`/${target}/scripted.html`, 390);
    const track = page.locator('[data-cards]');
    const left = (): Promise<number> => track.evaluate((element) => element.scrollLeft);
    await page.getByRole('button', { name: 'Next' }).click();
    await expect.poll(left).toBeGreaterThan(100);
    await page.getByRole('button', { name: 'Previous' }).click();
    await expect.poll(left).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.close();
  });

  it('has no script where nothing moves', async () => {
    const made = await compiled(stillPage, target, 'still', { script: true });
    expect(made).not.toContain('still.js');
    expect(files.get(`/${target}/still.html`)?.content).not.toContain('<script');
  });
});
