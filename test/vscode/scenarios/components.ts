/** A result of several files: the others open from the page's code lens, each in its own language. */
import { expect, it } from 'vitest';
import type { Given } from '../harness/given.ts';

export function componentScenarios(given: Given): void {
  it('the style sheet of a component opens beside it, from above its first line', async () => {
    const { workbench } = given;
    await workbench.chooseFromContextMenu('card.png', 'Pixelwright', 'Convert Mockup to React');
    await workbench.tab('card.tsx').waitFor({ timeout: 60_000 });
    await workbench.notification('Converting card.png').waitFor({ state: 'detached', timeout: 60_000 });
    const lens = workbench.page.locator('.codelens-decoration a').filter({ hasText: 'Open the Other File' });
    await lens.click();
    await workbench.tab('Card.module.css').waitFor();
    await workbench.tab('Card.module.css').click();
    await expect.poll(() => workbench.language()).toBe('CSS');
    await expect.poll(() => workbench.visibleText()).toContain('.page');
    await workbench.screenshot('other-file');
  });
}
