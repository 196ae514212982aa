/** The panel as a user has it: the built `pixelwright serve`, and a real browser that was given its address. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { folder, start } from '../cli/command.ts';
import {
  delta,
  event,
  finish,
  type Handler,
  type RecordedRequest,
  type ScriptedServer,
  serveChat,
  stream,
} from '../engine/scripted-server.ts';

export interface Served {
  /** Lets one browser in. */
  readonly url: string;
  /** Everything that the command has told so far, once it holds `text`. */
  says(text: string): Promise<string>;
  end(): Promise<void>;
}

/** Starts `pixelwright serve`, without a browser of its own unless told: comparing takes longer than all else. */
export async function serve(args: readonly string[] = [], compares = false): Promise<Served> {
  const cwd = await folder();
  const browser = compares ? [] : ['--browser', '/nowhere/chrome'];
  const running = start(['serve', ...browser, ...args], {
    cwd,
    env: { PIXELWRIGHT_HOME: path.join(cwd, 'home') },
  });
  const told = await running.says('The panel, for one browser: ');
  return {
    url: urlIn(told),
    says: running.says,
    end: async () => {
      running.process.kill('SIGTERM');
      await running.finished;
    },
  };
}

/** The newest address that was told. */
export const urlIn = (told: string): string =>
  [...told.matchAll(/http:\/\/127\.0\.0\.1:\d+\/panel#[\w-]+/g)].at(-1)?.[0] ?? '';

/** A panel in a browser, closed with the test. */
export interface OpenPanel {
  readonly page: Page;
  /** What the page's policy refused, and what it complained of, in words. */
  readonly faults: readonly string[];
}

export async function openPanel(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<OpenPanel> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(150_000);
  const faults: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(url);
  await page.locator('#cancel').evaluate((cancel) => {
    const { dataset } = document.documentElement;
    new MutationObserver(() => {
      if (!cancel.hasAttribute('hidden')) dataset['begun'] = `${Number(dataset['begun'] ?? 0) + 1}`;
    }).observe(cancel, { attributeFilter: ['hidden'] });
  });
  return { page, faults };
}

/** How often work has begun: what is read from a file begins only once it is read. */
const begun = (page: Page): Promise<number> =>
  page.evaluate(() => Number(document.documentElement.dataset['begun'] ?? 0));

/** Gives the panel a picture as its file button does, and waits until the work on it has begun. */
export async function choose(page: Page, buffer: Buffer, name = 'login.png'): Promise<void> {
  const before = await begun(page);
  await page.setInputFiles('#file', { name, mimeType: 'image/png', buffer });
  await eventually(() => begun(page)).toBeGreaterThan(before);
}

/** For what comes by itself, however busy the machine is. */
export const eventually = <Value>(read: () => Value | Promise<Value>) =>
  expect.poll(read, { timeout: 150_000 });

/** Waits until nothing is going on, and tells what the panel says. */
export async function settled(page: Page): Promise<string> {
  await page.locator('#cancel').waitFor({ state: 'hidden', timeout: 0 });
  return (await page.locator('#progress-text').textContent()) ?? '';
}

/** A picture of a small page. */
export async function mockup(browser: Browser): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: 640, height: 400 } });
  try {
    await page.setContent(
      `<body style="margin:0;background:#f4f6fa;font:16px Arimo,Arial,sans-serif;color:#1b2430">
        <h1 style="margin:40px 48px 8px;font-size:32px">Welcome back</h1>
        <p style="margin:0 48px">Sign in to see your orders and invoices.</p>
        <div style="margin:24px 48px;width:320px;padding:24px;background:#fff;border:1px solid #cfd6e0">
          <p style="margin:0 0 16px">Everything in one place</p>
          <span style="display:inline-block;padding:10px 24px;background:#1a56db;color:#fff">Sign in</span>
        </div></body>`,
    );
    return await page.screenshot();
  } finally {
    await page.close();
  }
}

const said = (text: string): Handler => stream([delta(text), finish(), event('[DONE]')]);

export const promptOf = ({ body }: RecordedRequest): string => JSON.stringify(body);

/** A model that perceives a heading and follows one instruction. @param edits its answer to an instruction. */
export async function model(edits: unknown): Promise<ScriptedServer> {
  return await serveChat(async (response, request) => {
    const isEdit = promptOf(request).includes('make the heading');
    await said(isEdit ? JSON.stringify(edits) : '[{"main":[{"h1":1},{"p":2}]}]')(response, request);
  });
}

export const answering = (text: string): Promise<ScriptedServer> => serveChat(said(text));

/** What axe finds in a page and its frames, all rules. */
export async function violations(page: Page | Frame): Promise<string[]> {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(axe);
  // What axe.run resolves to, as its types say. The preview is somebody else's page.
  const results = (await page.evaluate(`axe.run({ exclude: ['iframe'] }, { iframes: false })`)) as AxeResults;
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
  );
}
