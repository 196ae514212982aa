/** Opens a page in the user's browser. */
import { once } from 'node:events';
import open from 'open';
import { printNote } from './session.ts';

/** Never fails the command: the page is written already, so a missing browser is only told. */
export async function openInBrowser(file: string): Promise<void> {
  try {
    const process = await open(file);
    // A spawn that fails tells so in an event, after `open` has returned.
    await Promise.race([
      once(process, 'spawn'),
      once(process, 'error').then(([error]) => Promise.reject(error)),
    ]);
  } catch (error) {
    printNote(
      `${file} could not be opened in a browser: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
