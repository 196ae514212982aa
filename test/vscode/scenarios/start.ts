/** What a newcomer meets first: the walkthrough and its buttons, the status bar item, the log, the settings. */
import { expect, it, onTestFinished } from 'vitest';
import type { Given } from '../harness/given.ts';

/** Each step with its buttons, and the title of what a button opens. */
const steps = [
  ['Turn a mockup into code', 'Choose a Picture', 'Convert Mockup to Code'],
  ['Paste a screenshot as markup', 'Paste Screenshot as…', 'Paste Screenshot as…'],
  ['Turn a whiteboard into a diagram', 'Convert to Draw.io', 'Convert to Draw.io Diagram'],
  ['Turn a whiteboard into a diagram', 'Convert to Mermaid', 'Convert to Mermaid'],
  ['Set up a model', 'Set Up Model', 'Set Up Model'],
] as const;

export function startScenarios(given: Given): void {
  it('the walkthrough’s buttons open what they say', async () => {
    const { workbench } = given;
    const { page } = workbench;
    await workbench.openPick(() => workbench.command('Welcome: Open Walkthrough...'));
    await workbench.quickInput.getByText('Get Started with Pixelwright').click();
    const step = (title: string) => page.locator('.getting-started-step').filter({ hasText: title });
    await step('Compare and refine').waitFor();
    // With room for the pictures.
    const toggleSideBar = () => workbench.command('View: Toggle Primary Side Bar Visibility');
    await toggleSideBar();
    onTestFinished(toggleSideBar);
    const open = async (title: string): Promise<void> => {
      if (!(await step(title).getAttribute('class'))?.includes('expanded'))
        await step(title).getByText(title).click();
      await page.locator('.getting-started-media').locator('img, iframe').first().waitFor();
      await page.waitForTimeout(500);
      await workbench.screenshot(`walkthrough-${title.replaceAll(/\W+/g, '-')}`);
    };
    for (const [title, button, opens] of steps) {
      await open(title);
      await step(title).getByRole('button', { name: button, exact: true }).click();
      await workbench.quickInput.locator('.quick-input-title', { hasText: opens }).waitFor();
      await page.keyboard.press('Escape');
      await workbench.quickInput.waitFor({ state: 'detached' });
    }
    await open('Compare and refine');
    await step('Compare and refine').getByRole('button', { name: 'Open Panel', exact: true }).click();
    await workbench
      .webview()
      .getByRole('heading', { name: /Paste, drop or choose/ })
      .waitFor();
  });

  it('the status bar item offers what can be done: settings, the log', async () => {
    const { workbench } = given;
    const choose = () => workbench.openPick(() => workbench.status('Pixelwright').first().click());
    const offered = await choose();
    // Rows that a former list had are kept, and filled anew.
    expect(offered.map((entry) => entry.trim())).toEqual(
      expect.arrayContaining([
        'Set Up Model',
        'Convert Mockup to Code…',
        'Open Panel',
        'Open Settings',
        'Show Log',
      ]),
    );
    await workbench.screenshot('status-menu');
    await workbench.pick('Open Settings');
    const settings = workbench.page.locator('.settings-editor');
    await settings.getByText('Pixelwright: Strategy').first().waitFor();
    await workbench.screenshot('settings');
    // It stands above everything, as a dialog does.
    await workbench.page.keyboard.press('Escape');
    await settings.waitFor({ state: 'hidden' });
    await choose();
    await workbench.pick('Show Log');
    const log = workbench.page.locator('.output-view');
    await log.waitFor();
    await workbench.command('View: Hide Panel');
    await log.waitFor({ state: 'hidden' });
    await workbench.command('Pixelwright: Show Log');
    await log.waitFor();
    await workbench.screenshot('show-log');
    await workbench.command('View: Hide Panel');
  });
}
