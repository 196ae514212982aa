/** How much wider a page's text runs than the installed face that stands in for its font. */
import type { Face } from './faces.ts';
import { type FaceFit, type InkedLine, styleOf } from './fit-line.ts';

export interface WidthFactors {
  /** Size by width over true size: 1 where the page's own font is installed, 0.92 for a narrower one. */
  of(face: Face): number;
  isOne(face: Face): boolean;
}

/** Within this the face is the page's own: hinting moves heights by as much. */
const same = 0.03;
/** Lines that the neutral guess is worth. */
const priorLines = 1;

/** Heights tell the true size, poorly for one line, well for a page. */
export function widthFactors(fits: readonly { line: InkedLine; fit: FaceFit }[]): WidthFactors {
  const byFamily = new Map<string, Sample[]>();
  const byFace = new Map<string, Sample[]>();
  for (const { line, fit } of fits) {
    if (line.characters < 3 || line.confidence < 0.5) continue;
    const sample = {
      value: Math.log(fit.sizeByWidth / fit.sizeByHeight),
      weight: line.ink.box.height,
      cost: fit.cost,
    };
    push(byFamily, fit.face.family.name, sample);
    push(byFace, styleOf(fit.face), sample);
  }
  const factorOf = (face: Face): number => {
    const family = median(byFamily.get(face.family.name) ?? []);
    const own = byFace.get(styleOf(face)) ?? [];
    const value =
      own.length === 0
        ? family
        : (median(own) * own.length + family * priorLines) / (own.length + priorLines);
    return Math.abs(value) < same ? 1 : Math.exp(value);
  };
  const cache = new Map<string, number>();
  const of = (face: Face): number => {
    const key = styleOf(face);
    const factor = cache.get(key) ?? factorOf(face);
    cache.set(key, factor);
    return factor;
  };
  return { of, isOne: (face) => of(face) === 1 };
}

interface Sample {
  readonly value: number;
  readonly weight: number;
  readonly cost: number;
}

function push(map: Map<string, Sample[]>, key: string, sample: Sample): void {
  map.set(key, [...(map.get(key) ?? []), sample]);
}

function median(samples: readonly Sample[]): number {
  const half = samples.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let sum = 0;
  for (const { value, weight } of samples.toSorted((a, b) => a.value - b.value)) {
    sum += weight;
    if (sum >= half) return value;
  }
  return 0;
}
