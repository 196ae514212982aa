/** Lines that are no plain strokes: branches as broad as bars, rows of dots along a curve, curves that turn under a label. */
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { findDrawing } from '../../shared/facts/diagram/measure.ts';
import { prepareDiagram } from '../../shared/facts/diagram/noise.ts';
import { inRows } from '../../shared/facts/diagram/text-rows.ts';

async function joined(body: string) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360"><rect width="100%" height="100%" fill="#fff"/>${body}</svg>`;
  const { data } = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const raster = { width: 640, height: 360, data: new Uint8Array(data) };
  // Small pictures are enlarged before they are measured.
  const prepared = await prepareDiagram(raster);
  const { outlines, connectors } = findDrawing(prepared.raster, prepared.noise);
  return { shapes: outlines.length, pairs: connectors.map(({ from, to }) => [from, to].sort().join(' ')) };
}

const filled = (x: number, y: number, color: string): string =>
  `<rect x="${x}" y="${y}" width="150" height="80" fill="${color}"/>`;
const outlined = (x: number, y: number): string =>
  `<rect x="${x}" y="${y}" width="150" height="80" fill="none" stroke="#222" stroke-width="2"/>`;

it('a branch in the colour of its shape is a line, and the shape keeps its bounds', async () => {
  const bar = '<path d="M190 80 L420 110" stroke="#77aaff" stroke-width="16"/>';
  expect(await joined(`${bar}${filled(40, 40, '#77aaff')}${filled(420, 70, '#ffcc66')}`)).toEqual({
    shapes: 2,
    pairs: ['0 1'],
  });
});

it('dots along a curve are a line', async () => {
  const dots =
    '<path d="M190 80 C330 80 300 270 420 270" fill="none" stroke="#222" stroke-width="3" stroke-dasharray="3 3"/>';
  expect(await joined(`${dots}${outlined(40, 40)}${outlined(420, 230)}`)).toEqual({
    shapes: 2,
    pairs: ['0 1'],
  });
});

it('letters of one word are one box, those of two labels are two', () => {
  const letter = (x: number) => ({ x, y: 10, width: 10, height: 16 });
  expect(inRows([letter(0), letter(14), letter(100)])).toEqual([
    { x: 0, y: 10, width: 24, height: 16 },
    letter(100),
  ]);
});
