/** Finding, starting and ending the browser, and what a page may not do in it. */
import { chmod, readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createContext } from '../../shared/context.ts';
import { withBrowser, withPage } from '../../shared/score/browser.ts';
import { findBrowser } from '../../shared/score/find-browser.ts';
import { renderPage } from '../../shared/score/render.ts';
import { type Folder, html, size, temporaryFolder, testContext } from './fixtures.ts';

// Children are counted in /proc.
const onLinux = process.platform === 'linux';
let folder: Folder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

describe('findBrowser', () => {
  it('finds one here, and says where', async () => {
    const found = await findBrowser();
    expect(found.path).toMatch(/chrom|edge/i);
    expect(await findBrowser({ browserPath: found.path })).toEqual({ path: found.path, origin: 'option' });
    const environment = { PIXELWRIGHT_BROWSER: found.path };
    expect(await findBrowser({ environment })).toEqual({ path: found.path, origin: 'environment' });
  });

  it('does not look further where a named one is missing', async () => {
    await expect(findBrowser({ browserPath: '/nowhere/chrome' })).rejects.toMatchObject({
      code: 'browser-missing',
      message: 'Expected a browser\'s program at "/nowhere/chrome"; nothing there can be started.',
      next: expect.stringContaining('PIXELWRIGHT_BROWSER'),
    });
  });
});

describe('withBrowser', () => {
  it('says which program did not start', async () => {
    const program = await folder.write('chrome', '#!/bin/sh\nexit 3\n');
    await chmod(program, 0o755);
    const start = withBrowser({ browserPath: program }, testContext(), async () => undefined);
    await expect(start).rejects.toMatchObject({
      code: 'browser-missing',
      message: `Expected a browser that starts; "${program}" did not.`,
    });
  });

  it.runIf(onLinux)('ends the browser after the work, after an error, and on abort', async () => {
    const before = await children();
    await withBrowser({}, testContext(), async (browser) => {
      expect(browser.isConnected()).toBe(true);
      expect((await children()).length).toBeGreaterThan(before.length);
    });
    const failing = withBrowser({}, testContext(), async () => Promise.reject(new Error('the work failed')));
    await expect(failing).rejects.toThrow('the work failed');
    const controller = new AbortController();
    const page = await folder.write('page.html', html('<p>x</p>'));
    const aborted = withBrowser({}, createContext(controller.signal), (browser) =>
      withPage(browser, page, size, async (open) => {
        setImmediate(() => controller.abort(new Error('enough')));
        // Never comes; only the abort ends it.
        await open.page.waitForSelector('#missing', { timeout: 0 });
      }),
    );
    await expect(aborted).rejects.toMatchObject({ code: 'cancelled' });
    expect(await children()).toEqual(before);
  });

  it.runIf(onLinux)('does not start after an abort', async () => {
    const before = await children();
    const start = withBrowser({}, createContext(AbortSignal.abort()), async () => 'done');
    await expect(start).rejects.toMatchObject({ code: 'cancelled' });
    expect(await children()).toEqual(before);
  });
});

describe('a page', () => {
  it('reaches no network and no file outside its folder, and runs no script', async () => {
    let requests = 0;
    const server = createServer((_, response) => {
      requests += 1;
      response.end('p { color: red }');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // A listening TCP server has an address with a port.
    const { port } = server.address() as AddressInfo;
    const own = await folder.write('own.css', 'p { font-size: 40px }');
    const page = await folder.write(
      'page.html',
      html(
        `<link rel="stylesheet" href="own.css"><link rel="stylesheet" href="http://127.0.0.1:${port}/a.css">
         <link rel="preconnect" href="http://127.0.0.1:${port}"><img src="http://127.0.0.1:${port}/b.png">
         <iframe src="file:///etc/hostname"></iframe><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">
         <p>text</p><script>document.querySelector('p').textContent = 'changed'</script>`,
      ),
    );
    const rendered = await withBrowser({}, testContext(), (browser) =>
      renderPage(browser, page, size, testContext()),
    );
    server.close();
    expect(own).toContain(folder.path);
    expect(requests).toBe(0);
    expect(rendered.blocks).toMatchObject([{ text: 'text', color: [0, 0, 0] }]);
    expect(rendered.blocks[0]?.box.height).toBeGreaterThan(25);
    expect([...rendered.warnings].sort()).toEqual([
      "Blocked a request outside the page's folder: file:///etc/hostname",
      `Blocked a request outside the page's folder: http://127.0.0.1:${port}/a.css`,
      `Blocked a request outside the page's folder: http://127.0.0.1:${port}/b.png`,
    ]);
  });

  it('that is missing is told by its name', async () => {
    const missing = `${folder.path}/missing.html`;
    const render = withBrowser({}, testContext(), (browser) =>
      renderPage(browser, missing, size, testContext()),
    );
    await expect(render).rejects.toMatchObject({
      code: 'input-not-found',
      message: `Expected an HTML page at "${missing}"; the browser could not open it.`,
    });
  });
});

/** Processes that this one started and that are still there, by id. */
async function children(): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    ids.map(async (id) => {
      // A process may end between the listing and the reading.
      const stat = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '');
      const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
      return parent === String(process.pid) ? [id] : [];
    }),
  );
  return found.flat().sort();
}
