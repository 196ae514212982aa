/** Commands and menus: there where they help, and nowhere else. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { Given } from '../harness/given.ts';
import { root } from '../harness/install.ts';

const manifestSchema = z.object({
  contributes: z.object({
    commands: z.array(
      z.object({ command: z.string(), title: z.string(), enablement: z.string().optional() }),
    ),
  }),
});

/** Titles of the commands that are always there, as the palette shows them. */
async function titles(): Promise<string[]> {
  const read = async (name: string): Promise<unknown> =>
    JSON.parse(await readFile(path.join(root, name), 'utf8'));
  const { contributes } = manifestSchema.parse(await read('package.json'));
  const texts = z.record(z.string(), z.string()).parse(await read('package.nls.json'));
  return contributes.commands
    .filter(({ enablement }) => enablement === undefined)
    .map(({ title }) => `Pixelwright: ${texts[title.replaceAll('%', '')] ?? title}`);
}

export function menuScenarios(given: Given): void {
  it('a picture has a context menu, other files have not', async () => {
    const { workbench } = given;
    const entries = await workbench.contextMenu('sample.png');
    expect(entries).toContain('Convert Mockup to Code…');
    await workbench.page.locator('.monaco-menu').getByRole('menuitem', { name: 'Pixelwright' }).hover();
    const submenu = workbench.page.locator('.monaco-menu').getByRole('menuitem', { name: 'Extract Text' });
    await submenu.waitFor();
    await workbench.screenshot('context-menu');
    await workbench.page.keyboard.press('Escape');
    await workbench.page.keyboard.press('Escape');
    const others = await workbench.contextMenu('notes.txt');
    expect(others.filter((entry) => /Mockup|Pixelwright/.test(entry))).toEqual([]);
    await workbench.page.keyboard.press('Escape');
  });

  it('the palette has every command', async () => {
    const { workbench } = given;
    const entries = await workbench.paletteEntries('Pixelwright: ');
    expect(entries).toEqual(expect.arrayContaining(await titles()));
  });

  it('the picture’s own editor offers to convert it: by a button, in its menus, on its tab, on the picture', async () => {
    const { workbench } = given;
    const { page, menu } = workbench;
    const entries = ['Convert Mockup to Code…', 'Pixelwright'];
    /** Opens the submenu, tells what is in it, and closes both. */
    const submenu = async (name: string): Promise<void> => {
      await menu.getByRole('menuitem', { name: 'Pixelwright', exact: true }).hover();
      await menu.getByRole('menuitem', { name: 'Extract Text', exact: true }).waitFor();
      await workbench.screenshot(name);
      for (let open = 0; open < 2; open += 1) await page.keyboard.press('Escape');
      await menu.first().waitFor({ state: 'detached' });
    };
    const listed = async (): Promise<string[]> => {
      await menu.first().waitFor();
      return await menu.locator('.action-label').allInnerTexts();
    };
    const picture = await workbench.openPicture('card.png');
    const actions = page.locator('.editor-group-container.active .editor-actions');
    await actions.getByRole('button', { name: /^More Actions/ }).click();
    expect(await listed()).toContain('Pixelwright');
    await submenu('picture-more');
    await workbench.tab('card.png').click({ button: 'right' });
    expect(await listed()).toEqual(expect.arrayContaining(entries));
    await submenu('picture-tab');
    await picture.click({ button: 'right' });
    expect(await listed()).toEqual(expect.arrayContaining(entries));
    await submenu('picture-context');
    await workbench.openPick(() => actions.getByRole('button', { name: /Convert Mockup to Code/ }).click());
    await workbench.screenshot('picture-button');
    await page.keyboard.press('Escape');
  });
}
