/** Tells outlines of dashes from drawn through ones, by the gaps that were closed along them. */
import { at } from '../pixels.ts';
import type { Ground } from './ground.ts';
import { isInMask } from './mask.ts';
import type { FoundOutline } from './outline.ts';

/** Share of an outline that is gap from which it is dashed; of usual dashes a quarter to a half is. */
const leastGaps = 0.12;

/** @param bridged 1 on gaps between dashes that were closed. */
export function withDashes(
  outlines: readonly FoundOutline[],
  { ink, width, height }: Pick<Ground, 'ink' | 'width' | 'height'>,
  bridged: Uint8Array,
): FoundOutline[] {
  return outlines.map((outline) => {
    const reach = Math.ceil(outline.stroke) + (outline.mask ? 2 : Math.ceil(outline.stroke) + 2);
    let [gaps, all] = [0, 0];
    for (const [x, y, dx, dy] of rimOf(outline)) {
      let found: 'ink' | 'gap' | undefined;
      for (let step = 0; step <= reach && found !== 'ink'; step++) {
        const [px, py] = [x + dx * step, y + dy * step];
        if (px < 0 || py < 0 || px >= width || py >= height) break;
        const pixel = py * width + px;
        if (at(ink, pixel) === 1) found = 'ink';
        else if (at(bridged, pixel) === 1) found = 'gap';
      }
      if (found !== undefined) all++;
      if (found === 'gap') gaps++;
    }
    return all > 0 && gaps > leastGaps * all ? { ...outline, dashed: true } : outline;
  });
}

type Look = readonly [x: number, y: number, dx: number, dy: number];

/** From where to look for the stroke, and which way: from a shape's rim outwards, from a frame's edge inwards. */
function* rimOf({ mask, box, stroke }: FoundOutline): Generator<Look> {
  if (mask) {
    for (let y = mask.y; y < mask.y + mask.height; y++)
      for (let x = mask.x; x < mask.x + mask.width; x++) {
        if (!isInMask(mask, x, y)) continue;
        for (const [dx, dy] of [[-1, 0] as const, [1, 0] as const, [0, -1] as const, [0, 1] as const])
          if (!isInMask(mask, x + dx, y + dy)) yield [x, y, dx, dy];
      }
    return;
  }
  const [left, top] = [Math.round(box.x - stroke), Math.round(box.y - stroke)];
  const [right, bottom] = [Math.round(box.x + box.width + stroke), Math.round(box.y + box.height + stroke)];
  for (let x = left; x <= right; x++) yield* [[x, top, 0, 1] as const, [x, bottom, 0, -1] as const];
  for (let y = top; y <= bottom; y++) yield* [[left, y, 1, 0] as const, [right, y, -1, 0] as const];
}
