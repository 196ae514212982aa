/** A page of several files is known as ours as a whole, and nothing else is. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownedFiles } from '../../shared/run/ownership.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ownership-'));
  await mkdir(path.join(folder, 'my-shop-assets'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
}

describe('a page with a script', () => {
  it('owns the script that it links, and no other', async () => {
    await write({
      'my-shop.html': `<meta name="generator" content="pixelwright" /><script src="my-shop.js" defer></script>`,
      'my-shop.js': '',
      'my-shop-own.js': '',
    });
    expect(await ownedFiles(folder, { stem: 'my-shop', main: 'my-shop.html' })).toEqual([
      'my-shop.html',
      'my-shop.js',
    ]);
  });
});

describe('files of frameworks', () => {
  it('a Vue page owns its components, theirs, and the pictures of all', async () => {
    await write({
      'MyShop.vue': `<!-- generator: pixelwright -->\n<script>import A from './MyShopCard.vue';\nimport a from './my-shop-assets/icon-1.png';</script>`,
      'MyShopCard.vue': `<!-- generator: pixelwright -->\n<script>import B from './MyShopTag.vue';</script>`,
      'MyShopTag.vue': `<style>.a { background: url('my-shop-assets/picture-1.png') }</style>`,
      'MyShopOwn.vue': '<template>mine</template>',
      'my-shop-assets/icon-1.png': '',
      'my-shop-assets/picture-1.png': '',
      'my-shop-assets/mine.png': '',
    });
    expect((await ownedFiles(folder, { stem: 'my-shop', main: 'MyShop.vue' })).sort()).toEqual([
      'MyShop.vue',
      'MyShopCard.vue',
      'MyShopTag.vue',
      'my-shop-assets/icon-1.png',
      'my-shop-assets/picture-1.png',
    ]);
  });

  it('a React page owns its CSS module', async () => {
    await write({
      'MyShop.tsx': `/* generator: pixelwright */\nimport styles from './MyShop.module.css';`,
      'MyShop.module.css': '.page { background: url("my-shop-assets/picture-1.png") }',
      'my-shop-assets/picture-1.png': '',
    });
    expect(await ownedFiles(folder, { stem: 'my-shop', main: 'MyShop.tsx' })).toEqual([
      'MyShop.tsx',
      'MyShop.module.css',
      'my-shop-assets/picture-1.png',
    ]);
  });

  it('a component of the user’s own is not ours', async () => {
    await write({ 'MyShop.vue': '<template><p>mine: generator: pixelwright</p></template>' });
    expect(await ownedFiles(folder, { stem: 'my-shop', main: 'MyShop.vue' })).toEqual([]);
  });
});
