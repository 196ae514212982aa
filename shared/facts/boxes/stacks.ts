/** Joins boxes that are one box cut by rules: the rows of a list, the columns of a toolbar. */
import { packedDistance } from '../pixels.ts';
import type { Segment } from '../regions/lines.ts';
import type { RawBox } from './raw-box.ts';

/** Widest rule between two rows, CSS pixels. */
const widestRule = 3;

/** @returns the boxes with every stack replaced by its union; the cutting rules stay among the segments. */
export function mergeStacks(boxes: readonly RawBox[], segments: readonly Segment[], scale: number): RawBox[] {
  const merged = [...boxes].sort((a, b) => a.top - b.top || a.left - b.left);
  for (const vertical of [true, false]) {
    for (let i = 0; i < merged.length; i++) {
      const first = merged[i];
      if (!first) continue;
      for (let j = 0; j < merged.length; j++) {
        const second = merged[j];
        if (
          !second ||
          second === first ||
          (!follows(first, second, vertical, segments, scale) &&
            !bridged(first, second, merged, vertical, scale))
        )
          continue;
        merged[i] = join(first, second);
        merged.splice(j, 1);
        i = -1;
        break;
      }
    }
  }
  return merged;
}

function follows(
  a: RawBox,
  b: RawBox,
  vertical: boolean,
  segments: readonly Segment[],
  scale: number,
): boolean {
  if (a.fill === undefined || b.fill === undefined || packedDistance(a.fill, b.fill) > 2) return false;
  const slack = 1.5 * scale;
  const gap = vertical ? b.top - a.bottom - 1 : b.left - a.right - 1;
  if (gap < 1 || gap > widestRule * scale) return false;
  const aligned = vertical
    ? Math.abs(a.left - b.left) <= slack && Math.abs(a.right - b.right) <= slack
    : Math.abs(a.top - b.top) <= slack && Math.abs(a.bottom - b.bottom) <= slack;
  if (!aligned) return false;
  return segments.some((s) =>
    vertical
      ? s.orientation === 'horizontal' &&
        s.top > a.bottom &&
        s.bottom < b.top &&
        s.right - s.left >= 0.7 * (a.right - a.left)
      : s.orientation === 'vertical' &&
        s.left > a.right &&
        s.right < b.left &&
        s.bottom - s.top >= 0.7 * (a.bottom - a.top),
  );
}

/** Two parts of a list with a selected row between them, as wide as they are. */
function bridged(a: RawBox, b: RawBox, boxes: readonly RawBox[], vertical: boolean, scale: number): boolean {
  if (!vertical || a.fill === undefined || b.fill === undefined || packedDistance(a.fill, b.fill) > 2)
    return false;
  if (a.left <= 1 || !sameSpan(a, b, scale)) return false;
  const near = (widestRule + 1) * scale;
  return boxes.some(
    (row) =>
      row !== a &&
      row !== b &&
      sameSpan(row, a, scale) &&
      row.bottom - row.top < 120 * scale &&
      Math.abs(row.top - a.bottom - 1) <= near &&
      Math.abs(b.top - row.bottom - 1) <= near,
  );
}

const sameSpan = (a: RawBox, b: RawBox, scale: number): boolean =>
  Math.abs(a.left - b.left) <= 1.5 * scale && Math.abs(a.right - b.right) <= 1.5 * scale;

function join(a: RawBox, b: RawBox): RawBox {
  const taller = a.bottom - a.top >= b.bottom - b.top ? a : b;
  return {
    ...taller,
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
    radius: Math.max(a.radius, b.radius),
  };
}
