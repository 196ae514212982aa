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
  const votes = new Map<number, number>();
  for (const measure of measures) {
    if (measure.uncertainty > sure) continue;
    const size = snap(measure);
    votes.set(size, (votes.get(size) ?? 0) + 1);
  }
  mergeNeighbours(votes);
  return measures.map((measure) => {
    const reach = 1.5 * Math.max(measure.uncertainty, 0.008);
    let best: number | undefined;
    let most = 0;
    for (const [size, count] of votes) {
      const error = Math.abs(size / measure.size - 1);
      if (error > reach) continue;
      const weight = count * Math.exp(-((error / reach) ** 2) * 2);
      if (weight > most) [best, most] = [size, weight];
    }
    return best ?? snap(measure);
  });
}

/** @returns the roundest number within the measure's range. */
export function snap({ size, uncertainty }: SizeMeasure): number {
  const reach = Math.max(uncertainty, 0.004);
  for (const step of [1, 0.5, 0.1]) {
    const rounded = Math.round(size / step) * step;
    if (rounded >= smallest && Math.abs(rounded / size - 1) <= reach) return Number(rounded.toFixed(2));
  }
  return Math.max(smallest, Number(size.toFixed(uncertainty > 0.01 ? 0 : 1)));
}

/** A rare size beside a common one is the common one, mismeasured. */
function mergeNeighbours(votes: Map<number, number>): void {
  for (const [size, count] of [...votes].toSorted((a, b) => a[1] - b[1])) {
    for (const [other, more] of votes) {
      if (other !== size && more >= 3 * count && Math.abs(other / size - 1) < 0.015) {
        votes.set(other, more + count);
        votes.delete(size);
        break;
      }
    }
  }
}
