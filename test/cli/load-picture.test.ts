/** When a picture is straightened on its way in. */
import { describe, expect, it } from 'vitest';
import { encodePng } from '../../shared/image/index.ts';
import { loadPicture } from '../../shared/run/load-picture.ts';
import { photograph, sheet } from '../image/photos.ts';
import { bytesOf, context, halves } from '../image/pictures.ts';

const screenshot = async () => bytesOf(await halves(400, 300).png().toBuffer(), 'a.png');

describe('a screenshot', () => {
  it.each(['never', 'auto'] as const)('keeps its pixels with %s', async (straighten) => {
    const plainly = await loadPicture(await screenshot(), context());
    const loaded = await loadPicture(await screenshot(), context(), { straighten });
    expect(loaded.warnings).toEqual([]);
    expect(Buffer.from(loaded.raster.data).equals(plainly.raster.data)).toBe(true);
  });

  it('is cleaned with always, and the user is told that no page was found', async () => {
    const loaded = await loadPicture(await screenshot(), context(), { straighten: 'always' });
    expect(loaded.warnings).toEqual([expect.stringMatching(/^No page with four visible corners was found/)]);
  });
});

describe('a photo of a sheet', () => {
  it('is straightened with auto, and the user is told', async () => {
    const scene = {
      width: 1200,
      height: 900,
      tilt: [18, -12, 4],
      fill: 0.8,
      table: [120, 90, 60],
      falloff: 0.6,
      noise: 4,
      seed: 7,
    } as const;
    const { raster } = await photograph(await sheet(1000, 1400), scene);
    const source = bytesOf(await encodePng(raster), 'photo.png');
    const loaded = await loadPicture(source, context(), { straighten: 'auto' });
    expect(loaded.warnings).toEqual(['It looks like a photo of a page: it was straightened and cleaned.']);
    expect(loaded.raster.height / loaded.raster.width).toBeCloseTo(1.4, 1);
  });
});
