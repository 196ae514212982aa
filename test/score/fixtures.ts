/** Small pages for the score's tests, written to a folder of their own. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { createContext, type RunContext } from '../../shared/context.ts';

export const testContext = (): RunContext => createContext(new AbortController().signal);

export interface Folder {
  readonly path: string;
  write(name: string, content: string | Uint8Array): Promise<string>;
  remove(): Promise<void>;
}

export async function temporaryFolder(): Promise<Folder> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'pixelwright-score-test-'));
  return {
    path: folder,
    async write(name, content) {
      const file = path.join(folder, name);
      await writeFile(file, content);
      return file;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

export const html = (body: string, style = ''): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>t</title><style>${style}</style></head><body>${body}</body></html>`;

/** An ordinary page: navigation, form, table, repeated labels, a picture. Its size is 800 × 600. */
export const ordinaryStyle = `
  body { margin: 0; font: 16px "DejaVu Sans", sans-serif; color: #222; background: #fff }
  nav { display: flex; gap: 24px; padding: 16px 32px; background: #123; color: #fff }
  main { padding: 32px; display: grid; gap: 16px; max-width: 600px }
  .price { color: #c00000 } input { padding: 8px; border: 1px solid #888 } button { padding: 8px 16px }
  .box { width: 120px; height: 60px; background: #2a6 }`;

export const ordinaryBody = `
  <nav><b>Harbour</b><a>Boats</a><a>Prices</a><a>Contact</a></nav>
  <main>
    <h1>Boats for an afternoon on the lake</h1>
    <p>Every boat comes with life jackets for all sizes, a chart of the lake and a thermos of tea.
       <a href="#x">Read the rules</a> before you cast off, and come back before sunset.</p>
    <div class="box"></div>
    <table><tr><td>Rowing boat</td><td class="price">12</td><td>Add</td></tr>
           <tr><td>Sailing dinghy</td><td class="price">38</td><td>Add</td></tr>
           <tr><td>Canoe</td><td class="price">12</td><td>Add</td></tr></table>
    <form><input placeholder="Your name"><button type="button">Reserve</button></form>
  </main>`;

export const ordinary = html(ordinaryBody, ordinaryStyle);
export const size = { width: 800, height: 600 };

export const onePixelPng = (): Promise<Buffer> =>
  sharp({ create: { width: 1, height: 1, channels: 3, background: '#ffffff' } })
    .png()
    .toBuffer();
