/** The workspace that the scenarios open: pictures of each kind, and a document of each language. */
import { copyFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { root } from './install.ts';

const documents = {
  'page.html':
    '<!doctype html>\n<html lang="en">\n  <head>\n    <title>Page</title>\n  </head>\n  <body>\n    <main>\n      \n    </main>\n  </body>\n</html>\n',
  'drop.html':
    '<!doctype html>\n<html lang="en">\n  <body>\n    <main>\n      \n    </main>\n  </body>\n</html>\n',
  'Card.vue': '<template>\n  <section>\n    \n  </section>\n</template>\n',
  'Card.tsx': 'export function Card() {\n  return (\n    <main>\n      \n    </main>\n  );\n}\n',
  'built.html': '<!doctype html>\n<title>Built</title>\n<h1>Welcome home</h1>\n',
  'notes.md': '# Notes\n\n',
  'drop.md': '# Drop\n\n',
  'notes.txt': 'Nothing to convert here.\n',
} as const;

/** A heading, a few words and two buttons: 480 × 240 pixels, converted in a second. */
export async function smallPicture(): Promise<Buffer> {
  const part = { left: 60, top: 265, width: 480, height: 240 };
  return await sharp(path.join(root, 'media/sample.png')).extract(part).png().toBuffer();
}

/** A card with a photograph above its words, which a page can only show as a picture. */
export async function picturedPage(): Promise<Buffer> {
  const part = { left: 660, top: 110, width: 580, height: 500 };
  return await sharp(path.join(root, 'media/sample.png')).extract(part).png().toBuffer();
}

/** @param folder an empty one */
export async function fillSample(folder: string): Promise<void> {
  const sample = path.join(root, 'media/sample.png');
  await copyFile(sample, path.join(folder, 'sample.png'));
  await writeFile(path.join(folder, 'card.png'), await smallPicture());
  await writeFile(path.join(folder, 'photo.png'), await picturedPage());
  for (const [name, text] of Object.entries(documents)) await writeFile(path.join(folder, name), text);
}
