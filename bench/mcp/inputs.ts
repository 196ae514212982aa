/** One picture in every form in which people and agents name or save pictures. */
import { copyFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';

export interface Input {
  readonly what: string;
  readonly reference: string;
}

/** @param folder where pictures are written; it is the home and the working folder of the servers. */
export async function makeInputs(folder: string, png: Uint8Array, url: string): Promise<Input[]> {
  const picture = sharp(png);
  const files = {
    'a.png': png,
    'a.jpg': await picture.clone().jpeg().toBuffer(),
    'a.webp': await picture.clone().webp().toBuffer(),
    'a.gif': await picture.clone().gif().toBuffer(),
    'a.tiff': await picture.clone().tiff().toBuffer(),
    'a.avif': await picture.clone().avif().toBuffer(),
    'a.svg':
      '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="64" height="64"/></svg>',
  };
  for (const [name, content] of Object.entries(files)) await writeFile(path.join(folder, name), content);
  const place = path.join(folder, 'a.png');
  await copyFile(place, path.join(folder, 'with blank.png'));
  await copyFile(place, path.join(folder, 'no-extension'));
  const named = Object.keys(files).map((name) => ({
    what: `${path.extname(name).slice(1)} file`,
    reference: path.join(folder, name),
  }));
  return [
    ...named,
    { what: 'path without extension', reference: path.join(folder, 'no-extension') },
    { what: 'relative path', reference: 'a.png' },
    { what: '~/a.png', reference: '~/a.png' },
    { what: '@path', reference: `@${place}` },
    { what: 'path in quotes', reference: `"${place}"` },
    { what: 'blank escaped by a terminal', reference: path.join(folder, 'with\\ blank.png') },
    { what: 'file:// URL', reference: pathToFileURL(path.join(folder, 'with blank.png')).href },
    { what: 'data: URI', reference: `data:image/png;base64,${Buffer.from(png).toString('base64')}` },
    { what: 'http URL', reference: url },
  ];
}
