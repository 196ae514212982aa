/** Commands that ask for a file or a folder: a page with its pictures is saved, a design is compared. */

import { mkdir, readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { findBrowser } from '../../../shared/score/find-browser.ts';
import type { Given } from '../harness/given.ts';

export function fileScenarios(given: Given): void {
  it('a page is saved with its pictures where the user says', async () => {
    const { workbench, session } = given;
    const folder = path.join(session.folder, 'saved');
    await mkdir(folder, { recursive: true });
    await workbench.chooseFromContextMenu('photo.png', 'Pixelwright', 'Convert Mockup to HTML/CSS');
    await workbench.tab('photo.html').waitFor({ timeout: 60_000 });
    await workbench.notification('Converting photo.png').waitFor({ state: 'detached', timeout: 60_000 });
    await workbench.tab('photo.html').click();
    await workbench.command('Pixelwright: Save with Assets…');
    await workbench.quickInput.waitFor();
    await workbench.screenshot('save-where');
    await workbench.choosePath('saved/', false);
    await workbench.page.keyboard.press('Enter');
    await workbench.notification(/^.*Saved \d+ files in saved/).waitFor({ timeout: 60_000 });
    await workbench.screenshot('saved-with-assets');
    const page = await readFile(path.join(folder, 'photo.html'), 'utf8');
    const pictures = [...page.matchAll(/<img[^>]*\ssrc="([^"]+)"/g)].map(([, source]) => source ?? '');
    expect(pictures.length).toBeGreaterThan(0);
    for (const picture of pictures) {
      const bytes = await readFile(path.join(folder, decodeURI(picture)));
      expect(bytes.length).toBeGreaterThan(100);
    }
    expect(await readdir(folder)).toContain('photo.css');
    expect(await workbench.tabs()).toEqual(['photo.png', 'photo.html']);
    expect(await workbench.tab('photo.html').getAttribute('class')).not.toContain('dirty');
  });

  it('a design is compared with a page that was built', async () => {
    const { session, workbench } = given;
    // The package has no browser of its own, and finds none on a machine that has only these tests'.
    await session.changeSettings({ 'pixelwright.browser': (await findBrowser({})).path });
    onTestFinished(() => session.changeSettings({ 'pixelwright.browser': undefined }));
    await workbench.page.waitForTimeout(1_000);
    await workbench.openPick(() =>
      workbench.chooseFromContextMenu('card.png', 'Pixelwright', 'Compare with Implementation…'),
    );
    await workbench.screenshot('compare-which');
    await workbench.pick('Choose a File…');
    await workbench.choosePath('built.html', false);
    const differs = workbench.notification('card.png differs from its implementation');
    await differs.waitFor({ timeout: 60_000 });
    await workbench.tab('card-comparison.md').waitFor();
    await workbench.tab('card-comparison.md').click();
    expect(await workbench.visibleText()).toMatch(/card\.png – built\.html\n[\s\S]*Pixels alike: [\d.]+ %/);
    await workbench.screenshot('compare');
    await differs.getByRole('button', { name: 'Show Differences' }).click();
    await workbench.tab('card-difference.png').waitFor();
    await workbench.page.waitForTimeout(1_000);
    await workbench.screenshot('compare-difference');

    const server = createServer((_, response) => {
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>Ours</title><h1>Ours</h1>');
    });
    onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    await workbench.clearNotifications();
    await workbench.openPick(() =>
      workbench.chooseFromContextMenu('card.png', 'Pixelwright', 'Compare with Implementation…'),
    );
    await workbench.pick('Enter an Address…');
    await workbench.quickInput.getByText('Address of the page').waitFor();
    await workbench.screenshot('compare-address');
    await workbench.answer(host);
    await differs.waitFor({ timeout: 60_000 });
    await workbench.tab('card-comparison-2.md').click();
    expect(await workbench.visibleText()).toContain(`card.png – ${host}\n`);
    await workbench.screenshot('compare-with-address');
  });
}
