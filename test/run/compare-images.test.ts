/** `compareImages`: what a person would say of two screenshots, in regions. */
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { compareImages, compareImagesTask, type PictureSource } from '../../shared/index.ts';
import { failure } from '../image/pictures.ts';
import { box, drawn, text, watched } from './support.ts';

interface Page {
  readonly title?: string;
  readonly buttonLeft?: number;
  readonly card?: string;
  readonly disc?: boolean;
  readonly note?: boolean;
  readonly heading?: string;
  readonly push?: number;
  readonly height?: number;
}

/** A small page; each field is one thing that an implementer may get wrong. */
async function page(wrong: Page = {}): Promise<PictureSource> {
  const {
    title = 'Travel planner',
    buttonLeft = 60,
    card = '#ffffff',
    heading = '#111111',
    push = 0,
  } = wrong;
  const inside = [
    box(0, 0, 640, 420, '#f4f5f7'),
    box(0, 0, 640, 60, '#223355'),
    text(title, 24, 38, 22, '#fff'),
    box(40, 100 + push, 330, 200, card),
    text('Coast path', 60, 140 + push, 18, heading),
    text('Four days along the sea', 60, 180 + push, 14, '#444444'),
    box(buttonLeft, 230 + push, 120, 40, '#1f7a50'),
    text('Book it', buttonLeft + 30, 255 + push, 15, '#fff'),
    wrong.disc === false ? '' : '<circle cx="500" cy="200" r="60" fill="#cc3344"/>',
    wrong.note === true ? text('Sold out today', 420, 360, 16, '#cc0000') : '',
  ];
  return await drawn(640, wrong.height ?? 420, inside.join(''));
}

const compared = async (expected: PictureSource, actual: PictureSource) => {
  const result = await compareImages(expected, actual, {}, watched());
  compareImagesTask.output.strict().parse(result);
  return result;
};
const differences = async (wrong: Page) => (await compared(await page(), await page(wrong))).regions;

describe('the kinds of differences', () => {
  it('none', async () => {
    expect(await compared(await page(), await page())).toMatchObject({
      same: true,
      similarity: { structural: 1, pixels: 1 },
      regions: [],
      expected: { width: 640, height: 420 },
      warnings: [],
    });
  });

  it('other words', async () => {
    const regions = await differences({ title: 'Trip planner' });
    expect(regions).toMatchObject([{ kind: 'text', weight: 1 }]);
    expect(regions[0]?.note).toBe('the text reads "Trip planner" instead of "Travel planner"');
  });

  it('a button that moved, with its label', async () => {
    expect(await differences({ buttonLeft: 90 })).toMatchObject([
      {
        kind: 'moved',
        box: { x: 60, y: 230, width: 120, height: 40 },
        actualBox: { x: 90, y: 230, width: 120, height: 40 },
        note: expect.stringContaining('30 px to the right'),
      },
    ]);
  });

  it('another colour of a box, with what stands on it', async () => {
    expect(await differences({ card: '#eef7ff' })).toMatchObject([
      { kind: 'colour', box: { x: 40, y: 100, width: 330, height: 200 } },
    ]);
  });

  it('another colour of letters', async () => {
    const regions = await differences({ heading: '#bb2200' });
    expect(regions).toMatchObject([{ kind: 'colour' }]);
    expect(regions[0]?.note).toContain('#bb2200 instead of #111111');
  });

  it('something that is missing', async () => {
    const [region, ...others] = await differences({ disc: false });
    expect(others).toEqual([]);
    expect(region?.kind).toBe('missing');
    expect(region?.box.x).toBeCloseTo(440, -1);
    expect(region?.box.width).toBeCloseTo(120, -1);
  });

  it('something that was added', async () => {
    const regions = await differences({ note: true });
    expect(regions).toMatchObject([{ kind: 'added' }]);
    expect(regions[0]?.note).toBe('the text "Sold out today" was added');
  });

  it('many things pushed down are one change', async () => {
    const regions = await differences({ push: 24 });
    expect(regions[0]).toMatchObject({ kind: 'moved' });
    expect(regions[0]?.note).toContain('24 px down');
    expect(regions.length).toBeLessThanOrEqual(2);
  });

  it('the heaviest comes first', async () => {
    const regions = await differences({ disc: false, heading: '#bb2200', title: 'Trip planner' });
    expect(regions.map(({ kind }) => kind)).toEqual(['missing', 'text', 'colour']);
    const weights = regions.map(({ weight }) => weight);
    expect([...weights].sort((a, b) => b - a)).toEqual(weights);
  });
});

describe('sizes', () => {
  const encoded = async (source: PictureSource, change: (image: Sharp) => Sharp) => {
    if (source.kind !== 'bytes') throw new Error('The page is drawn.');
    const bytes = await change(sharp(source.bytes)).toBuffer();
    return { kind: 'bytes', name: 'changed', bytes } as const;
  };

  it('a screen of twice the pixel ratio is scaled, and its boxes are told in its own pixels', async () => {
    const retina = await encoded(await page({ buttonLeft: 90 }), (image) => image.resize(1280, 840));
    const { regions, warnings } = await compared(await page(), retina);
    expect(warnings).toEqual([
      'The pictures have different sizes: 640 × 420 and 1280 × 840 pixels; the second was scaled by 0.5.',
    ]);
    const moved = regions.find(({ kind }) => kind === 'moved');
    expect(moved?.box.x).toBeCloseTo(60, -1);
    expect(moved?.actualBox?.x).toBeCloseTo(180, -1);
  });

  it('a page that goes on is one region', async () => {
    const { same, regions, similarity, warnings } = await compared(await page(), await page({ height: 500 }));
    expect(same).toBe(false);
    expect(regions).toMatchObject([
      { kind: 'added', box: { x: 0, y: 420, width: 640, height: 80 }, weight: 1 },
    ]);
    expect(similarity.pixels).toBeCloseTo(420 / 500, 3);
    expect(warnings[0]).toContain('laid on each other at the upper left');
  });

  it('the noise of JPEG is no difference', async () => {
    const jpeg = await encoded(await page(), (image) => image.jpeg({ quality: 80 }));
    const { regions, similarity } = await compared(await page(), jpeg);
    expect(similarity.pixels).toBeGreaterThan(0.995);
    expect(regions.filter(({ kind }) => kind !== 'changed')).toEqual([]);
  });
});

it('draws the differences', async () => {
  const options = { differenceImage: true, name: 'login' };
  const { files } = await compareImages(await page(), await page({ disc: false }), options, watched());
  expect(files).toMatchObject([{ path: 'login-difference.png', mediaType: 'image/png', role: 'data' }]);
  const drawing = sharp(Buffer.from(files[0]?.content ?? ''));
  expect(await drawing.metadata()).toMatchObject({ width: 640, height: 420, format: 'png' });
  const { data } = await drawing.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const pixel = (x: number, y: number) => [...data.subarray((y * 640 + x) * 3, (y * 640 + x) * 3 + 3)];
  expect(pixel(500, 200)).toEqual([220, 0, 30]);
  expect(pixel(600, 400)).not.toEqual([220, 0, 30]);
});

it('stops when it is told to', async () => {
  const context = watched();
  const running = compareImages(await page(), await page({ disc: false }), {}, context);
  setImmediate(() => context.cancel());
  expect(await failure(running)).toMatchObject({ code: 'cancelled' });
});
