/** The workspace that the scenarios open: pictures of each kind, and a document of each language. */
import { copyFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from './install.ts';

const documents = {
  'page.html':
    '<!doctype html>\n<html lang="en">\n  <body>\n    <main>\n      \n    </main>\n  </body>\n</html>\n',
  'Card.vue': '<template>\n  <section>\n    \n  </section>\n</template>\n',
  'notes.md': '# Notes\n\n',
  'notes.txt': 'Nothing to convert here.\n',
} as const;

/** @param folder an empty one */
export async function fillSample(folder: string): Promise<void> {
  await copyFile(path.join(root, 'media/sample.png'), path.join(folder, 'sample.png'));
  for (const [name, text] of Object.entries(documents)) await writeFile(path.join(folder, name), text);
}
