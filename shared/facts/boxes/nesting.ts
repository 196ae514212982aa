/** Keeps boxes inside their parents' borders: a line between the two belongs to the outer one. */
import type { RawBox, SideName } from './raw-box.ts';
import { sideNames } from './raw-box.ts';

/** CSS pixels by which an inner edge may seem to lie on its parent's outer edge. */
const slack = 1.5;

/** Moves the edges of inner boxes that were measured on their parent's border to its inner edge. */
export function keepInsideParents(boxes: readonly RawBox[], scale: number): void {
  const bySize = [...boxes].sort((a, b) => sizeOf(a) - sizeOf(b));
  for (const [index, box] of bySize.entries()) {
    const parent = bySize
      .slice(index + 1)
      .find((other) => sizeOf(other) > 1.05 * sizeOf(box) && encloses(other, box, slack * scale));
    if (!parent) continue;
    for (const side of sideNames) {
      const line = parent.border[side];
      if (!line) continue;
      const inner = edgeOf(parent, side) + inward(side) * line.width;
      const gap = (edgeOf(box, side) - inner) * inward(side);
      if (gap >= 0 || gap < -(line.width + slack * scale)) continue;
      delete box.border[side];
      box[side] = inner;
    }
  }
}

const sizeOf = (box: RawBox): number => (box.right - box.left + 1) * (box.bottom - box.top + 1);
const edgeOf = (box: RawBox, side: SideName): number => box[side];
const inward = (side: SideName): 1 | -1 => (side === 'top' || side === 'left' ? 1 : -1);

function encloses(outer: RawBox, inner: RawBox, reach: number): boolean {
  return (
    outer.left <= inner.left + reach &&
    outer.right >= inner.right - reach &&
    outer.top <= inner.top + reach &&
    outer.bottom >= inner.bottom - reach
  );
}
