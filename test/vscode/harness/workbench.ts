/**
 * The workbench as a user has it: what can be seen, clicked and typed, by the names that it shows. A test file
 * of one's own, against the working tree without packing: see `try-main.ts`.
 */
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { root } from './install.ts';
import { type Clipboard, clipboardOf } from './paste.ts';

export const screensFolder = path.join(root, '.cache/vscode-screens');

export interface WorkbenchOptions {
  readonly origin: string;
  /** The workspace's folder. */
  readonly folder: string;
  /** CSS pixels; 1280 × 800 by default. */
  readonly size?: { readonly width: number; readonly height: number };
  readonly deviceScaleFactor?: number;
}

/** Opens the folder in a window of its own and waits for the Explorer (about 6 s). */
export async function openWorkbench(browser: Browser, options: WorkbenchOptions): Promise<Workbench> {
  const context = await browser.newContext({
    viewport: options.size ?? { width: 1280, height: 800 },
    deviceScaleFactor: options.deviceScaleFactor ?? 1,
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: options.origin });
  const page = await context.newPage();
  const url = new URL('/', options.origin);
  url.searchParams.set('folder', options.folder);
  await page.goto(url.href);
  const workbench = new Workbench(page, options.folder);
  await workbench.explorer.first().waitFor({ timeout: 45_000 });
  // The Explorer is there before what extensions contribute to its menus.
  await page.waitForFunction("performance.getEntriesByName('code/didLoadExtensions').length > 0");
  return workbench;
}

export class Workbench {
  readonly page: Page;
  readonly folder: string;
  readonly clipboard: Clipboard;

  constructor(page: Page, folder: string) {
    this.page = page;
    this.folder = folder;
    this.clipboard = clipboardOf(page);
    page.setDefaultTimeout(30_000);
  }

  /** Rows of the Explorer. */
  get explorer(): Locator {
    return this.page.locator('.explorer-folders-view .monaco-list-row');
  }

  file(name: string): Locator {
    return this.explorer.filter({ has: this.page.getByText(name, { exact: true }) });
  }

  /** Opens a file for keeps, by the Explorer. */
  async open(name: string): Promise<void> {
    await this.file(name).dblclick();
    await this.tab(name).waitFor();
  }

  /** Opens a picture for keeps, in the picture viewer; anew where that was not loaded yet, and tells its image. */
  async openPicture(name: string): Promise<Locator> {
    const viewer = this.page.frameLocator('iframe.webview.ready:visible');
    const image = viewer.frameLocator('iframe#active-frame').locator('img');
    for (let attempt = 0; ; attempt += 1) {
      await this.open(name);
      try {
        await image.waitFor({ timeout: 10_000 });
        return image;
      } catch (error) {
        if (attempt === 3) throw error;
        await this.reset();
      }
    }
  }

  /** Drags a file of the Explorer into a text: Shift, held once the file is on its way, says so to the editor. */
  async dragInto(name: string, target: Locator): Promise<void> {
    const middle = async (place: Locator): Promise<readonly [number, number]> => {
      const box = await place.boundingBox();
      if (box === null) throw new Error('Expected a visible element to drag.');
      return [box.x + Math.min(box.width / 2, 60), box.y + box.height / 2];
    };
    const { keyboard, mouse } = this.page;
    const [fromX, fromY] = await middle(this.file(name));
    const [toX, toY] = await middle(target);
    await mouse.move(fromX, fromY);
    await mouse.down();
    await mouse.move(fromX + 30, fromY + 10, { steps: 3 });
    await keyboard.down('Shift');
    await mouse.move(toX - 20, toY, { steps: 5 });
    await mouse.move(toX, toY, { steps: 5 });
    await mouse.up();
    await keyboard.up('Shift');
  }

  /** Names of all open editors, of all groups from the left. */
  async tabs(): Promise<string[]> {
    const tabs = this.page.locator('.tabs-container .tab');
    return await tabs.evaluateAll((nodes) =>
      nodes.map((node) => node.getAttribute('data-resource-name') ?? ''),
    );
  }

