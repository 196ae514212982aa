/** Family, size, weight, slant and letter-spacing of a page's text lines, so that a browser sets them as they were. */
import type { Typography } from '../page-facts.ts';
import { inkBox } from '../recogniser/line-image.ts';
import { bestFit, chooseFamilies } from './choose-families.ts';
import { type Family, installedFamilies, triedWeights } from './faces.ts';
import {
  type FaceFit,
  type InkedLine,
  inkedLines,
  inkWidth,
  LineFitter,
  type TypographyLine,
} from './fit-line.ts';
import { fitHan, hanShare } from './han.ts';
import { leans } from './ink-measure.ts';
import { createTextRenderer } from './render.ts';
import { clusterSizes, type SizeMeasure, snapSizes } from './sizes.ts';
import { spacings } from './spacing.ts';
import { isStandIn, widthFactors } from './width-factor.ts';

export type { TypographyLine } from './fit-line.ts';

export interface TypographyOptions {
  /** Source pixels per CSS pixel. Default 1. */
  readonly pixelRatio?: number;
  /** Families to choose from. Default: the common ones that are installed. */
  readonly families?: readonly Family[];
}

/** Leaving the page's first family must pay at least this much. */
const familyGain = 0.08;

/** @returns one entry a line, in the same order; sizes and spacings in CSS pixels. */
export function fitTypography(
  lines: readonly TypographyLine[],
  options: TypographyOptions = {},
): Typography[] {
  const pixelRatio = options.pixelRatio ?? 1;
  const fitter = new LineFitter(createTextRenderer());
  const families = options.families ?? installedFamilies();
  const inked = inkedLines(lines);
  const isHan = (line: InkedLine): boolean => hanShare(line.text) > 0.3;
  const hanFamilies = families.filter((family) => family.han);
  const latinFamilies = families.filter((family) => !family.han);
  const found = new Map<number, Typography>();
  const latin = inked.filter((line) => !isHan(line));
  const han = inked.filter(isHan);
  for (const [index, one] of fitGroup(latin, latinFamilies, fitter, pixelRatio)) found.set(index, one);
  const main = mainFamily([...found.values()], families);
  const chinese =
    hanFamilies.length > 0
      ? fitGroup(han, hanFamilies, fitter, pixelRatio)
      : fitSquares(han, main, pixelRatio);
  for (const [index, one] of chinese) found.set(index, one);
  return lines.map((line, index) => found.get(index) ?? unfitted(line, main, pixelRatio));
}

type Entry = readonly [index: number, typography: Typography];
type FamilyName = Pick<Typography, 'kind' | 'family'>;

function fitGroup(
  lines: readonly InkedLine[],
  families: readonly Family[],
  fitter: LineFitter,
  pixelRatio: number,
): Entry[] {
  if (lines.length === 0) return [];
  const chosen = chooseFamilies(lines, families, fitter);
  const votes = lines.filter((line) => line.confidence >= 0.5 && line.characters >= 4);
  const first = votes.flatMap((line) => fitLine(line, chosen, fitter) ?? []);
  const standsIn = isStandIn(first);
  if (!standsIn) fitter.calibrate(first);
  const fits = lines.flatMap((line) => {
    const fit = fitLine(line, chosen, fitter, triedWeights);
    return fit === undefined ? [] : [{ line, fit: slanted(line, fit, fitter) }];
  });
  const weighed = standsIn
    ? fits.map(({ line, fit }) => ({ line, fit: weighByHeight(line, fit, fitter) }))
    : fits;
  const factors = widthFactors(weighed, standsIn);
  const settled = weighed.map(({ line, fit }) => ({ line, fit, factor: factors(fit.face) }));
  const toSizes = standsIn ? clusterSizes : snapSizes;
  const sizes = toSizes(settled.map(({ line, fit, factor }) => measuredSize(line, fit, factor, pixelRatio)));
  const placed = settled.map(({ line, fit }, index) => ({ line, fit, size: sizes[index] ?? 16 }));
  const spacing = spacings(placed, pixelRatio);
  return placed.map(({ line, fit: { face }, size }, index) => [
    line.index,
    {
      kind: face.family.kind,
      family: face.family.name,
      size,
      weight: face.weight,
      italic: face.italic,
      letterSpacing: spacing[index] ?? 0,
    },
  ]);
}

