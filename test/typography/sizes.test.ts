/** Measured sizes become the few that a style sheet would name. */
import { describe, expect, it } from 'vitest';
import { clusterSizes, snap, snapSizes } from '../../shared/facts/typography/sizes.ts';

describe('snap', () => {
  it.each([
    [14.03, 0.005, 14],
    [14.2, 0.03, 14],
    [13.52, 0.005, 13.5],
    [13.61, 0.004, 13.6],
    [2, 0.1, 6],
  ])('%f ± %f is %f', (size, uncertainty, expected) => {
    expect(snap({ size, uncertainty })).toBe(expected);
  });
});

describe('snapSizes', () => {
  it('gives unsure measures the size that the page uses within their range', () => {
    const sizes = snapSizes([
      { size: 14.02, uncertainty: 0.004 },
      { size: 13.97, uncertainty: 0.004 },
      { size: 14.6, uncertainty: 0.05 },
      { size: 20.1, uncertainty: 0.05 },
    ]);
    expect(sizes).toEqual([14, 14, 14, 20]);
  });

  it('merges a rare size with the common one beside it', () => {
    const common = Array.from({ length: 6 }, () => ({ size: 16, uncertainty: 0.004 }));
    expect(snapSizes([...common, { size: 15.85, uncertainty: 0.004 }]).at(-1)).toBe(16);
  });
});

describe('clusterSizes', () => {
  it('gives scattered measures of a stand-in font few sizes, in whole pixels', () => {
    const measured = [13.7, 14.3, 14.1, 13.9, 14.4, 31.2, 32.5, 11.8, 12.2];
    const sizes = clusterSizes(measured.map((size) => ({ size, uncertainty: 0.02 })));
    expect(sizes).toEqual([14, 14, 14, 14, 14, 32, 32, 12, 12]);
  });

  it('answers for none', () => {
    expect(clusterSizes([])).toEqual([]);
  });
});
