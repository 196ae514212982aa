/** Long level and upright strokes, also where a hand has drawn them: slightly off, in two strokes, with small gaps. */
import { at } from '../pixels.ts';

/** A stroke along one axis. */
export interface LongStroke {
  /** Middle across the stroke: y of a level one, x of an upright one. */
  readonly at: number;
  /** First and last pixel along it. */
  readonly from: number;
  readonly to: number;
}

/** How far a stroke may waver over its length, pixels to either side. */
const waver = 2;
const widestGap = 7;

export const levelStrokes = (walls: Uint8Array, width: number, height: number, least: number): LongStroke[] =>
  strokesAlong(width, height, least, (along, across) => at(walls, across * width + along) === 1);

export const uprightStrokes = (
  walls: Uint8Array,
  width: number,
  height: number,
  least: number,
): LongStroke[] =>
  strokesAlong(height, width, least, (along, across) => at(walls, along * width + across) === 1);

function strokesAlong(
  length: number,
  breadth: number,
  least: number,
  isInk: (along: number, across: number) => boolean,
): LongStroke[] {
  const runs: LongStroke[] = [];
  for (let across = 0; across < breadth; across++) {
    let from = -1;
    let last = -1;
    let inked = 0;
    const close = (): void => {
      if (from >= 0 && last - from + 1 >= least && inked > 0.85 * (last - from + 1))
        runs.push({ at: across, from, to: last });
      from = -1;
      inked = 0;
    };
    for (let along = 0; along < length; along++) {
      let found = false;
      for (let side = -waver; side <= waver && !found; side++) {
        const other = across + side;
        found = other >= 0 && other < breadth && isInk(along, other);
      }
      if (found) {
        if (from < 0) from = along;
        last = along;
        inked++;
      } else if (from >= 0 && along - last > widestGap) close();
    }
    close();
  }
  return joined(runs);
}

/** Neighbouring rows see the same stroke: the longest run stands for it, in the middle of those as long. */
function joined(runs: readonly LongStroke[]): LongStroke[] {
  const strokes: LongStroke[] = [];
  const taken = new Set<LongStroke>();
  for (const run of runs.toSorted((a, b) => b.to - b.from - (a.to - a.from))) {
    if (taken.has(run)) continue;
    const group = [run];
    taken.add(run);
    for (let grown = true; grown; ) {
      grown = false;
      const [low, high] = [Math.min(...group.map((one) => one.at)), Math.max(...group.map((one) => one.at))];
      for (const other of runs) {
        if (taken.has(other) || other.at < low - 1 || other.at > high + 1) continue;
        if (Math.min(other.to, run.to) - Math.max(other.from, run.from) < 0.5 * (other.to - other.from))
          continue;
        group.push(other);
        taken.add(other);
        grown = true;
      }
      // Thicker than any line: an area, or another stroke right beside.
      if (group.length > 40) break;
    }
    const long = group.filter((one) => one.to - one.from > 0.9 * (run.to - run.from)).map((one) => one.at);
    strokes.push({ at: (Math.min(...long) + Math.max(...long)) / 2, from: run.from, to: run.to });
  }
  return chained(strokes);
}

/** Pixels that the pieces of one stroke by hand may lie apart, across and along. */
const across = 6;
const along = 14;

/** A long stroke by hand bends out of its row: its pieces are put together. */
function chained(strokes: readonly LongStroke[]): LongStroke[] {
  const chains: LongStroke[] = [];
  for (const stroke of strokes.toSorted((a, b) => a.from - b.from)) {
    const index = chains.findIndex(
      (one) => Math.abs(one.at - stroke.at) <= across && stroke.from - one.to <= along,
    );
    const chain = chains[index];
    if (!chain) {
      chains.push(stroke);
      continue;
    }
    const [a, b] = [chain.to - chain.from, stroke.to - stroke.from];
    chains[index] = {
      at: (chain.at * a + stroke.at * b) / (a + b),
      from: chain.from,
      to: Math.max(chain.to, stroke.to),
    };
  }
  return chains;
}
