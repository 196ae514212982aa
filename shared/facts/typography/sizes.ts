/** Measured sizes → the few sizes that a style sheet would name. */

export interface SizeMeasure {
  /** CSS pixels. */
  readonly size: number;
  /** Relative uncertainty, one standard deviation or so. */
  readonly uncertainty: number;
}

/** Sizes from lines at least this sure vote; the others follow them. */
const sure = 0.02;
const smallest = 6;

/**
 * @returns one size a measure: a whole pixel if that explains it, else half a pixel, else a tenth; unsure
 * measures take the commonest of the page's sizes that lies within their range.
 */
export function snapSizes(measures: readonly SizeMeasure[]): number[] {
  const tolerance = toleranceOf(measures);
  const votes = new Map<number, number>();
  for (const measure of measures) {
    if (measure.uncertainty > sure) continue;
    const size = snap(measure, tolerance);
    votes.set(size, (votes.get(size) ?? 0) + 1);
  }
  const merged = mergeNeighbours(votes);
  return measures.map((measure) => {
    const reach = 1.5 * Math.max(measure.uncertainty, tolerance);
    let best: number | undefined;
    let most = 0;
    for (const [size, count] of votes) {
      const error = Math.abs(size / measure.size - 1);
      if (error > reach) continue;
      const weight = count * Math.exp(-((error / reach) ** 2) * 2);
      if (weight > most) [best, most] = [size, weight];
    }
    const size = best ?? snap(measure, tolerance);
    return merged.get(size) ?? size;
  });
}

/** Share of the size within which a round number explains a measure. */
const exact = 0.004;
/** The same where letters stand on whole pixels, which makes lines up to 2 % too wide or too narrow. */
const rough = 0.018;

/** Browsers place letters on fractions of a pixel or, for some fonts on Linux, on whole ones; the page tells. */
function toleranceOf(measures: readonly SizeMeasure[]): number {
  const known = measures.filter(({ uncertainty }) => uncertainty < sure);
  const onHalf = known.filter(({ size }) => Math.abs(Math.round(size * 2) / 2 / size - 1) < exact);
  return onHalf.length >= 0.6 * known.length ? exact : rough;
}

/** @returns the roundest number within the measure's range, or within `tolerance` where that is more. */
export function snap({ size, uncertainty }: SizeMeasure, tolerance: number = exact): number {
  const reach = Math.max(uncertainty, tolerance);
  for (const step of [1, 0.5, 0.1]) {
    const rounded = Math.round(size / step) * step;
    if (rounded >= smallest && Math.abs(rounded / size - 1) <= reach) return Number(rounded.toFixed(2));
  }
  return Math.max(smallest, Number(size.toFixed(uncertainty > 0.01 ? 0 : 1)));
}

/** A rare size beside a common one is the common one, mismeasured. @returns the common size by the rare one. */
function mergeNeighbours(votes: Map<number, number>): Map<number, number> {
  const merged = new Map<number, number>();
  for (const [size, count] of [...votes].toSorted((a, b) => a[1] - b[1])) {
    for (const [other, more] of votes) {
      const times = isRound(other) && !isRound(size) ? 1 : 3;
      if (other === size || more < times * count || Math.abs(other / size - 1) >= 0.015) continue;
      votes.set(other, more + count);
      votes.delete(size);
      merged.set(size, other);
      break;
    }
  }
  return merged;
}

function isRound(size: number): boolean {
  return Number.isInteger(size * 2);
}
