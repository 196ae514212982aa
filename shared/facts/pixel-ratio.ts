/** Tells a screenshot of a high-density display: all its edges lie on even pixels, and its letters are large. */
import { at, median } from './pixels.ts';
import type { RawFacts } from './raw-facts.ts';

/**
 * Median height of a letter in source pixels. Measured on 24 pages: 8 to 11 at ratio 1 (14 for Chinese), 15 to 22 at
 * ratio 2 (23 for Chinese).
 */
const perhapsDense = 13.5;
const surelyDense = 17;
const perhapsTriple = 20;

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
  const triple = shareOfEdges(raw, 3);
  if (height >= perhapsTriple && triple >= 0.7 && triple > even) return 3;
  // A dense picture has its edges on even pixels, but for what is centred.
  if (height >= perhapsDense && even >= 0.62) return 2;
  return height >= surelyDense && raw.raster.width >= 640 ? 2 : 1;
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
