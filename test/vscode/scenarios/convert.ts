/** A mockup becomes code beside it: the right language, one undo step, and never over what was typed. */
import { expect, it } from 'vitest';
import type { Given } from '../harness/given.ts';

export function convertScenarios(given: Given): void {
  it('a result opens beside the picture, in its language, as one step to undo', async () => {
    const { workbench } = given;
    await workbench.openPick(() => workbench.chooseFromContextMenu('card.png', 'Convert Mockup to Code…'));
    await workbench.screenshot('choose-target');
    await workbench.pick('HTML/CSS');
    await workbench.tab('card.html').waitFor();
    await workbench.notification('Converting card.png').waitFor({ state: 'detached' });
    expect(await workbench.tabs()).toEqual(['card.png', 'card.html']);
    await workbench.screenshot('result-beside');
    await workbench.tab('card.html').click();
    expect(await workbench.language()).toBe('HTML');
    const text = await workbench.visibleText();
    expect(text).toMatch(/^<!doctype html>\n/i);
    await workbench.focusEnd();
    await workbench.page.keyboard.press('Control+z');
    await expect.poll(() => workbench.visibleText()).toBe('');
  });

  it('several pictures become several editors', async () => {
    const { workbench } = given;
    await workbench.openPick(async () => {
      await workbench.file('card.png').click();
      await workbench.file('sample.png').click({ modifiers: ['ControlOrMeta'] });
      await workbench.chooseFromContextMenu('sample.png', 'Convert Mockup to Code…');
    });
    await workbench.pick('React');
    for (const name of ['card.tsx', 'sample.tsx'])
      await workbench.tab(name).first().waitFor({ timeout: 60_000 });
    await workbench.notification('Converting').waitFor({ state: 'detached', timeout: 60_000 });
    await workbench.screenshot('several');
  });

  it('a saved result is what was shown', async () => {
    const { workbench } = given;
    await workbench.openPick(() => workbench.chooseFromContextMenu('card.png', 'Convert Mockup to Code…'));
    await workbench.pick('Vue');
    await workbench.tab('card.vue').waitFor({ timeout: 60_000 });
    await workbench.notification('Converting card.png').waitFor({ state: 'detached', timeout: 60_000 });
    await workbench.tab('card.vue').click();
    await workbench.focusEnd();
    const saved = await workbench.saveAs('Saved.vue');
    expect(saved).toContain('<template>');
    expect(saved).toContain('Welcome back');
    await workbench.screenshot('saved');
  });
}
