/** What the panel has of a picture lasts: from a conversion to the panel, and over a reload of the window. */
import { expect, it, onTestFinished } from 'vitest';
import { findBrowser } from '../../../shared/score/find-browser.ts';
import { model, violations } from '../../panel/served.ts';
import type { Given } from '../harness/given.ts';

export function keptScenarios(given: Given): void {
  it('a conversion goes on in the panel, without the model, and outlives the window', async () => {
    const { session, workbench } = given;
    const server = await model([]);
    const { path: browser } = await findBrowser({});
    await session.changeSettings({ 'pixelwright.baseUrl': server.url, 'pixelwright.browser': browser });
    onTestFinished(() =>
      session.changeSettings({ 'pixelwright.baseUrl': undefined, 'pixelwright.browser': undefined }),
    );
    await workbench.page.waitForTimeout(1_000);
    await workbench.chooseFromContextMenu('card.png', 'Pixelwright', 'Convert Mockup to Vue');
    await workbench.tab('card.vue').waitFor({ timeout: 60_000 });
    await workbench.notification('Converting card.png').waitFor({ state: 'detached', timeout: 60_000 });
    const asked = server.chats().length;
    expect(asked).toBeGreaterThan(0);
    await workbench.page.locator('.codelens-decoration a').filter({ hasText: 'Open Panel' }).click();
    const panel = workbench.webview();
    const said = panel.locator('#progress-text');
    const source = panel.locator('#source-text');
    await expect.poll(() => said.textContent(), { timeout: 60_000 }).toMatch(/^Done/);
    expect(await panel.getByRole('radio', { name: 'Vue', exact: true }).isChecked()).toBe(true);
    expect(await panel.locator('#candidates').innerText()).toMatch(/% alike[\s\S]*% alike/);
    await panel.getByRole('radio', { name: 'React', exact: true }).check({ force: true });
    await expect.poll(() => source.textContent()).toContain('export');
    await panel.locator('#candidates-title').scrollIntoViewIfNeeded();
    await workbench.screenshot('panel-handed-over');
    expect(server.chats()).toHaveLength(asked);

    await workbench.command('Developer: Reload Window');
    await panel
      .locator('#error')
      .getByRole('button', { name: 'Convert It Again' })
      .waitFor({ timeout: 60_000 });
    expect(await panel.locator('#picture-name').textContent()).toBe('card.png');
    expect(await panel.getByRole('radio', { name: 'React', exact: true }).isChecked()).toBe(true);
    expect(await violations(await workbench.webviewFrame())).toEqual([]);
    await workbench.screenshot('panel-reloaded');
    await panel.getByRole('button', { name: 'Convert It Again' }).click();
    await expect.poll(() => said.textContent(), { timeout: 60_000 }).toMatch(/^Done/);
    expect(server.chats().length).toBeGreaterThan(asked);
  });
}
