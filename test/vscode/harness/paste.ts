/** Puts pictures on the browser's clipboard, and pastes and drops them as exact bytes. */
import type { Locator, Page } from 'playwright-core';

export interface Clipboard {
  /** As a screenshot tool does; the browser encodes the picture anew, so compare pixels, never bytes. */
  writePicture(png: Uint8Array): Promise<void>;
  writeText(text: string): Promise<void>;
  readText(): Promise<string>;
  /** Dispatches a paste of exactly these bytes to what has the focus. */
  pasteExactly(png: Uint8Array): Promise<void>;
  /** Drops exactly these bytes on the middle of an element. */
  drop(target: Locator, png: Uint8Array, name: string): Promise<void>;
}

export function clipboardOf(page: Page): Clipboard {
  return {
    writePicture: async (png) => {
      await page.evaluate(async (base64) => {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        const picture = new Blob([bytes], { type: 'image/png' });
        await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
      }, Buffer.from(png).toString('base64'));
    },
    writeText: async (text) => {
      await page.evaluate((value) => navigator.clipboard.writeText(value), text);
    },
    readText: async () => await page.evaluate(() => navigator.clipboard.readText()),
    pasteExactly: async (png) => {
      await page.evaluate((base64) => {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        const clipboardData = new DataTransfer();
        clipboardData.items.add(new File([bytes], 'image.png', { type: 'image/png' }));
        const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
        document.activeElement?.dispatchEvent(event);
      }, Buffer.from(png).toString('base64'));
    },
    drop: async (target, png, name) => {
      const transfer = await page.evaluateHandle(
        ({ base64, name }) => {
          const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
          const data = new DataTransfer();
          data.items.add(new File([bytes], name, { type: 'image/png' }));
          return data;
        },
        { base64: Buffer.from(png).toString('base64'), name },
      );
      const box = await target.boundingBox();
      if (box === null) throw new Error('Expected a visible element to drop on.');
      const place = { clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 };
      for (const type of ['dragenter', 'dragover', 'drop']) {
        await target.dispatchEvent(type, { dataTransfer: transfer, ...place });
      }
      await transfer.dispose();
    },
  };
}
