/** The best quadrilateral that four lines bound. */
import type { Plane, Point } from '../plane.ts';
import { isPlausible, polygonArea, type Quadrilateral } from '../quadrilateral.ts';
import { smallestShare } from '../regions.ts';
import { type LevelLine, share } from './lines.ts';

export type Size = Pick<Plane, 'width' | 'height'>;

/** Those that may become each side; the upright ones with x and y exchanged. */
export interface Sides {
  readonly tops: readonly LevelLine[];
  readonly bottoms: readonly LevelLine[];
  readonly lefts: readonly LevelLine[];
  readonly rights: readonly LevelLine[];
}

export interface Candidate {
  readonly corners: Quadrilateral;
  /** Share of each side that lies on an edge, from the upper one clockwise. */
  readonly support: readonly number[];
  readonly score: number;
  /** Whether two sides run on beyond a third, which then is no end of the thing. */
  readonly isCut: boolean;
}

const weakestSide = 0.7;
const meanSupport = 0.88;

/** Of a side, beyond its end: how far one must run on to be no end, and how much of that lies on an edge. */
const beyond = 0.05;
const runningOn = 0.8;

/** An upright line and where it meets the upper and the lower side. */
interface Column {
  readonly line: LevelLine;
  readonly upper: Point;
  readonly lower: Point;
  readonly support: number;
}

/** The largest and best supported one whose corners lie in the picture; undefined if there is none. */
export function bestBetween(
  { tops, bottoms, lefts, rights }: Sides,
  size: Size,
  isWanted: (corners: Quadrilateral) => boolean = () => true,
): Candidate | undefined {
  let best: Candidate | undefined;
  for (const top of tops) {
    for (const bottom of bottoms) {
      if (bottom.middle - top.middle < 0.2 * size.height) continue;
      const right = columnsBetween(top, bottom, rights, size);
      for (const left of right.length > 0 ? columnsBetween(top, bottom, lefts, size) : []) {
        for (const other of right) {
          const found = candidate(top, other, bottom, left, size, best?.score ?? 0);
          if (found && isWanted(found.corners)) best = found;
        }
      }
    }
  }
  return best;
}

function columnsBetween(
  top: LevelLine,
  bottom: LevelLine,
  lines: readonly LevelLine[],
  size: Size,
): Column[] {
  return lines.flatMap((line) => {
    const [upper, lower] = [crossing(top, line, size), crossing(bottom, line, size)];
    if (!upper || !lower) return [];
    const support = share(line, upper.y, lower.y);
    return support < weakestSide ? [] : [{ line, upper, lower, support }];
  });
}

/** Undefined unless its score is above `least`. */
function candidate(
  top: LevelLine,
  right: Column,
  bottom: LevelLine,
  left: Column,
  { width, height }: Size,
  least: number,
): Candidate | undefined {
  if (right.upper.x - left.upper.x < 0.2 * width) return undefined;
  const support = [
    share(top, left.upper.x, right.upper.x),
    right.support,
    share(bottom, left.lower.x, right.lower.x),
    left.support,
  ];
  if (Math.min(...support) < weakestSide || mean(support) < meanSupport) return undefined;
  const corners: Quadrilateral = [left.upper, right.upper, right.lower, left.lower];
  const area = polygonArea(corners);
  const score = mean(support) ** 2 * Math.sqrt(area);
  if (score <= least || area < smallestShare * width * height || !isPlausible(corners)) return undefined;
  const isCut =
    [left, right].every(({ line, upper, lower }) => runsOn(line, upper.y, lower.y)) ||
    [left, right].every(({ line, upper, lower }) => runsOn(line, lower.y, upper.y)) ||
    (runsOn(top, left.upper.x, right.upper.x) && runsOn(bottom, left.lower.x, right.lower.x)) ||
    (runsOn(top, right.upper.x, left.upper.x) && runsOn(bottom, right.lower.x, left.lower.x));
  return { corners, support, score, isCut };
}

/** Whether an edge goes on from the corner at `end`, away from the one at `other`. */
function runsOn(line: LevelLine, end: number, other: number): boolean {
  const further = end + beyond * (end - other);
  return share(line, Math.min(end, further), Math.max(end, further)) > runningOn;
}

/** Where a level and an upright line meet, unless that is outside of the picture. */
function crossing(row: LevelLine, column: LevelLine, { width, height }: Size): Point | undefined {
  // y = row.middle + row.slope (x − w/2) and x = column.middle + column.slope (y − h/2)
  const y =
    (row.middle + row.slope * (column.middle - (column.slope * height) / 2 - width / 2)) /
    (1 - row.slope * column.slope);
  const x = column.middle + column.slope * (y - height / 2);
  return x < 0 || y < 0 || x > width - 1 || y > height - 1 ? undefined : { x, y };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
