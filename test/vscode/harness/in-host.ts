/** Runs a script inside the extension host, for what the page cannot see. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import type { Session } from './session.ts';

/**
 * @param entry a TypeScript file that exports `run(): Promise<void>`, in a window of its own on the workspace
 * @returns what it printed
 * @throws Error with what it printed, if it failed
 */
export async function runInHost(session: Session, entry: string): Promise<string> {
  const { server, browser, home, folder } = session;
  const place = path.join(home, 'in-host');
  await mkdir(place, { recursive: true });
  // Tests are run for an extension in development only; ours is installed, so this one does nothing.
  const nothing = { name: 'nothing', publisher: 'test', version: '0.0.1', engines: { vscode: '*' } };
  await writeFile(path.join(place, 'package.json'), JSON.stringify(nothing));
  const outfile = path.join(place, 'tests.cjs');
  await build({
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    outfile,
  });

  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const printed: string[] = [];
    let exited: (code: number) => void = () => {};
    const exit = new Promise<number>((resolve) => {
      exited = resolve;
    });
    await page.exposeFunction('codeAutomationLog', (_type: string, parts: unknown[]) =>
      printed.push(parts.map(String).join(' ')),
    );
    await page.exposeFunction('codeAutomationExit', (code: number) => exited(code));
    // The server could say so for all pages, but then no page would ever show a notification.
    await page.route(`${server.origin}/?*`, async (route) => {
      const response = await route.fetch();
      const text = await response.text();
      const options = '&quot;developmentOptions&quot;:{';
      await route.fulfill({
        response,
        body: text.replace(options, `${options}&quot;enableSmokeTestDriver&quot;:true,`),
      });
    });
    const remote = `vscode-remote://${new URL(server.origin).host}`;
    const url = new URL('/', server.origin);
    url.searchParams.set('folder', folder);
    const payload = [
      ['extensionDevelopmentPath', `${remote}${place}`],
      ['extensionTestsPath', `${remote}${outfile}`],
    ];
    url.searchParams.set('payload', JSON.stringify(payload));
    await page.goto(url.href);
    const code = await exit;
    if (code !== 0) throw new Error(`Tests in the extension host ended with ${code}:\n${printed.join('\n')}`);
    return printed.join('\n');
  } finally {
    await context.close();
  }
}