  tab(name: string): Locator {
    return this.page.locator(`.tabs-container .tab[data-resource-name="${name}"]`);
  }

  /** Opens the context menu of an Explorer's file and tells its entries. */
  async contextMenu(name: string): Promise<string[]> {
    if (await this.menu.first().isVisible()) await this.page.keyboard.press('Escape');
    await this.file(name).click({ button: 'right' });
    await this.menu.first().waitFor();
    // A menu takes no click that follows at once, lest the click that opened it counts twice.
    await delay(200);
    return await this.menu.locator('.action-label').allInnerTexts();
  }

  /** Chooses an entry, or one of a submenu; again where another part took the focus and closed the menu. */
  async chooseFromContextMenu(name: string, ...entries: string[]): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await this.contextMenu(name);
        for (const entry of entries) {
          const item = this.menu.getByRole('menuitem', { name: entry, exact: true }).last();
          await item.click({ timeout: 5_000 });
          await delay(300);
        }
        // A click that came too soon leaves the menu open.
        if (!(await this.menu.first().isVisible())) return;
        await this.page.keyboard.press('Enter');
        return;
      } catch (error) {
        if (attempt === 3) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  get menu(): Locator {
    return this.page.locator('.monaco-menu .action-item:not(.disabled):has(.action-label:not(.separator))');
  }

  /** Runs a command by its whole title, as a user: F1, the words, Enter. */
  async command(title: string): Promise<void> {
    const input = this.quickInput.locator('input[type=text]').first();
    // The quick input closes when another part takes the focus.
    for (let attempt = 0; ; attempt += 1) {
      try {
        await this.page.keyboard.press('F1');
        await input.waitFor({ timeout: 3_000 });
        await input.fill(`>${title}`, { timeout: 3_000 });
        await this.pickRow(title).first().click({ timeout: 3_000 });
        return;
      } catch (error) {
        if (attempt === 3) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** What the palette lists for these words. */
  async paletteEntries(words: string): Promise<string[]> {
    await this.page.keyboard.press('F1');
    const input = this.quickInput.locator('input[type=text]').first();
    await input.fill(`>${words}`);
    await this.quickInput.locator('.monaco-list-row').first().waitFor();
    const entries = await this.quickInput.locator('.monaco-list-row .label-name').allInnerTexts();
    await this.screenshot('palette');
    await this.page.keyboard.press('Escape');
    return entries;
  }

  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible');
  }

  pickRow(label: string): Locator {
    const exact = new RegExp(`^(?:.*: )?${label.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
    return this.quickInput.locator('.monaco-list-row').filter({
      has: this.page.locator('.quick-input-list-row').first().locator('.label-name', { hasText: exact }),
    });
  }

  /** Chooses from an open quick pick. */
  async pick(label: string): Promise<void> {
    await this.pickRow(label).first().click();
  }

  /** Does what opens a quick pick, again where another part took the focus and closed it, and tells its entries. */
  async openPick(action: () => Promise<void>): Promise<string[]> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await action();
        await this.quickInput.locator('.monaco-list-row').first().waitFor({ timeout: 5_000 });
        // A page that takes the focus does so at once.
        await delay(300);
        const entries = await this.quickInput.locator('.monaco-list-row .label-name').allInnerTexts();
        if (entries.length > 0) return entries;
        throw new Error('Expected a quick pick; it closed at once.');
      } catch (error) {
        if (attempt === 3) throw error;
      }
    }
  }

  /** Types into the open input box and confirms. */
  async answer(text: string): Promise<void> {
    await this.quickInput.locator('input[type=text]').first().fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Notifications with this text. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text });
  }

  async notifications(): Promise<string[]> {
    return await this.page.locator('.notification-list-item-message').allInnerTexts();
  }

  async notificationButton(text: string | RegExp, button: string): Promise<void> {
    await this.notification(text).getByRole('button', { name: button, exact: true }).click();
  }

  async clearNotifications(): Promise<void> {
    await this.command('Notifications: Clear All Notifications');
  }

  /** Items of the status bar with this text. */
  status(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item').filter({ hasText: text });
  }

  /** What is typed goes to the text editor that is active. */
  get editor(): Locator {
    return this.page.locator('.editor-group-container.active .monaco-editor').first();
  }

  /** Visible lines of the active editor, without the editor's own hard blanks. */
  async visibleText(): Promise<string> {
    const lines = await this.editor.locator('.view-line').evaluateAll((nodes) =>
      nodes
        .map((node) => ({ top: node.getBoundingClientRect().top, text: node.textContent ?? '' }))
        .sort((first, second) => first.top - second.top)
        .map(({ text }) => text),
    );
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }

  /** Sets the cursor behind everything in the active editor. */
  async focusEnd(): Promise<void> {
    await this.editor.locator('.view-lines').click();
    await this.page.keyboard.press('Control+End');
  }

  /** The language that the status bar names for the active editor. */
  async language(): Promise<string> {
    return await this.page.locator('.statusbar-item[id="status.editor.mode"]').innerText();
  }

  /** Saves the active editor, which has a file, and reads that. */
  async savedText(name: string): Promise<string> {
    await this.command('File: Save');
    await this.tab(name).and(this.page.locator(':not(.dirty)')).waitFor();
    return await readFile(path.join(this.folder, name), 'utf8');
  }

  /** Saves the active editor, which has no file yet, under a name, and reads it. */
  async saveAs(name: string): Promise<string> {
    await this.command('File: Save As...');
    await this.choosePath(name, true);
    await this.tab(name).waitFor();
    return await readFile(path.join(this.folder, name), 'utf8');
  }

  /**
   * Answers the open file dialog with a path of the workspace; a folder's ends with a slash.
   * @param proposed the dialog proposes a name, which it selects once it has read the folder: what was typed
   *   before that is lost.
   */
  async choosePath(name: string, proposed: boolean): Promise<void> {
    const input = this.quickInput.locator('input[type=text]').first();
    await this.quickInput.locator('.monaco-list-row').first().waitFor();
    await this.page.waitForFunction(
      ([isProposed, folder]) => {
        const box = document.activeElement;
        if (!(box instanceof HTMLInputElement)) return false;
        return isProposed
          ? box.selectionStart !== box.selectionEnd
          : box.value.startsWith(folder) && box.selectionStart === box.value.length;
      },
      [proposed, this.folder] as const,
    );
    const wanted = path.posix.join(this.folder, name);
    await input.fill(wanted);
    // A folder is listed first.
    await delay(500);
    if ((await input.inputValue()) !== wanted)
      throw new Error(`Expected ${wanted} in the file dialog; it shows ${await input.inputValue()}.`);
    await this.page.keyboard.press('Enter');
  }

  /** Throws away what is not saved, closes all editors and takes the notifications away. */
  async reset(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.command('View: Close All Editors');
    const discard = this.page.locator('.monaco-dialog-box').getByRole('button', { name: "Don't Save" });
    const none = this.page.locator('.tabs-container .tab');
    for (let attempt = 0; attempt < 100 && (await none.count()) > 0; attempt += 1) {
      if (await discard.isVisible()) await discard.click();
      await delay(100);
    }
    await this.command('Notifications: Clear All Notifications');
  }

  /** The document inside the visible webview (a panel or an editor of an extension). */
  webview(): FrameLocator {
    const ours = 'iframe.webview.ready[src*="extensionId=pixelwright"]:visible';
    return this.page.frameLocator(ours).frameLocator('iframe#active-frame');
  }

  /** The same as a frame, for scripts that are run in it. */
  async webviewFrame(): Promise<Frame> {
    const handle = await this.webview().locator('body').elementHandle();
    const frame = await handle?.ownerFrame();
    if (!frame) throw new Error('Expected a webview that is open.');
    return frame;
  }

  /** Writes a picture of the window to `.cache/vscode-screens/`. */
  async screenshot(name: string): Promise<string> {
    await mkdir(screensFolder, { recursive: true });
    const file = path.join(screensFolder, `${name}.png`);
    // What fades in is shown as it will be.
    await this.page.screenshot({ path: file, animations: 'disabled' });
    return file;
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
