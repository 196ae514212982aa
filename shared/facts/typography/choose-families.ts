/** Which few families a page is set in, by agreement over its lines. */
import type { Family } from './faces.ts';
import { type FaceFit, type InkedLine, type LineFitter, sizesOf } from './fit-line.ts';

/** Lines that are drawn in every candidate. */
const voters = 24;
/** Candidates that are drawn; the others fall out by their widths and heights alone. */
const drawnFamilies = 7;
/** A page has few families: a second one must explain its lines this much better. */
const gain = 0.1;
const largestSet = 3;
/** Enough to tell families apart. */
const plainWeights = [400, 700];

/** @returns the page's families, the most used first; empty where none is installed. */
export function chooseFamilies(
  lines: readonly InkedLine[],
  families: readonly Family[],
  fitter: LineFitter,
): Family[] {
  const chosen = spread(lines.filter((line) => line.confidence >= 0.5 && line.characters >= 4));
  const sample = chosen.length > 0 ? chosen : spread(lines);
  const candidates = plausible(sample, families, fitter);
  const costs = candidates.map((family) => sample.map((line) => bestFit(line, family, fitter)?.cost ?? 9));
  const result: number[] = [];
  let current = sample.map(() => 1.2);
  for (let round = 0; round < largestSet; round += 1) {
    let best = -1;
    let most = round === 0 ? -1 : gain * 1.5;
    for (const [index, own] of costs.entries()) {
      if (result.includes(index)) continue;
      const won = own.reduce(
        (sum, cost, line) => sum + Math.max(0, (current[line] ?? 0) - cost - (round === 0 ? 0 : gain)),
        0,
      );
      if (won > most) [best, most] = [index, won];
    }
    if (best < 0) break;
    result.push(best);
    current = current.map((cost, line) => Math.min(cost, costs[best]?.[line] ?? 9));
  }
  return result.flatMap((index) => candidates[index] ?? []);
}

/** The face of the family that explains the line best. */
export function bestFit(
  line: InkedLine,
  family: Family,
  fitter: LineFitter,
  weights: readonly number[] = plainWeights,
): FaceFit | undefined {
  let best: FaceFit | undefined;
  for (const weight of weights) {
    const fit = fitter.fit(line, { family, weight, italic: false });
    if (fit !== undefined && (best === undefined || fit.cost < best.cost)) best = fit;
  }
  return best;
}

/** The longest lines, but each text once, and from all parts of the page's range of heights. */
function spread(lines: readonly InkedLine[]): InkedLine[] {
  const unique = [...new Map(lines.map((line) => [line.text, line])).values()];
  const byHeight = unique.toSorted((a, b) => a.ink.box.height - b.ink.box.height);
  const bins = Math.min(voters, byHeight.length);
  return Array.from({ length: bins }, (_, bin) => {
    const part = byHeight.slice(
      Math.floor((bin * byHeight.length) / bins),
      Math.floor(((bin + 1) * byHeight.length) / bins),
    );
    // Beyond some thirty letters a line tells no more, and takes longer to draw.
    return part.toSorted(
      (a, b) => Math.min(30, b.characters) - Math.min(30, a.characters) || a.characters - b.characters,
    );
  }).flatMap((part) => part.slice(0, 1));
}

/** Widths and heights must tell about the same size. */
function plausible(sample: readonly InkedLine[], families: readonly Family[], fitter: LineFitter): Family[] {
  if (families.length <= drawnFamilies) return [...families];
  const scored = families.map((family) => {
    const errors = sample.slice(0, 12).map((line) => {
      const both = plainWeights.map((weight) => {
        const sizes = sizesOf(line, { family, weight, italic: false }, fitter.renderer);
        return sizes === undefined ? 9 : Math.abs(Math.log(sizes.sizeByWidth / sizes.sizeByHeight));
      });
      return Math.min(...both);
    });
    return { family, error: errors.toSorted((a, b) => a - b)[Math.floor(errors.length / 2)] ?? 9 };
  });
  return scored
    .toSorted((a, b) => a.error - b.error)
    .slice(0, drawnFamilies)
    .map(({ family }) => family);
}
