/** What a user does when it does not go well: cancelling, errors, pictures that are none, pages that are hostile. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { delta, openStream, serveChat, startServer } from '../engine/scripted-server.ts';
import { launchBrowser } from '../oracle/oracle-facts.ts';
import { answering, choose, eventually, mockup, openPanel, serve, settled, violations } from './served.ts';

vi.setConfig({ testTimeout: 240_000 });

let browser: Browser;
let picture: Buffer;

beforeAll(async () => {
  browser = await launchBrowser();
  picture = await mockup(browser);
});

afterAll(async () => {
  await browser.close();
});

describe('Cancel', () => {
  it('ends the request at the model and leaves the draft, which can be gone on with', async () => {
    const server = await serveChat((response) => {
      openStream(response);
      response.write(delta('[{"main":['));
    });
    const { url } = await serve(['--base-url', server.url]);
    const { page } = await openPanel(browser, url);
    await choose(page, picture);
    await eventually(() => server.chats().length).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(await page.locator('#progress-text').textContent()).toBe('Cancelled.');
    expect(await page.getByRole('button', { name: 'Cancel' }).isVisible()).toBe(false);
    expect(await server.chats()[0]?.closed).toBe(false);
    // The focus is somewhere that a keyboard can go on from.
    expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
    await page.getByRole('radio', { name: 'Vue' }).check({ force: true });
    expect(await settled(page)).toBe('Done: measured without a model.');
    expect(await page.locator('#source-text').textContent()).toContain('Welcome back');
    expect(server.chats()).toHaveLength(1);
  });
});

describe('errors', () => {
  it('a server that is down is told with what to do, and the draft stays', async () => {
    const { url } = await serve(['--base-url', 'http://127.0.0.1:9/v1']);
    const { page } = await openPanel(browser, url);
    await choose(page, picture);
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('127.0.0.1:9');
    await eventually(() => page.frameLocator('#preview').locator('h1').textContent()).toBe('Welcome back');
    await alert.getByRole('button', { name: 'Dismiss' }).click();
    expect(await alert.isVisible()).toBe(false);
  });

  it('without a model an instruction says so plainly; what is no picture is refused', async () => {
    const { url, end } = await serve();
    const { page } = await openPanel(browser, url);
    const alert = page.getByRole('alert');
    expect(await alert.textContent()).toContain('No model is installed');
    await choose(page, picture);
    await settled(page);
    await page.getByRole('textbox').fill('make the cards rounded');
    await page.getByRole('button', { name: 'Apply' }).click();
    await eventually(() => alert.textContent()).toMatch(
      /Following an instruction needs a model.*models pull/,
    );
    await choose(page, Buffer.from('just some words'), 'notes.txt');
    await eventually(() => alert.textContent()).toMatch(/Expected a PNG.*notes\.txt is/);
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/plain', 'words');
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data }));
    });
    expect(await alert.textContent()).toContain('There is no picture in what you gave.');
    await end();
    await eventually(() => alert.textContent()).toContain('The connection to pixelwright is lost.');
  });

  it('takes a pasted and a dropped picture', async () => {
    const { url } = await serve();
    const { page } = await openPanel(browser, url);
    await page.getByRole('alert').waitFor();
    const give = async (kind: 'paste' | 'drop'): Promise<string> => {
      const base64 = picture.toString('base64');
      await page.evaluate(
        ([how, text]) => {
          const data = new DataTransfer();
          const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
          data.items.add(new File([bytes], `${how}.png`, { type: 'image/png' }));
          const event =
            how === 'paste'
              ? new ClipboardEvent('paste', { clipboardData: data })
              : new DragEvent('drop', { dataTransfer: data, cancelable: true });
          document.dispatchEvent(event);
        },
        [kind, base64] as const,
      );
      await page.locator('#cancel').waitFor();
      return await settled(page);
    };
    expect(await give('paste')).toBe('Done: measured without a model.');
    expect(await page.locator('#picture-name').textContent()).toBe('paste.png');
    expect(await give('drop')).toBe('Done: measured without a model.');
    expect(await page.locator('#tab-0').textContent()).toBe('drop.html');
  });
});

describe('a reload', () => {
  it('keeps picture and target, and goes on when asked to', async () => {
    const { url } = await serve();
    const { page, faults } = await openPanel(browser, url);
    await choose(page, picture);
    await settled(page);
    await page.getByRole('radio', { name: 'Vue' }).check({ force: true });
    await settled(page);
    await page.reload();
    const goOn = page.getByRole('button', { name: 'Convert It Again' });
    await goOn.waitFor();
    expect(await page.locator('#picture-name').textContent()).toBe('login.png');
    expect(await page.getByRole('radio', { name: 'Vue' }).isChecked()).toBe(true);
    await eventually(() => page.locator('#picture').evaluate((node) => node.clientWidth)).toBe(640);
    expect(await page.locator('#preview').isVisible()).toBe(false);
    expect(await violations(page)).toEqual([]);
    await goOn.focus();
    await page.keyboard.press('Enter');
    await page.locator('#cancel').waitFor();
    expect(await settled(page)).toBe('Done: measured without a model.');
    expect(await page.locator('#tab-0').textContent()).toBe('Login.vue');
    expect(await page.locator('#candidates').textContent()).toContain('no browser was found');
    expect(faults).toEqual([]);
  });

  it('tells in Chinese what the core tells', async () => {
    const { url } = await serve();
    const { page } = await openPanel(browser, url, { locale: 'zh-CN' });
    await choose(page, picture);
    expect(await settled(page)).toBe('完成：未使用模型测量。');
    expect(await page.locator('#candidates').textContent()).not.toMatch(/[a-z]{3}/i);
  });
});

describe('a hostile page', () => {
  it('runs nothing, reaches nothing, and shows its words', async () => {
    const outside = await startServer({}, (response) => void response.writeHead(200).end());
    const hostile = `<!DOCTYPE html><html lang="en"><head><title>T</title>
      <base href="${outside.url}/"><meta http-equiv="refresh" content="0;url=${outside.url}/refresh">
      <link rel="stylesheet" href="${outside.url}/a.css">
      <style>@import url(${outside.url}/b.css); h1 { background: url(${outside.url}/c.png); color: rgb(1, 2, 3) }</style></head>
      <body onload="parent.postMessage('onload','*')"><h1 style="margin: 3px">Hostile</h1>
      <script>fetch('${outside.url}/d'); parent.document.title = 'owned'; top.location = '${outside.url}/e'</script>
      <img src="${outside.url}/f.png" onerror="parent.postMessage('onerror','*')">
      <iframe src="${outside.url}/g"></iframe><object data="${outside.url}/h"></object>
      <form action="${outside.url}/i"><button>Send</button></form>
      <a href="${outside.url}/j" target="_top">Leave</a>
      <svg><script>fetch('${outside.url}/k')</script><image href="${outside.url}/l.png"/></svg>
      <template><script>fetch('${outside.url}/m')</script></template></body></html>`;
    const server = await answering(hostile);
    const { url } = await serve(['--base-url', server.url, '--strategy', 'direct']);
    const { page } = await openPanel(browser, url);
    const messages: string[] = [];
    await page.exposeFunction('told', (text: string) => void messages.push(text));
    await page.evaluate(`addEventListener('message', ({ data }) => told(String(data)))`);
    await choose(page, picture);
    await settled(page);
    const preview = page.frameLocator('#preview');
    await eventually(() => preview.locator('h1').textContent()).toBe('Hostile');
    // The page's own style is in force, its attributes too: only what leads out is gone.
    const style = await preview.locator('h1').evaluate((node) => {
      const { color, marginTop } = getComputedStyle(node);
      return [color, marginTop];
    });
    expect(style).toEqual(['rgb(1, 2, 3)', '3px']);
    await preview.getByText('Leave').click();
    await preview.getByText('Send').click();
    await eventually(() => preview.locator('h1').textContent()).toBe('Hostile');
    expect(outside.requests).toEqual([]);
    expect(messages).toEqual([]);
    expect(await page.title()).toBe('Pixelwright');
    expect(page.url()).toMatch(/\/panel$/);
  });
});
