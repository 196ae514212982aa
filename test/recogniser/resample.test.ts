/** Lines are brought to the height that the engine reads best, without changing how much ink there is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LineImage } from '../../shared/facts/recogniser/line-image.ts';
import { resample, toReadPage } from '../../shared/facts/recogniser/resample.ts';

function filled(width: number, height: number, ink: (x: number, y: number) => number): LineImage {
  const data = Uint8Array.from({ length: width * height }, (_, index) =>
    ink(index % width, Math.floor(index / width)),
  );
  return { ink: data, width, height };
}

describe('resample', () => {
  it('keeps an even area even, at any size', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 90 }),
        fc.integer({ min: 0, max: 255 }),
        (width, height, target, ink) => {
          const out = resample(
            filled(width, height, () => ink),
            target,
            target,
          );
          expect(out).toHaveLength(target * target);
          expect(out.every((value) => Math.abs(value - ink) <= 1)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('averages all pixels where it shrinks', () => {
    const stripes = filled(200, 10, (x) => (x % 2 === 0 ? 255 : 0));
    const middle = resample(stripes, 20, 10).subarray(5 * 20 + 5, 5 * 20 + 15);
    expect(middle.every((value) => value > 110 && value < 145)).toBe(true);
  });
});

describe('toReadPage', () => {
  const header = (page: ReturnType<typeof toReadPage>): string =>
    Buffer.from(page?.bytes.subarray(0, 24) ?? [])
      .toString('latin1')
      .split('\n')
      .slice(0, 3)
      .join(' ');

  it('scales ink to 30 pixels and adds a margin, black on white', () => {
    const page = toReadPage(filled(40, 10, () => 255));
    expect(header(page)).toBe('P5 144 54 255');
    expect(page).toMatchObject({ scale: 3, margin: 12 });
    expect(page?.bytes.at(-1)).toBe(255);
    expect(page?.bytes.at(-1 - 144 * 25 - 70)).toBe(0);
  });

  it('does not blow a dash up to a block', () => {
    expect(toReadPage(filled(20, 2, () => 255))?.scale).toBe(5);
  });

  it('has no page for a line without ink', () => {
    expect(toReadPage(filled(20, 10, () => 20))).toBeUndefined();
  });
});
