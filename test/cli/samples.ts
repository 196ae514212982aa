/** Pictures that the tests of the command convert. */
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';

/** The README's example: a whole page with photos and icons. */
export const sample = await readFile(new URL('../../media/sample.png', import.meta.url));

/** Small, so that rules about files can be tested often: a heading on a card. @param text one or two words. */
export async function card(text = 'Hello page'): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="360" height="160">
    <rect width="360" height="160" fill="#f3f4f6"/><rect x="20" y="20" width="320" height="120" fill="#fff"/>
    <text x="40" y="90" font-family="DejaVu Sans" font-size="28" fill="#111">${text}</text></svg>`;
  return await sharp(Buffer.from(svg)).png().toBuffer();
}
