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

/** Half the distance between neighbouring sizes that a stand-in font cannot tell apart. */
const blur = 0.055;

/**
 * Sizes in a stand-in font, whose widths vary from line to line: the page's densest size takes what lies around
 * it, then the next densest, and each becomes a whole pixel.
 */
export function clusterSizes(measures: readonly SizeMeasure[]): number[] {
  const result = measures.map(() => 0);
  const open = new Set(measures.keys());
  const near = (size: number, reach: number): number[] =>
    [...open].filter((index) => Math.abs((measures[index]?.size ?? 0) / size - 1) <= reach);
  while (open.size > 0) {
    let best: number[] = [];
    let most = -1;
    for (const index of open) {
      const around = near(measures[index]?.size ?? 0, 0.8 * blur);
      const weight = weightOf(measures, around);
      if (weight > most) [best, most] = [around, weight];
    }
    const members = [...new Set([...best, ...near(meanOf(measures, best), blur)])];
    const size = snap({ size: meanOf(measures, members), uncertainty: 0.05 });
    for (const index of members) {
      result[index] = size;
      open.delete(index);
    }
  }
  return result;
}

function weightOf(measures: readonly SizeMeasure[], indices: readonly number[]): number {
  return indices.reduce((sum, index) => sum + 1 / (measures[index]?.uncertainty ?? 1), 0);
}

function meanOf(measures: readonly SizeMeasure[], indices: readonly number[]): number {
  const sum = indices.reduce((total, index) => {
    const { size, uncertainty } = measures[index] ?? { size: 0, uncertainty: 1 };
    return total + size / uncertainty;
  }, 0);
  return sum / weightOf(measures, indices);
}
