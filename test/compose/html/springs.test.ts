/** Rows whose ends are kept apart by free space keep it where nothing stretches them. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compileTree } from '../../../shared/compose/compile.ts';
import type { Rect } from '../../../shared/geometry.ts';
import type { UiNode, UiTree } from '../../../shared/ui-tree.ts';
import { createOracle, type Oracle } from '../../oracle/oracle-facts.ts';

let oracle: Oracle;
beforeAll(async () => {
  oracle = await createOracle();
});
afterAll(() => oracle.close());

const rect = (x: number, y: number, width: number, height: number): Rect => ({ x, y, width, height });
const text = (words: string, box: Rect): UiNode => ({ kind: 'text', text: words, box });

const caption: UiNode = {
  kind: 'row',
  flow: 'row',
  box: rect(40, 240, 320, 20),
  children: [text('Canal mug', rect(40, 240, 82, 20)), text('€34', rect(328, 240, 32, 20))],
};

const areas: UiNode = {
  kind: 'section',
  flow: 'grid',
  tracks: [40, 400],
  box: rect(40, 20, 800, 240),
  children: [
    { kind: 'image', box: rect(40, 20, 318, 200) },
    text('A side of a page', rect(400, 20, 130, 20)),
    caption,
  ],
};

it('a row in an area of a grid is as wide as it was', async () => {
  const tree: UiTree = {
    width: 900,
    height: 300,
    language: 'en',
    background: [255, 255, 255],
    root: { kind: 'page', box: rect(0, 0, 900, 300), children: [areas] },
  };
  const { files } = await compileTree(tree, 'html', { name: 'page', inline: true, palette: [] });
  const page = await oracle.newPage({ width: 900, height: 300 });
  try {
    await page.setContent(files.find(({ role }) => role === 'page')?.content ?? '');
    const price = await page.getByText('€34').boundingBox();
    expect(Math.abs((price?.x ?? 0) + (price?.width ?? 0) - 360)).toBeLessThanOrEqual(4);
  } finally {
    await page.close();
  }
});
