/** How much wider a page's text runs than the installed face that stands in for its font. */
import type { Face } from './faces.ts';
import { type FaceFit, type FittedLine, styleOf } from './fit-line.ts';

/** Median cost above which no installed family is the page's own; its own costs about 0.1, a stand-in 0.35. */
const standInCost = 0.22;
/** Within these the widths are taken as they are: heights are hinted to whole pixels. */
const sameOwn = 0.05;
const sameStandIn = 0.01;
/** Letters are not set closer or wider than this share of the width; beyond it the size gives way. */
const mostSpacing = 0.06;
/** The same for running text in a stand-in, whose sizes are those of the page's own font as far as possible. */
const mostStandInSpacing = 0.105;
/** The same for one of its faces: bold stand-ins run wider still. */
const mostFaceSpacing = 0.17;
/** Fonts that run wider or narrower than by this share are misread. */
const mostFactor = 0.3;
/** Lines that the guess by the whole family is worth. */
const priorLines = 2;

/** Whether the page's own font is not installed, told by the best fits of its longer lines. */
export function isStandIn(fits: readonly FaceFit[]): boolean {
  return median(fits.map(({ cost }) => ({ value: cost, weight: 1 }))) > standInCost;
}

/**
 * Heights tell the true size, poorly for one line, well for a page.
 * @returns by face: size by width over true size, 1 where the page's own font is installed.
 */
export function widthFactors(fits: readonly FittedLine[], standsIn: boolean): (face: Face) => number {
  const { byFamily, byFace } = samplesOf(fits);
  const [same, most] = standsIn ? [sameStandIn, mostFactor] : [sameOwn, mostSpacing];
  return (face) => {
    const family = median(byFamily.get(face.family.name) ?? []);
    const own = byFace.get(styleOf(face)) ?? [];
    const value = (median(own) * own.length + family * priorLines) / (own.length + priorLines);
    return Math.abs(value) < same ? 1 : Math.exp(Math.max(-most, Math.min(most, value)));
  };
}

/** @returns by face: what its sizes are taken times, so that letters need no more spacing than they bear. */
export function sizeFactors(fits: readonly FittedLine[]): (face: Face) => number {
  const { byFamily, byFace } = samplesOf(fits);
  const beyond = (value: number, most: number): number =>
    Math.sign(value) * Math.max(0, Math.abs(value) - most);
  return (face) => {
    const regular = byFace.get(styleOf({ ...face, weight: 400, italic: false })) ?? [];
    const running = regular.length < priorLines ? (byFamily.get(face.family.name) ?? []) : regular;
    const family = beyond(median(running), mostStandInSpacing);
    const own = byFace.get(styleOf(face)) ?? [];
    const rest = own.length < priorLines ? 0 : beyond(median(own) - family, mostFaceSpacing);
    return Math.exp(Math.max(-mostFactor, Math.min(mostFactor, family + rest)));
  };
}

function samplesOf(fits: readonly FittedLine[]): Record<'byFamily' | 'byFace', Map<string, Sample[]>> {
  const byFamily = new Map<string, Sample[]>();
  const byFace = new Map<string, Sample[]>();
  for (const { line, fit } of fits.filter(counts)) {
    const sample = { value: Math.log(fit.sizeByWidth / fit.sizeByHeight), weight: line.ink.height };
    push(byFamily, fit.face.family.name, sample);
    push(byFace, styleOf(fit.face), sample);
  }
  return { byFamily, byFace };
}

function counts({ line }: FittedLine): boolean {
  return line.characters >= 3 && line.confidence >= 0.5;
}

interface Sample {
  readonly value: number;
  readonly weight: number;
}

function push(map: Map<string, Sample[]>, key: string, sample: Sample): void {
  const samples = map.get(key);
  if (samples === undefined) map.set(key, [sample]);
  else samples.push(sample);
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
