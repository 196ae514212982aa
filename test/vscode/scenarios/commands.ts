/** The other commands of a picture: diagrams, words, descriptions. */
import { expect, it, onTestFinished } from 'vitest';
import { answering } from '../../panel/served.ts';
import type { Given } from '../harness/given.ts';

export function commandScenarios(given: Given): void {
  const choose = (entry: string): Promise<void> =>
    given.workbench.chooseFromContextMenu('card.png', 'Pixelwright', entry);
  /** The first editor whose name ends so. */
  const opened = async (ending: RegExp): Promise<string> => {
    await expect
      .poll(async () => (await given.workbench.tabs()).filter((name) => ending.test(name)), {
        timeout: 60_000,
      })
      .not.toEqual([]);
    return (await given.workbench.tabs()).find((name) => ending.test(name)) ?? '';
  };

  it.each([
    ['Convert Mockup to HTML + Tailwind', /\.html$/],
    ['Convert Mockup to Vue', /\.vue$/],
    ['Convert to Draw.io Diagram', /\.drawio$/],
    ['Convert to Mermaid', /\.mmd$|\.mermaid$/],
    ['Extract Text', /\.(?:md|txt)$/],
  ])('%s opens its result', async (entry, ending) => {
    await choose(entry);
    await opened(ending);
    await given.workbench.screenshot(`command-${entry.replaceAll(/\W+/g, '-')}`);
  });

  it('Describe Image shows what the model says', async () => {
    const { session, workbench } = given;
    const server = await answering('A page that welcomes somebody back.');
    await session.changeSettings({ 'pixelwright.baseUrl': server.url });
    onTestFinished(() => session.changeSettings({ 'pixelwright.baseUrl': undefined }));
    await workbench.page.waitForTimeout(1_000);
    await choose('Describe Image');
    await expect.poll(() => workbench.visibleText(), { timeout: 60_000 }).toContain('welcomes somebody back');
    await workbench.screenshot('describe');
  });

  it('Set Up Model asks before anything is fetched', async () => {
    const { workbench } = given;
    const entries = await workbench.openPick(() => workbench.command('Pixelwright: Set Up Model'));
    expect(entries.join('\n')).toMatch(/Server/);
    await workbench.screenshot('set-up');
    await workbench.page.keyboard.press('Escape');
  });
}
