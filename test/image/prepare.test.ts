/** The size at which a model sees a picture, and boxes back in source pixels. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type PrepareOptions,
  planTiles,
  prepareForModel,
  readPicture,
  tileMapping,
} from '../../shared/image/index.ts';
import { bytesOf, context, failure, halves } from './pictures.ts';

const anySize = fc.record({
  width: fc.integer({ min: 1, max: 12_000 }),
  height: fc.integer({ min: 1, max: 12_000 }),
});
const anyOptions = fc.record(
  {
    minTokens: fc.integer({ min: 1, max: 1024 }),
    maxTokens: fc.integer({ min: 1024, max: 4096 }),
    tile: fc.constantFrom('auto' as const, 'never' as const),
    overlap: fc.integer({ min: 0, max: 400 }),
  },
  { requiredKeys: [] },
);

describe('the budget', () => {
  it.each([
    // A page that already fits is not scaled at all, so that its text stays crisp.
    [1920, 1080, 60, 34, 1],
    [1024, 1024, 32, 32, 1],
    // A little too small: enlarged to the next whole column.
    [1280, 800, 41, 26, 1.025],
    [390, 4000, 13, 125, 1],
  ])('%d × %d becomes %d × %d tokens at %d', (width, height, columns, rows, scale) => {
    const plans = planTiles(width, height);
    expect(plans).toHaveLength(1);
    expect(plans[0]?.fit).toMatchObject({ columns, rows, scale });
  });

  it('is kept for every size', () => {
    fc.assert(
      fc.property(anySize, anyOptions, ({ width, height }, options: PrepareOptions) => {
        for (const { fit } of planTiles(width, height, options)) {
          const tokens = fit.columns * fit.rows;
          expect(tokens).toBeLessThanOrEqual(options.maxTokens ?? 2048);
          expect(tokens).toBeGreaterThanOrEqual(8);
          expect(fit.contentWidth).toBeLessThanOrEqual(fit.columns * 32);
          expect(fit.contentHeight).toBeLessThanOrEqual(fit.rows * 32);
          expect(fit.scale).toBeLessThanOrEqual(4);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('is used: ordinary screenshots get at least the least number of tokens, with little padding', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 500, max: 4000 }),
        fc.double({ min: 0.4, max: 2.5, noNaN: true }),
        (width, aspect) => {
          const plan = planTiles(width, Math.round(width / aspect), { tile: 'never' })[0];
          const { columns = 0, rows = 0, contentWidth = 0, contentHeight = 0 } = plan?.fit ?? {};
          expect(columns * rows).toBeGreaterThanOrEqual(1024);
          expect((contentWidth * contentHeight) / (columns * rows * 1024)).toBeGreaterThan(0.9);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('refuses a budget that contradicts itself', async () => {
    const raster = { width: 1, height: 1, data: new Uint8Array(3) };
    const error = await failure(prepareForModel({ raster }, context(), { minTokens: 3000 }));
    expect(error).toMatchObject({
      code: 'option-invalid',
      message: 'Expected minTokens ≤ maxTokens and maxTokens ≥ 64, but got 3000 and 2048.',
    });
  });
});

describe('tiles', () => {
  it('cut a long page where shrinking would lose its text, and nothing else', () => {
    expect(planTiles(1280, 6000).length).toBeGreaterThan(2);
    expect(planTiles(6000, 1280).length).toBeGreaterThan(2);
    expect(planTiles(1280, 6000, { tile: 'never' })).toHaveLength(1);
    expect(planTiles(2880, 1800)).toHaveLength(1);
    for (const { fit } of planTiles(1280, 6000)) expect(fit.scale).toBeGreaterThanOrEqual(0.75);
  });

  it('cover every pixel and overlap', () => {
    fc.assert(
      fc.property(anySize, anyOptions, ({ width, height }, options: PrepareOptions) => {
        const plans = planTiles(width, height, options);
        const isDown = height >= width;
        let covered = 0;
        for (const [index, { source }] of plans.entries()) {
          const from = isDown ? source.y : source.x;
          const size = isDown ? source.height : source.width;
          const across = isDown ? source.width : source.height;
          expect(across).toBe(Math.min(width, height));
          expect(from).toBeGreaterThanOrEqual(0);
          if (index > 0)
            expect(covered - from).toBeGreaterThanOrEqual(Math.min(options.overlap ?? 128, size / 4) - 2);
          expect(from).toBeLessThanOrEqual(covered);
          covered = from + size;
        }
        expect(covered).toBe(Math.max(width, height));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the mapping', () => {
  it('returns a rectangle of the source within a pixel', () => {
    const anyPart = fc.record({ from: fc.nat(999), to: fc.nat(999) });
    fc.assert(
      fc.property(
        anySize,
        anyOptions,
        anyPart,
        anyPart,
        ({ width, height }, options: PrepareOptions, h, v) => {
          for (const plan of planTiles(width, height, options)) {
            const { source } = plan;
            const at = (from: number, size: number, part: number): number =>
              from + Math.floor((size * part) / 1000);
            const [x1, x2] = [Math.min(h.from, h.to), Math.max(h.from, h.to)].map((p) =>
              at(source.x, source.width, p),
            );
            const [y1, y2] = [Math.min(v.from, v.to), Math.max(v.from, v.to)].map((p) =>
              at(source.y, source.height, p),
            );
            const rect = {
              x: x1 ?? 0,
              y: y1 ?? 0,
              width: (x2 ?? 0) - (x1 ?? 0),
              height: (y2 ?? 0) - (y1 ?? 0),
            };
            const { toSource, fromSource } = tileMapping(plan);
            const back = toSource(fromSource(rect));
            for (const key of ['x', 'y', 'width', 'height'] as const)
              expect(Math.abs(back[key] - rect[key])).toBeLessThan(1e-6);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('never leaves the tile, whatever the model answers', () => {
    const anyBox = fc.tuple(
      ...([0, 1, 2, 3].map(() => fc.integer({ min: -500, max: 2000 })) as [
        fc.Arbitrary<number>,
        fc.Arbitrary<number>,
        fc.Arbitrary<number>,
        fc.Arbitrary<number>,
      ]),
    ); // four equal parts
    fc.assert(
      fc.property(anySize, anyBox, ({ width, height }, box) => {
        for (const plan of planTiles(width, height)) {
          const rect = tileMapping(plan).toSource(box);
          expect(rect.width).toBeGreaterThanOrEqual(0);
          expect(rect.height).toBeGreaterThanOrEqual(0);
          expect(rect.x).toBeGreaterThanOrEqual(plan.source.x);
          expect(rect.x + rect.width).toBeLessThanOrEqual(plan.source.x + plan.source.width + 1e-6);
          expect(rect.y + rect.height).toBeLessThanOrEqual(plan.source.y + plan.source.height + 1e-6);
        }
      }),
    );
  });
});

describe('pixels', () => {
  it('show the picture at the upper left, its edge repeated in the padding', async () => {
    const picture = await readPicture(bytesOf(await halves(1000, 700).png().toBuffer()), context());
    const [tile, ...others] = await prepareForModel(picture, context());
    expect(others).toEqual([]);
    if (tile === undefined) throw new Error('expected a tile');
    const { raster } = tile;
    expect([raster.width % 32, raster.height % 32]).toEqual([0, 0]);
    expect(tile.tokens).toBe((raster.width / 32) * (raster.height / 32));
    expect(raster.data).toHaveLength(raster.width * raster.height * 3);
    const at = (x: number, y: number): number[] => [
      ...raster.data.subarray((y * raster.width + x) * 3).subarray(0, 3),
    ];
    expect(at(10, 10)).toEqual([255, 0, 0]);
    expect(at(raster.width - 1, raster.height - 1)).toEqual([0, 0, 255]);
    // The middle of the picture is where the colours meet, found through the mapping.
    const [middle] = tile.fromSource({ x: 500, y: 0, width: 0, height: 0 });
    const column = Math.round((middle / 1000) * raster.width);
    expect(at(column - 3, 300)).toEqual([255, 0, 0]);
    expect(at(column + 3, 300)).toEqual([0, 0, 255]);
  });

  it('enlarges a picture of one pixel without failing', async () => {
    const raster = { width: 1, height: 1, data: new Uint8Array([9, 8, 7]) };
    const [tile] = await prepareForModel({ raster }, context());
    expect(tile?.tokens).toBeGreaterThanOrEqual(8);
    expect(tile?.toSource([0, 0, 1000, 1000])).toEqual({ x: 0, y: 0, width: 1, height: 1 });
  });
});
