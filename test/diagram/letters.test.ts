/** Letters of two straight strokes, which lines and heads of arrows have too, belong to their words. */
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { findDrawing } from '../../shared/facts/diagram/measure.ts';

/** How many letters each line of text has. */
async function lettersIn(body: string): Promise<{ letters: number; turned: boolean }[]> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="300"><rect width="100%" height="100%" fill="#fff"/><g font-family="DejaVu Sans" font-size="22" fill="#222">${body}</g></svg>`;
  const { data } = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const raster = { width: 640, height: 300, data: new Uint8Array(data) };
  return findDrawing(raster, 0).lines.map(({ line, turned }) => ({ letters: line.blobs.length, turned }));
}

it.each([
  ['Tool', 4],
  ['LESSEN', 6],
  ['a &lt; b', 3],
  ['order_id', 9],
  ['VLV', 3],
])('%s has all its letters', async (text, letters) => {
  const body = `<rect x="40" y="40" width="200" height="80" fill="none" stroke="#222" stroke-width="2"/><text x="70" y="90">${text}</text>`;
  expect(await lettersIn(body)).toEqual([{ letters, turned: false }]);
});

it('a word that runs upwards has its first and its last letter', async () => {
  const body = '<text x="70" y="220" transform="rotate(-90 70 220)" font-weight="bold">Sensor</text>';
  expect(await lettersIn(body)).toEqual([{ letters: 6, turned: true }]);
});

it('the dashes and the open head of a line are no letters', async () => {
  const line = '<path d="M40 60 H300" stroke="#222" stroke-width="2" stroke-dasharray="8 6"/>';
  const head = '<path d="M290 54 L300 60 L290 66" fill="none" stroke="#222" stroke-width="2"/>';
  expect(await lettersIn(`${line}${head}<text x="140" y="40">Tell</text>`)).toEqual([
    { letters: 4, turned: false },
  ]);
});
