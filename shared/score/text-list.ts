/** The least that words alone are worth: the score of a bare list of the reference's exact text. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { RunContext } from '../context.ts';
import { type BlockScore, scoreBlocks } from './block-score.ts';
import type { Browser } from './browser.ts';
import type { ScoreReference } from './reference.ts';
import { renderPage } from './render.ts';

/** One paragraph for each block of the reference in its order, with no style at all. */
export function textListHtml(reference: ScoreReference): string {
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const paragraphs = reference.blocks.map((block) => `<p>${escaped(block.text)}</p>`).join('\n');
  return `<!doctype html><html><head><meta charset="utf-8"><title>list</title></head><body>\n${paragraphs}\n</body></html>`;
}

/** Scores the bare list against its own reference, so that a page's score can be read as a lift over it. */
export async function scoreTextList(
  browser: Browser,
  reference: ScoreReference,
  context: RunContext,
): Promise<BlockScore> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'pixelwright-list-'));
  try {
    const file = path.join(folder, 'list.html');
    await writeFile(file, textListHtml(reference));
    const { width, height } = reference;
    const list = await renderPage(browser, file, { width, height, maxHeight: 2 * height }, context);
    return scoreBlocks(
      reference.blocks,
      reference.unit === 'line' ? list.lineBlocks : list.blocks,
      reference,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
