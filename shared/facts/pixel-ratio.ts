/** Tells a screenshot of a high-density display: all its edges lie on even pixels, and its letters are large. */
import { at, median } from './pixels.ts';
import type { RawFacts } from './raw-facts.ts';

/** Median height of a letter in source pixels from which a picture is taken for one of pixel ratio 2, and 3. */
const letterHeight2 = 14;
const letterHeight3 = 22;
const surelyDense = 17;

/** @param raw measured at scale 1. @returns source pixels per CSS pixel: 1, 2 or 3. */
export function findPixelRatio(raw: RawFacts): 1 | 2 | 3 {
  const letters = raw.lines.flatMap((line) =>
    line.blobs.length < 3
      ? []
      : line.blobs.map((blob) => blob.bottom - blob.top + 1).filter((height) => height >= 4),
  );
  if (letters.length < 12) return 1;
  const height = median(letters);
  const even = shareOfEdges(raw, 2);
  if (height >= letterHeight3 && shareOfEdges(raw, 3) > Math.max(0.8, even)) return 3;
  if (height >= letterHeight2 && even >= 0.85) return 2;
  return height >= surelyDense && raw.raster.width >= 700 ? 2 : 1;
}

/** Share of the box edges and rules that lie on multiples of `unit`; 0 if there are fewer than 8. */
function shareOfEdges(raw: RawFacts, unit: number): number {
  const edges = [
    ...raw.boxes.flatMap((box) => [box.left, box.top, box.right + 1, box.bottom + 1]),
    ...raw.rules.flatMap((rule) =>
      rule.orientation === 'horizontal' ? [rule.top, rule.bottom + 1] : [rule.left, rule.right + 1],
    ),
  ].filter((edge) => edge > 0);
  if (edges.length < 8) return 0;
  return edges.filter((edge) => at([edge], 0) % unit === 0).length / edges.length;
}
