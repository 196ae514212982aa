/** The other commands of a picture: diagrams, words, descriptions. */
import { readdir, readFile } from 'node:fs/promises';
import { expect, it, onTestFinished } from 'vitest';
import { tinyModel } from '../../models/index.ts';
import { answering } from '../../panel/served.ts';
import type { Given } from '../harness/given.ts';

/** The process that holds the model for this session's home; undefined before there is one. */
async function engineHost(home: string): Promise<number | undefined> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  for (const id of processes) {
    // A process may end at any moment.
    const read = (name: string) => readFile(`/proc/${id}/${name}`, 'utf8').catch(() => '');
    if (!(await read('cmdline')).includes('engine-host.js')) continue;
    if ((await read('environ')).includes(`HOME=${home}`)) return Number(id);
  }
  return undefined;
}

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
    ['Convert to Mermaid', /\.(?:mmd|md)$/],
    ['Extract Text', /\.(?:md|txt)$/],
  ])('%s opens its result', async (entry, ending) => {
    await choose(entry);
    await opened(ending);
    await given.workbench.notification('card.png').waitFor({ state: 'detached', timeout: 60_000 });
    await given.workbench.screenshot(`command-${entry.replaceAll(/\W+/g, '-')}`);
  });

  /** For good: another attempt of the same scenario is not asked again. */
  let isAnswered = false;

  it('a diagram opens; the editor for it is offered, until the user says not to', async () => {
    const { workbench } = given;
    const diagrams = async (): Promise<number> =>
      (await workbench.tabs()).filter((name) => name.endsWith('.drawio')).length;
    const offer = workbench.notification('Draw.io Integration');
    await choose('Convert to Draw.io Diagram');
    await expect.poll(diagrams, { timeout: 60_000 }).toBe(1);
    if (!isAnswered) {
      await offer.getByRole('button', { name: 'Install Draw.io Integration', exact: true }).waitFor();
      await workbench.screenshot('diagram-offer');
      await offer.getByRole('button', { name: 'Don’t Ask Again', exact: true }).click();
      isAnswered = true;
    }
    await workbench.tab('card.drawio').click();
    expect(await workbench.language()).toBe('XML');
    await choose('Convert to Draw.io Diagram');
    await expect.poll(diagrams, { timeout: 60_000 }).toBe(2);
    await workbench.notification('Converting card.png').waitFor({ state: 'detached', timeout: 60_000 });
    expect(await offer.count()).toBe(0);
  });

  it('a picture taken for a screen is read as a diagram where the user says so', async () => {
    const { workbench } = given;
    await choose('Convert to Mermaid');
    const asked = workbench.notification('looks like a screen');
    await asked.getByRole('button', { name: 'It Is a Diagram', exact: true }).click();
    await opened(/-2\.(?:mmd|md)$/);
    await workbench.notification('Converting card.png').waitFor({ state: 'detached', timeout: 60_000 });
    await workbench.screenshot('is-a-diagram');
    expect(await asked.count()).toBe(0);
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

  it('an engine that is killed in the middle is told, and the next request has a new one', async () => {
    const { session, workbench } = given;
    const { model, mmproj } = await tinyModel();
    const settings = {
      'pixelwright.model': model,
      'pixelwright.mmproj': mmproj,
      'pixelwright.maxTokens': 4000,
    };
    await session.changeSettings(settings);
    const none = Object.fromEntries(Object.keys(settings).map((name) => [name, undefined]));
    onTestFinished(() => session.changeSettings(none));
    await workbench.page.waitForTimeout(1_000);
    await choose('Describe Image');
    const working = workbench.notification('card.png');
    await working.waitFor();
    let host: number | undefined;
    await expect
      .poll(
        async () => {
          host = await engineHost(session.home);
          return host !== undefined && (await working.innerText()).length > 0;
        },
        { timeout: 60_000 },
      )
      .toBe(true);
    await expect.poll(() => workbench.visibleText(), { timeout: 60_000 }).not.toBe('');
    if (host !== undefined) process.kill(host, 'SIGKILL');
    const error = workbench.notification('The engine host (process');
    await error.waitFor({ timeout: 60_000 });
    await workbench.screenshot('engine-killed');
    await error.getByRole('button', { name: 'Show Log' }).waitFor();
  });

  it('Set Up Model asks before anything is fetched', async () => {
    const { workbench } = given;
    const entries = await workbench.openPick(() => workbench.command('Pixelwright: Set Up Model'));
    expect(entries.join('\n')).toMatch(/Server/);
    await workbench.screenshot('set-up');
    await workbench.page.keyboard.press('Escape');
  });
}
