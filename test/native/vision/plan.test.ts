/** Steps cover all rows of all stages in order, and rotary positions follow the order of merging. */
import { describe, expect, it } from 'vitest';
import { planEncode, type Unit } from '../../../shared/engine/native/vision/plan.ts';
import type { Projector } from '../../../shared/engine/native/vision/projector.ts';
import { ropePositions } from '../../../shared/engine/native/vision/tower-state.ts';

/** Qwen3-VL-2B's. */
const projector: Projector = {
  patches: { patchSize: 16, mergeSize: 2, mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] },
  layers: 24,
  width: 1024,
  feedForward: 4096,
  heads: 16,
  grid: 48,
  epsilon: 1e-6,
  activation: 'gelu',
  deepStackAt: [5, 11, 17],
  outputWidth: 2048,
};

function rowsOf(units: readonly Unit[], matches: (unit: Unit) => boolean): number[] {
  return units.filter(matches).flatMap((unit) => {
    if (!('rows' in unit)) return [];
    return Array.from({ length: unit.rows.count }, (_, index) => unit.rows.first + index);
  });
}

describe('planEncode', () => {
  it.each([
    [4, 1e12, 'flash'],
    [48, 1e6, 'flash'],
    [3072, 4e9, 'flash'],
    [8160, 4e9, 'flash'],
    [8160, 1e13, 'soft-max'],
    [16384, 1, 'soft-max'],
  ] as const)('covers %d patches in steps of %d multiplications (%s)', (patches, work, attention) => {
    const { parts, steps } = planEncode(projector, patches, work, attention);
    const all = Array.from({ length: patches }, (_, index) => index);
    expect(
      parts.flatMap(({ first, count }) => Array.from({ length: count }, (_, row) => first + row)),
    ).toEqual(all);
    expect(parts.every(({ first, count }) => first % 4 === 0 && count % 4 === 0)).toBe(true);
    const units = steps.flat();
    expect(units[0]).toEqual({ kind: 'positions' });
    for (const layer of [0, 23]) {
      expect(rowsOf(units, (unit) => unit.kind === 'keys' && unit.layer === layer)).toEqual(all);
      expect(rowsOf(units, (unit) => unit.kind === 'layer' && unit.layer === layer)).toEqual(all);
    }
    expect(rowsOf(units, ({ kind }) => kind === 'patches')).toEqual(all);
    expect(rowsOf(units, ({ kind }) => kind === 'merger')).toEqual(all);
  });

  it('has more steps for more patches and one where all fits', () => {
    const steps = (patches: number, work: number) =>
      planEncode(projector, patches, work, 'flash').steps.length;
    expect(steps(8160, 1e14)).toBe(1);
    expect(steps(3072, 4e9)).toBeGreaterThan(100);
    expect(steps(8160, 4e9)).toBeGreaterThan(steps(3072, 4e9));
  });

  it('bounds the memory of attention without flash', () => {
    const { parts } = planEncode(projector, 8160, 1e15, 'soft-max');
    const largest = Math.max(...parts.map(({ count }) => count));
    expect(largest * 8160 * 16 * 4).toBeLessThan(640 * 1024 * 1024);
  });
});

describe('ropePositions', () => {
  it('gives y, x, y, x of the patches, those of a token together, part after part', () => {
    const parts = [
      { first: 0, count: 8 },
      { first: 8, count: 8 },
    ];
    const positions = Array.from(ropePositions(4, 4, 2, parts));
    const planes = (from: number) =>
      [0, 1, 2, 3].map((plane) => positions.slice(from + plane * 8, from + plane * 8 + 8));
    const x = [0, 1, 0, 1, 2, 3, 2, 3];
    const top = [0, 0, 1, 1, 0, 0, 1, 1];
    const bottom = top.map((y) => y + 2);
    expect(planes(0)).toEqual([top, x, top, x]);
    expect(planes(32)).toEqual([bottom, x, bottom, x]);
  });
});
