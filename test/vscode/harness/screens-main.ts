/** `npm run screens`: takes the README's pictures of the extension, in a real VS Code, into `media/`. */
import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { root } from './install.ts';
import { withVsCode } from './session.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

/** So that the README stays quick to load, bytes. */
const mostBytes = 200_000;

await withVsCode({ development: [root] }, async ({ server, browser, folder }) => {
  const size = { width: 1200, height: 720 };
  // What only tests need.
  for (const name of ['built.html', 'drop.html', 'drop.md', 'photo.png']) await rm(path.join(folder, name));
  const workbench = await openWorkbench(browser, { origin: server.origin, folder, size });
  await workbench.openPicture('sample.png');
  // The picture takes the focus once it is loaded, which closes menus.
  await workbench.page.waitForTimeout(3_000);
  await workbench.contextMenu('sample.png');
  await workbench.menu.getByRole('menuitem', { name: 'Pixelwright' }).hover();
  await workbench.menu.getByRole('menuitem', { name: 'Extract Text' }).waitFor();
  await keep(workbench, 'vscode-menu');
  await workbench.page.keyboard.press('Escape');
  await workbench.page.keyboard.press('Escape');

  await workbench.chooseFromContextMenu('sample.png', 'Pixelwright', 'Convert Mockup to HTML/CSS');
  await workbench.tab('sample.html').waitFor({ timeout: 120_000 });
  await workbench.notification('Converting').waitFor({ state: 'detached', timeout: 240_000 });
  await workbench.clearNotifications();
  await workbench.command('View: Toggle Primary Side Bar Visibility');
  await restPointer(workbench);
  await keep(workbench, 'vscode-result');

  await workbench.reset();
  await workbench.command('View: Toggle Primary Side Bar Visibility');
  await workbench.chooseFromContextMenu('sample.png', 'Pixelwright', 'Open Panel');
  const panel = workbench.webview();
  await panel.locator('#progress-text', { hasText: /^Done/ }).waitFor({ timeout: 240_000 });
  await workbench.command('View: Toggle Primary Side Bar Visibility');
  const dismiss = panel.getByRole('button', { name: 'Dismiss' });
  if (await dismiss.isVisible()) await dismiss.click();
  await workbench.clearNotifications();
  await restPointer(workbench);
  await keep(workbench, 'vscode-panel');
});

/** Where it shows nothing of its own. */
async function restPointer({ page }: Workbench): Promise<void> {
  await page.mouse.move(340, 620);
  await page.waitForTimeout(500);
}

/** With a palette, which a window's few colours hardly need more than. */
async function keep(workbench: Workbench, name: string): Promise<void> {
  const file = path.join(root, 'media', `${name}.png`);
  const shot = await workbench.page.screenshot({ animations: 'disabled' });
  await sharp(shot).png({ palette: true, colours: 128, effort: 10 }).toFile(file);
  const { size } = await stat(file);
  process.stdout.write(`${file}: ${size} bytes\n`);
  if (size > mostBytes) throw new Error(`${file} has ${size} bytes; at most ${mostBytes} are allowed.`);
}
