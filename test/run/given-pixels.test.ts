/** Boxes lead back to the pixels of the picture that the user gave, straightened or not. */
import { describe, expect, it } from 'vitest';
import { encodePng } from '../../shared/image/index.ts';
import { givenBox, givenPoint, photoPixels, samePixels } from '../../shared/run/given-pixels.ts';
import { loadPicture } from '../../shared/run/load-picture.ts';
import { photograph, sheet } from '../image/photos.ts';
import { watched } from './support.ts';

const raster = (width: number, height: number) => ({ width, height, data: new Uint8Array(0) });
const size = { width: 1000, height: 800 };

describe('givenBox', () => {
  it('gives whole pixels inside of the picture, never empty', () => {
    expect(givenBox({ x: 10.4, y: 20.6, width: 30, height: 40 }, samePixels, size)).toEqual({
      x: 10,
      y: 21,
      width: 30,
      height: 40,
    });
    expect(givenBox({ x: -5, y: 790, width: 2000, height: 100 }, samePixels, size)).toEqual({
      x: 0,
      y: 790,
      width: 1000,
      height: 10,
    });
    expect(givenBox({ x: 1000, y: 800, width: 0, height: 0 }, samePixels, size)).toEqual({
      x: 999,
      y: 799,
      width: 1,
      height: 1,
    });
  });

  it('encloses what a straightened box shows in the photo', () => {
    const corners = [
      { x: 100, y: 100 },
      { x: 900, y: 200 },
      { x: 800, y: 700 },
      { x: 200, y: 600 },
    ] as const;
    const map = photoPixels(raster(400, 300), size, corners);
    expect(givenBox({ x: 0, y: 0, width: 400, height: 300 }, map, size)).toEqual({
      x: 100,
      y: 100,
      width: 800,
      height: 600,
    });
    expect(givenPoint({ x: 400, y: 0, width: 0, height: 0 }, map, size)).toEqual({ x: 900, y: 200 });
  });

  it('a photo without a page was only made smaller', () => {
    const map = photoPixels(raster(500, 400), size, undefined);
    expect(givenPoint({ x: 250, y: 100, width: 0, height: 0 }, map, size)).toEqual({ x: 500, y: 200 });
  });
});

it('a photo that is straightened keeps the way back to its own pixels', async () => {
  const photo = await photograph(await sheet(900, 1200), {
    width: 1200,
    height: 1600,
    tilt: [12, 8, 4],
    fill: 0.7,
    table: [70, 50, 40],
    falloff: 0.9,
    noise: 1,
    seed: 7,
  });
  const bytes = await encodePng(photo.raster);
  const loaded = await loadPicture({ kind: 'bytes', bytes }, watched(), { straighten: 'always' });
  expect(loaded.given).toEqual({ width: 1200, height: 1600 });
  const { width, height } = loaded.raster;
  const found = [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height },
  ].map(loaded.toGiven);
  for (const [index, corner] of photo.corners.entries()) {
    expect(Math.hypot((found[index]?.x ?? 0) - corner.x, (found[index]?.y ?? 0) - corner.y)).toBeLessThan(12);
  }
});
