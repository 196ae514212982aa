/** The panel in an editor's tab: paste, convert, switch the target, instruct, copy. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { model, violations } from '../../panel/served.ts';
import type { Given } from '../harness/given.ts';

export function panelScenarios(given: Given): void {
  it('takes a pasted picture, switches targets, follows an instruction, copies, and is accessible', async () => {
    const { workbench, session } = given;
    const server = await model([{ of: 'heading', containing: '', set: 'text', to: 'Hello you' }]);
    await session.changeSettings({ 'pixelwright.baseUrl': server.url });
    onTestFinished(() => session.changeSettings({ 'pixelwright.baseUrl': undefined }));
    const picture = await readFile(path.join(session.folder, 'card.png'));
    await workbench.clipboard.writePicture(picture);
    await workbench.command('Pixelwright: Open Panel');
    const panel = workbench.webview();
    await panel.getByRole('heading', { name: /Paste, drop or choose/ }).waitFor();
    expect(await violations(await workbench.webviewFrame())).toEqual([]);
    await workbench.screenshot('panel-empty');
    await panel.getByRole('heading', { name: /Paste, drop or choose/ }).click();
    await workbench.page.keyboard.press('Control+v');
    const said = panel.locator('#progress-text');
    const settled = () => expect.poll(() => said.textContent(), { timeout: 60_000 });
    await settled().toMatch(/^Done/);
    const source = panel.locator('#source-text');
    expect(await source.textContent()).toContain('Welcome back');
    await workbench.screenshot('panel-done');
    expect(await violations(await workbench.webviewFrame())).toEqual([]);

    const asked = server.chats().length;
    await panel.getByRole('radio', { name: 'Vue', exact: true }).check({ force: true });
    await expect.poll(() => source.textContent()).toContain('<template>');
    expect(server.chats()).toHaveLength(asked);
    await settled().toMatch(/^Done/);

    await panel.getByRole('textbox', { name: 'Change It' }).fill('make the heading friendly');
    await panel.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => source.textContent(), { timeout: 60_000 }).toContain('Hello you');
    await workbench.screenshot('panel-instructed');
    await panel.getByRole('button', { name: 'Copy', exact: true }).click();
    await expect.poll(() => workbench.clipboard.readText()).toBe(await source.textContent());

    await panel.getByRole('button', { name: 'Open in Editor' }).click();
    await expect.poll(async () => (await workbench.tabs()).some((name) => name.endsWith('.vue'))).toBe(true);
    await workbench.screenshot('panel-opened');
  });

  it('Open Panel of a picture’s menu shows that picture', async () => {
    const { workbench } = given;
    await workbench.chooseFromContextMenu('photo.png', 'Pixelwright', 'Open Panel');
    const panel = workbench.webview();
    await panel.getByText('photo.png', { exact: true }).waitFor();
    const said = panel.locator('#progress-text');
    await expect.poll(() => said.textContent(), { timeout: 60_000 }).toMatch(/^Done/);
    await workbench.screenshot('panel-of-a-picture');
  });
}