/** Width and height together, each as far as it can be trusted. */
function measuredSize(line: InkedLine, fit: FaceFit, factor: number, pixelRatio: number): SizeMeasure {
  // One or two letters do not tell their family, and so not how wide it runs.
  const family = line.characters < 3 ? 0.06 : factor === 1 ? 0.003 : 0.02;
  const byWidth = Math.hypot(0.35 / inkWidth(line), family);
  const byHeight = Math.hypot(0.35 / line.ink.height, 0.03);
  const share = byHeight ** 2 / (byHeight ** 2 + byWidth ** 2);
  const size = (fit.sizeByWidth / factor) ** share * fit.sizeByHeight ** (1 - share);
  return { size: size / pixelRatio, uncertainty: (byWidth * byHeight) / Math.hypot(byWidth, byHeight) };
}

function fitLine(
  line: InkedLine,
  families: readonly Family[],
  fitter: LineFitter,
  weightsOf?: (family: Family) => number[],
): FaceFit | undefined {
  let best: FaceFit | undefined;
  for (const family of families) {
    const fit = bestFit(line, family, fitter, weightsOf?.(family));
    // Too few letters tell a weight and a size, but not a family.
    const may =
      best === undefined || (line.characters >= 3 && fit !== undefined && fit.cost < best.cost - familyGain);
    if (fit !== undefined && may) best = fit;
  }
  return best;
}

function slanted(line: InkedLine, fit: FaceFit, fitter: LineFitter): FaceFit {
  if (line.characters < 3 || line.ink.height < 6 || !leans(line.image, line.ink.box)) return fit;
  const italic = fitter.fit(line, { ...fit.face, italic: true });
  return italic !== undefined && italic.cost < fit.cost ? italic : fit;
}

/** The weight again, at the size that the height tells: a stand-in's width says nothing about it. */
function weighByHeight(line: InkedLine, fit: FaceFit, fitter: LineFitter): FaceFit {
  let best = fit;
  let least = Number.POSITIVE_INFINITY;
  for (const weight of triedWeights(fit.face.family)) {
    const other = fitter.fit(line, { ...fit.face, weight });
    if (other === undefined) continue;
    const missing = inkWidth(line) * (1 - other.sizeByHeight / other.sizeByWidth);
    const spacing = line.characters < 2 ? 0 : missing / (line.characters - 1);
    const cost = fitter.cost(line, other.face, other.sizeByHeight, spacing);
    if (cost < least) [best, least] = [other, cost];
  }
  return best;
}

function mainFamily(found: readonly Typography[], families: readonly Family[]): FamilyName {
  const counts = new Map<string, number>();
  for (const { family } of found) counts.set(family, (counts.get(family) ?? 0) + 1);
  const most = found.toSorted((a, b) => (counts.get(b.family) ?? 0) - (counts.get(a.family) ?? 0))[0];
  const first = families.find(({ kind }) => kind === 'sans') ?? families[0];
  if (most !== undefined) return { kind: most.kind, family: most.family };
  return first === undefined
    ? { kind: 'sans', family: 'sans-serif' }
    : { kind: first.kind, family: first.name };
}

/** Han characters are squares, so that their number and the width tell the size without any font. */
function fitSquares(lines: readonly InkedLine[], main: FamilyName, pixelRatio: number): Entry[] {
  const fits = lines.map((line) => fitHan(line));
  const sizes = snapSizes(
    fits.map(({ size }, index) => ({
      size: size / pixelRatio,
      uncertainty: 0.015 + 0.07 / Math.max(1, lines[index]?.characters ?? 1),
    })),
  );
  return lines.map(({ index }, at) => [
    index,
    { ...main, size: sizes[at] ?? 16, weight: fits[at]?.weight ?? 400, italic: false, letterSpacing: 0 },
  ]);
}

/** Without ink, text or an installed family: what the height alone tells. */
function unfitted(line: TypographyLine, main: FamilyName, pixelRatio: number): Typography {
  const height = inkBox(line.image)?.height ?? line.image.height;
  return {
    ...main,
    size: Math.max(6, Math.round(height / 0.73 / pixelRatio)),
    weight: 400,
    italic: false,
    letterSpacing: 0,
  };
}
