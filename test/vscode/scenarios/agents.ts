/** Agents in the editor: the MCP server is listed, asks before it starts, and gives its tools. */
import { expect, it } from 'vitest';
import type { Given } from '../harness/given.ts';

export function agentScenarios(given: Given): void {
  it('the server starts once the user has agreed, and its tools are there', async () => {
    const { workbench } = given;
    const list = () => workbench.openPick(() => workbench.command('MCP: List Servers'));
    expect(await list()).toContain('Pixelwright');
    await workbench.pick('Pixelwright');
    await workbench.pick('Start Server');
    const consent = workbench.page.locator('.monaco-dialog-box');
    await consent.getByRole('button', { name: 'Allow', exact: true }).click();
    await expect
      .poll(
        async () => {
          await list();
          const row = await workbench.pickRow('Pixelwright').first().innerText();
          await workbench.page.keyboard.press('Escape');
          return row;
        },
        { timeout: 60_000, interval: 2_000 },
      )
      .toContain('Running');
    await list();
    await workbench.pick('Pixelwright');
    await workbench.pick('Show Output');
    const output = workbench.page.locator('.output-view .view-lines');
    await expect.poll(() => output.innerText(), { timeout: 60_000 }).toMatch(/Discovered\s\d+\stools/);
    await workbench.screenshot('mcp-server');
    await workbench.command('View: Hide Panel');
  });
}
