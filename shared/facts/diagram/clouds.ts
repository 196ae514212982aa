/** Tells clouds, which have no template: bumps all around, notches between them. */
import { at } from '../pixels.ts';
import type { Mask } from './mask.ts';

/** Samples a side of a shape's bounds: enough to tell a slant of 3 % of the width. */
export const sampleGrid = 64;

/** Samples: how deep a notch between two bumps is at least. */
const leastNotch = 3;

/** How many notches the four sides have: places where the outline stays back from the line between its bumps. */
export function notchesOf(own: Uint8Array): number {
  const at4 = [
    (along: number, depth: number) => at(own, depth * sampleGrid + along),
    (along: number, depth: number) => at(own, (sampleGrid - 1 - depth) * sampleGrid + along),
    (along: number, depth: number) => at(own, along * sampleGrid + depth),
    (along: number, depth: number) => at(own, along * sampleGrid + sampleGrid - 1 - depth),
  ];
  return at4.reduce((sum, inside) => {
    const profile = Array.from({ length: sampleGrid }, (_, along) => {
      let depth = 0;
      while (depth < sampleGrid / 2 && inside(along, depth) === 0) depth++;
      return depth;
    });
    let notches = 0;
    let isIn = false;
    for (const [along, depth] of profile.entries()) {
      const before = Math.min(...profile.slice(0, along + 1));
      const after = Math.min(...profile.slice(along));
      const isNotch = depth < sampleGrid / 2 && depth - Math.max(before, after) >= leastNotch;
      if (isNotch && !isIn) notches++;
      isIn = isNotch;
    }
    return sum + notches;
  }, 0);
}

/** Bumps all around: the outline's distance from the middle rises and falls at least five times. */
export function isCloud(mask: Mask, own: Uint8Array): boolean {
  const reaches = Array.from({ length: 72 }, (_, index) => {
    const angle = (index / 72) * 2 * Math.PI;
    let reach = 0;
    for (let step = 0; step < 0.72; step += 0.01) {
      const [u, v] = [
        Math.floor((0.5 + Math.cos(angle) * step) * sampleGrid),
        Math.floor((0.5 + Math.sin(angle) * step) * sampleGrid),
      ];
      if (u < 0 || v < 0 || u >= sampleGrid || v >= sampleGrid) break;
      if (at(own, v * sampleGrid + u) === 1) reach = step;
    }
    return reach;
  });
  const calm = reaches.map((_, index) => {
    const around = [-1, 0, 1].map((step) => reaches[(index + step + 72) % 72] ?? 0);
    return around.reduce((sum, reach) => sum + reach, 0) / 3;
  });
  let bumps = 0;
  for (let index = 0; index < 72; index++) {
    const here = calm[index] ?? 0;
    const [before, after] = [calm[(index + 68) % 72] ?? 0, calm[(index + 4) % 72] ?? 0];
    const neighbours = [calm[(index + 71) % 72] ?? 0, calm[(index + 1) % 72] ?? 0];
    if (here >= Math.max(...neighbours) && here > Math.min(before, after) + 0.012) bumps++;
  }
  return mask.area > 0.6 * mask.width * mask.height && bumps >= 5;
}
