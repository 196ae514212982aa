/** With a model: what it writes streams in; typing, cancelling, errors and changed settings on the way. */
import { expect, it, onTestFinished } from 'vitest';
import {
  delta,
  event,
  finish,
  openStream,
  type ScriptedServer,
  serveChat,
} from '../../engine/scripted-server.ts';
import type { Given } from '../harness/given.ts';
import { freePort } from '../harness/server.ts';

interface Author {
  readonly server: ScriptedServer;
  /** Lets the model write on after the first half. */
  readonly goOn: () => void;
}

/** A model that writes a page with this heading, in halves. */
async function author(heading: string): Promise<Author> {
  let goOn = (): void => {};
  const mayGoOn = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const server = await serveChat(async (response) => {
    openStream(response);
    const head = '<!doctype html>\n<html lang="en">\n<head><title>A page</title></head>\n<body>\n';
    const words = '<p>Enough words that the editor shows what there is so far.</p>\n'.repeat(4);
    response.write(delta(`${head}<h1>${heading}</h1>\n${words}`));
    await mayGoOn;
    response.end(`${delta('<p>Written by a model.</p>\n</body>\n</html>')}${finish()}${event('[DONE]')}`);
  });
  return { server, goOn };
}

export function modelScenarios(given: Given): void {
  const use = async (settings: Readonly<Record<string, unknown>>): Promise<void> => {
    await given.session.changeSettings(settings);
    const none = Object.fromEntries(Object.keys(settings).map((name) => [name, undefined]));
    onTestFinished(() => given.session.changeSettings(none));
    // The editor watches the file.
    await given.workbench.page.waitForTimeout(1_000);
  };
  const convertCard = async (): Promise<void> => {
    const { workbench } = given;
    await workbench.openPick(() => workbench.chooseFromContextMenu('card.png', 'Convert Mockup to Code…'));
    await workbench.pick('HTML/CSS');
  };

  it('what the model writes streams in; a server that is changed in the settings is asked next', async () => {
    const { workbench } = given;
    const first = await author('The first server');
    await use({ 'pixelwright.baseUrl': first.server.url, 'pixelwright.strategy': 'direct' });
    await convertCard();
    await expect.poll(() => workbench.visibleText(), { timeout: 60_000 }).toContain('The first server');
    expect(await workbench.visibleText()).not.toContain('Written by a model');
    await workbench.screenshot('streaming');
    first.goOn();
    await expect.poll(() => workbench.visibleText(), { timeout: 60_000 }).toContain('Written by a model');
    const second = await author('The second server');
    second.goOn();
    await use({ 'pixelwright.baseUrl': second.server.url });
    await workbench.reset();
    await convertCard();
    await expect.poll(() => workbench.visibleText(), { timeout: 60_000 }).toContain('The second server');
    expect(first.server.chats()).toHaveLength(1);
  });

  it('what the user types meanwhile stays, and the better page is offered', async () => {
    const { workbench } = given;
    const { server, goOn } = await author('From the model');
    await use({ 'pixelwright.baseUrl': server.url, 'pixelwright.strategy': 'direct' });
    await convertCard();
    await expect.poll(() => workbench.visibleText(), { timeout: 60_000 }).toContain('From the model');
    await workbench.focusEnd();
    // Typed at once, for the editor closes remarks by itself.
    await workbench.page.keyboard.insertText('<!-- mine -->');
    goOn();
    const offer = workbench.notification('Your changes to the draft were kept');
    await offer.waitFor({ timeout: 60_000 });
    await workbench.editor.getByText('Use the Better Version').waitFor();
    await workbench.screenshot('typed-meanwhile');
    expect(await workbench.visibleText()).toContain('<!-- mine -->');
    expect(await workbench.visibleText()).not.toContain('Written by a model');
    await offer.getByRole('button', { name: 'Replace' }).click();
    await expect.poll(() => workbench.visibleText()).toContain('Written by a model');
    await workbench.editor.locator('.view-lines').click();
    await workbench.page.keyboard.press('Control+z');
    await expect.poll(() => workbench.visibleText()).toContain('<!-- mine -->');
  });

  it('Cancel ends the work and the model’s request at once', async () => {
    const { workbench } = given;
    const { server } = await author('Never done');
    await use({ 'pixelwright.baseUrl': server.url, 'pixelwright.strategy': 'direct' });
    await convertCard();
    await expect.poll(() => server.chats().length, { timeout: 60_000 }).toBe(1);
    const work = workbench.notification('Converting card.png');
    await workbench.screenshot('cancel');
    await work.getByRole('button', { name: 'Cancel' }).click();
    await work.waitFor({ state: 'detached', timeout: 5_000 });
    expect(await server.chats()[0]?.closed).toBe(false);
    expect(await workbench.notifications()).toEqual([]);
  });

  it('a server that is down is told with the next step', async () => {
    const { workbench } = given;
    await use({
      'pixelwright.baseUrl': `http://127.0.0.1:${await freePort()}/v1`,
      'pixelwright.strategy': 'direct',
    });
    await convertCard();
    const error = workbench.notification('No model server answers');
    await error.waitFor({ timeout: 60_000 });
    await workbench.screenshot('server-down');
    await error.getByRole('button', { name: 'Show Log' }).click();
    await workbench.page.locator('.output-view').waitFor();
    await workbench.screenshot('log');
    await workbench.command('View: Hide Panel');
  });

  it('without a model what needs one says so, and offers to set one up', async () => {
    const { workbench } = given;
    await workbench.chooseFromContextMenu('card.png', 'Pixelwright', 'Describe Image');
    const warning = workbench.notification(/model/i);
    await warning.waitFor({ timeout: 60_000 });
    await workbench.screenshot('model-missing');
    await warning.getByRole('button', { name: 'Set Up Model' }).waitFor();
    await warning.getByRole('button', { name: 'Use a Server…' }).click();
    await workbench.quickInput.waitFor();
    await workbench.screenshot('use-a-server');
    await workbench.page.keyboard.press('Escape');
  });
}
