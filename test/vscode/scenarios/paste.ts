/** Pictures that are pasted or dropped into documents. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Given } from '../harness/given.ts';

export function pasteScenarios(given: Given): void {
  const picture = (): Promise<Buffer> => readFile(path.join(given.session.folder, 'card.png'));
  /** Pastes at the end of a line. */
  const pasteAt = async (line: number): Promise<void> => {
    const { workbench } = given;
    await workbench.clipboard.writePicture(await picture());
    await workbench.editor.locator('.view-lines').click();
    await workbench.page.keyboard.press('Control+Home');
    for (let at = 1; at < line; at += 1) await workbench.page.keyboard.press('ArrowDown');
    await workbench.page.keyboard.press('End');
    await workbench.page.keyboard.press('Control+v');
  };

  it('a picture becomes markup in a saved HTML file, at its indentation', async () => {
    const { workbench } = given;
    await workbench.open('page.html');
    await pasteAt(8);
    await expect
      .poll(() => workbench.tab('page.html').getAttribute('class'), { timeout: 60_000 })
      .toContain('dirty');
    await workbench.screenshot('paste-html');
    const text = await workbench.savedText('page.html');
    expect(text).toContain('Welcome back');
    expect(text).toMatch(/^ {6}<section[^>]*>\n {8}<div/m);
    expect(text).toMatch(/^ {6}<\/section>$/m);
    expect(text).toMatch(/^ {4}<style>\n {6}\.screenshot \{\n {8}\S/m);
    expect(text.match(/<\/main>/g)).toHaveLength(1);
  });

  it('a picture becomes a template in a Vue file', async () => {
    const { workbench } = given;
    await workbench.open('Card.vue');
    await pasteAt(3);
    await expect
      .poll(() => workbench.tab('Card.vue').getAttribute('class'), { timeout: 60_000 })
      .toContain('dirty');
    await workbench.screenshot('paste-vue');
    const text = await workbench.savedText('Card.vue');
    expect(text).toContain('Welcome back');
    expect(text).toMatch(/<style/);
  });

  it('an untitled HTML document takes it too', async () => {
    const { workbench } = given;
    await workbench.command('File: New Untitled Text File');
    await workbench.openPick(() => workbench.command('Change Language Mode'));
    await workbench.quickInput.locator('input[type=text]').first().fill('HTML');
    await workbench.page.keyboard.press('Enter');
    await expect.poll(() => workbench.language()).toBe('HTML');
    await pasteAt(1);
    await expect.poll(() => workbench.visibleText(), { timeout: 60_000 }).toContain('<');
    await workbench.screenshot('paste-untitled');
    expect(await workbench.saveAs('untitled.html')).toContain('Welcome back');
  });

  it('Markdown keeps its own way, and offers ours beside it', async () => {
    const { workbench } = given;
    await workbench.open('notes.md');
    await pasteAt(3);
    await expect
      .poll(() => workbench.tab('notes.md').getAttribute('class'), { timeout: 60_000 })
      .toContain('dirty');
    const widget = workbench.page.locator('.post-edit-widget');
    await widget.waitFor();
    await widget.click();
    await expect
      .poll(() => workbench.page.locator('.action-widget').first().innerText())
      .toMatch(/from Picture/);
    await workbench.screenshot('paste-markdown');
    await workbench.page.keyboard.press('Escape');
  });

  it('a picture becomes JSX in a TSX file, at its indentation', async () => {
    const { workbench } = given;
    await workbench.open('Card.tsx');
    await pasteAt(4);
    await expect
      .poll(() => workbench.tab('Card.tsx').getAttribute('class'), { timeout: 60_000 })
      .toContain('dirty');
    await workbench.screenshot('paste-tsx');
    const text = await workbench.savedText('Card.tsx');
    expect(text).toContain('Welcome back');
    expect(text).toMatch(/^ {6}<section[^>]*>\n {8}<div/m);
    expect(text).toMatch(/^ {6}<\/section>$/m);
    expect(text).toMatch(/className=/);
    expect(text).not.toMatch(/ class=/);
  });

  it('“Paste Screenshot as…” asks what to make, here or in a new editor', async () => {
    const { workbench } = given;
    await workbench.clipboard.writePicture(await picture());
    await workbench.open('notes.md');
    const entries = await workbench.openPick(() => workbench.command('Pixelwright: Paste Screenshot as…'));
    // In front of each stands its icon.
    expect(entries.map((entry) => entry.trim())).toEqual(
      expect.arrayContaining(['Text', 'HTML/CSS', 'React', 'Description']),
    );
    await workbench.screenshot('paste-as');
    await workbench.quickInput.getByText('HTML/CSS').click();
    await workbench.notification('to hand over the picture').waitFor();
    await workbench.screenshot('paste-as-hand-over');
    await workbench.page.keyboard.press('Control+v');
    await expect
      .poll(async () => (await workbench.tabs()).some((name) => /^screenshot.*\.html$/.test(name)), {
        timeout: 60_000,
      })
      .toBe(true);
    await workbench.notification('Converting').waitFor({ state: 'detached', timeout: 60_000 });
    await workbench.screenshot('paste-as-result');
  });

  it.each([
    ['drop.html', 5, /HTML from Picture/, /^ {10}<h1 [^>]*>Welcome back/m],
    ['drop.md', 3, /Text of Picture/, /Welcome back/],
  ] as const)('a picture of the Explorer is dropped into %s', async (name, line, way, wanted) => {
    const { workbench } = given;
    await workbench.open(name);
    await workbench.dragInto('card.png', workbench.editor.locator('.view-line').nth(line - 1));
    await expect
      .poll(() => workbench.tab(name).getAttribute('class'), { timeout: 60_000 })
      .toContain('dirty');
    const widget = workbench.page.locator('.post-edit-widget');
    await widget.waitFor();
    await widget.click();
    await expect.poll(() => workbench.page.locator('.action-widget').first().innerText()).toMatch(/Picture/);
    await workbench.screenshot(`drop-ways-${name.replace('.', '-')}`);
    await workbench.page.locator('.action-widget').getByText(way).click();
    await expect.poll(() => workbench.visibleText(), { timeout: 60_000 }).toMatch(wanted);
    await workbench.screenshot(`drop-${name.replace('.', '-')}`);
  });
}
