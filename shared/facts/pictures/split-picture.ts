/** Takes apart what only touches: a banner and the avatar that hangs over its edge are two pictures. */

interface Bounds {
  readonly left: number;
  readonly top: number;
  /** Inclusive. */
  readonly right: number;
  readonly bottom: number;
}

/** Smallest picture worth the look, CSS pixels; a row belongs to the overhang if its ink spans less than this share. */
const leastSide = 90;
const overhangWidth = 0.55;
const leastOverhang = 16;

/** @param isInk tells whether pixel `y × width + x` belongs to the picture. */
export function splitOverhang(
  area: Bounds,
  width: number,
  isInk: (index: number) => boolean,
  scale: number,
): Bounds[] {
  if (Math.min(area.right - area.left, area.bottom - area.top) < leastSide * scale) return [area];
  const full = area.right - area.left + 1;
  const span = (y: number): { left: number; right: number } | undefined => {
    let left = area.left;
    while (left <= area.right && !isInk(y * width + left)) left++;
    if (left > area.right) return undefined;
    let right = area.right;
    while (!isInk(y * width + right)) right--;
    return { left, right };
  };
  const isNarrow = (y: number): boolean => {
    const found = span(y);
    return found === undefined || found.right - found.left + 1 < overhangWidth * full;
  };
  let bottom = area.bottom;
  while (bottom > area.top && isNarrow(bottom)) bottom--;
  let top = area.top;
  while (top < bottom && isNarrow(top)) top++;
  // Where most of the picture is narrow it is simply no rectangle.
  if (bottom - top < 0.5 * (area.bottom - area.top)) return [area];
  const parts: Bounds[] = [{ ...area, top, bottom }];
  for (const [first, last] of [
    [area.top, top - 1],
    [bottom + 1, area.bottom],
  ] as const) {
    if (last - first + 1 < leastOverhang * scale) continue;
    const spans = Array.from({ length: last - first + 1 }, (_, i) => span(first + i)).filter(
      (one) => one !== undefined,
    );
    if (spans.length === 0) continue;
    parts.push({
      top: first,
      bottom: last,
      left: Math.min(...spans.map((one) => one.left)),
      right: Math.max(...spans.map((one) => one.right)),
    });
  }
  const main = parts[0];
  if (parts.length > 1 || !main) return parts;
  return [area];
}
