/** Straight thin segments out of thin regions: rules, borders, the grid of a table. */
import { at, median, packedAt, packedDistance } from '../pixels.ts';
import type { FlatRegions } from './flat-regions.ts';
import { maxLineWidth } from './surfaces.ts';

/** A straight segment in source pixels; inclusive bounds. */
export interface Segment {
  readonly orientation: 'horizontal' | 'vertical';
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly color: number;
  readonly region: number;
}

/** Largest change of a line's end from one row of pixels to the next. */
const roundingStep = 8;

interface Span {
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly last: number;
  readonly origin: Span | undefined;
}

interface Open {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** @param minLength shortest segment, source pixels. @param scale source pixels per CSS pixel. */
export function findSegments(
  regions: FlatRegions,
  lineRegions: readonly number[],
  minLength: number,
  scale: number,
): Segment[] {
  const limit = Math.round(maxLineWidth * scale);
  return lineRegions.flatMap((region) => {
    const color = at(regions.color, region);
    const make = (orientation: Segment['orientation']) =>
      sweep(regions, region, orientation === 'horizontal', minLength)
        .filter((s) => (orientation === 'horizontal' ? s.bottom - s.top : s.right - s.left) < limit)
        .map((s): Segment => ({ orientation, ...s, color, region }));
    return [...make('horizontal'), ...make('vertical')];
  });
}

/** Runs along one direction, joined across it where they cover the same span. */
function sweep(regions: FlatRegions, region: number, horizontal: boolean, minLength: number): Open[] {
  const { labels, width } = regions;
  const [a0, a1] = horizontal
    ? [at(regions.left, region), at(regions.right, region)]
    : [at(regions.top, region), at(regions.bottom, region)];
  const [b0, b1] = horizontal
    ? [at(regions.top, region), at(regions.bottom, region)]
    : [at(regions.left, region), at(regions.right, region)];
  if (a1 - a0 + 1 < minLength) return [];
  const done: Open[] = [];
  let open: Span[] = [];
  for (let b = b0; b <= b1; b++) {
    const next: Span[] = [];
    let from = -1;
    for (let a = a0; a <= a1 + 1; a++) {
      const index = horizontal ? b * width + a : a * width + b;
      const inside = a <= a1 && at(labels, index) === region;
      if (inside && from < 0) from = a;
      if (inside || from < 0) continue;
      const to = a - 1;
      if (to - from + 1 >= minLength) {
        // The lines of a rounded border grow shorter towards its outer edge.
        const above = open.find(
          (o) => Math.abs(o.from - from) <= roundingStep && Math.abs(o.to - to) <= roundingStep,
        );
        next.push(
          above
            ? {
                from: Math.min(from, above.from),
                to: Math.max(to, above.to),
                first: above.first,
                last: b,
                origin: above,
              }
            : { from, to, first: b, last: b, origin: undefined },
        );
      }
      from = -1;
    }
    for (const o of open) if (!next.some((n) => n.origin === o)) done.push(toRect(o));
    open = next;
  }
  done.push(...open.map(toRect));
  return done;

  function toRect(o: { from: number; to: number; first: number; last: number }): Open {
    return horizontal
      ? { left: o.from, right: o.to, top: o.first, bottom: o.last }
      : { left: o.first, right: o.last, top: o.from, bottom: o.to };
  }
}

/** A rule stands out on both sides by this much, 0..255; the rows of a shadow differ by less from the next one. */
const leastStep = 6;

/** True for a line that stands out from what is on either side of it, at its middle and its quarters. */
export function standsOut(data: Uint8Array, regions: FlatRegions, segment: Segment): boolean {
  const { width, height } = regions;
  const horizontal = segment.orientation === 'horizontal';
  const step = (beyond: number): number => {
    const found = [0.25, 0.5, 0.75].map((share) => {
      const along = Math.round(
        (horizontal ? segment.left : segment.top) * (1 - share) +
          (horizontal ? segment.right : segment.bottom) * share,
      );
      const limit = horizontal ? height : width;
      if (beyond < 0 || beyond >= limit) return 255;
      return packedDistance(
        packedAt(data, horizontal ? beyond * width + along : along * width + beyond),
        segment.color,
      );
    });
    return median(found);
  };
  const before = step((horizontal ? segment.top : segment.left) - 1);
  const after = step((horizontal ? segment.bottom : segment.right) + 1);
  return Math.min(before, after) >= leastStep;
}
