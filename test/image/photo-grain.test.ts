/** The camera's noise goes, edges and faint lines stay. */
import { describe, expect, it } from 'vitest';
import type { Raster } from '../../shared/image/index.ts';
import { noiseOf, withoutGrain } from '../../shared/image/photo/grain.ts';
import { random } from './photos.ts';
import { context } from './pictures.ts';

/** Grey on the left, dark on the right, with a faint line across the grey. */
function noisy(deviation: number): Raster {
  const next = random(5);
  const [width, height] = [160, 120];
  const data = new Uint8Array(width * height * 3);
  for (let at = 0; at < data.length; at++) {
    const x = Math.floor(at / 3) % width;
    const y = Math.floor(at / 3 / width);
    const level = x >= 120 ? 40 : y === 60 ? 190 : 220;
    data[at] = level + Math.round((next() + next() + next() + next() - 2) * 1.73 * deviation);
  }
  return { width, height, data };
}

const at = ({ width, data }: Raster, x: number, y: number): number => data[(y * width + x) * 3 + 1] ?? 0;

describe('without grain', () => {
  it('plain areas are calmer, an edge and a faint line as strong as before', async () => {
    const before = noisy(3);
    const after = await withoutGrain(before, context());
    expect(noiseOf(before)).toBeGreaterThan(2);
    expect(noiseOf(after)).toBeLessThan(0.5 * noiseOf(before));
    const columns = Array.from({ length: 100 }, (_, x) => at(after, x + 5, 57) - at(after, x + 5, 60));
    expect(columns.reduce((sum, value) => sum + value, 0) / 100).toBeGreaterThan(24);
    expect(at(after, 119, 20) - at(after, 120, 20)).toBeGreaterThan(160);
  });

  it('a drawn picture is the same one', async () => {
    const drawn = noisy(0);
    expect(await withoutGrain(drawn, context())).toBe(drawn);
  });
});
