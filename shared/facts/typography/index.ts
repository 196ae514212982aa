/** Family, size, weight, slant and letter-spacing of a page's text lines, so that a browser sets them as they were. */
import type { Typography } from '../page-facts.ts';
import { inkBox } from '../recogniser/line-image.ts';
import { bestFit, chooseFamilies } from './choose-families.ts';
import { type Family, installedFamilies, triedWeights } from './faces.ts';
import { fewSpacings } from './few-spacings.ts';
import {
  type FaceFit,
  type FittedLine,
  type InkedLine,
  inkedLines,
  inkWidth,
  LineFitter,
  type TypographyLine,
} from './fit-line.ts';
import { fitHan, hanShare } from './han.ts';
import { leans } from './ink-measure.ts';
import { levelHeights } from './level-heights.ts';
import { createTextRenderer } from './render.ts';
import { clusterSizes, type SizeMeasure, snapSizes } from './sizes.ts';
import { spacings } from './spacing.ts';
import { weighByStrokes } from './weights.ts';
import { isStandIn, sizeFactors, widthFactors } from './width-factor.ts';

export type { TypographyLine } from './fit-line.ts';

export interface TypographyOptions {
  /** Source pixels per CSS pixel. Default 1. */
  readonly pixelRatio?: number;
  /** Families to choose from. Default: the common ones that are installed. */
  readonly families?: readonly Family[];
}

/** Leaving the page's first family must pay at least this much. */
const familyGain = 0.08;
/** The same where none of the families is the page's own, so that all lines fit badly. */
const standInGain = 0.3;

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
    const fit = fitLine(line, chosen, fitter, triedWeights, standsIn ? standInGain : familyGain);
    return fit === undefined ? [] : [{ line, fit: slanted(line, fit, fitter) }];
  });
  const { settled, sizes, weights } = standsIn
    ? settleStandIn(fits, fitter, pixelRatio)
    : settleOwn(fits, pixelRatio);
  const placed = settled.map(({ line, fit }, index) => ({ line, fit, size: sizes[index] ?? 16 }));
  const spacing = (standsIn ? fewSpacings : spacings)(placed, pixelRatio);
  return placed.map(({ line, fit: { face }, size }, index) => [
    line.index,
    {
      kind: face.family.kind,
      family: face.family.name,
      size,
      weight: weights[index] ?? face.weight,
      italic: face.italic,
      letterSpacing: spacing[index] ?? 0,
    },
  ]);
}

interface Settled {
  readonly settled: readonly FittedLine[];
  /** CSS pixels. */
  readonly sizes: readonly number[];
  readonly weights: readonly number[];
}

function settleOwn(fits: readonly FittedLine[], pixelRatio: number): Settled {
  return {
    settled: fits,
    sizes: snapSizes(measuredSizes(fits, false, pixelRatio)),
    weights: fits.map(({ fit }) => fit.face.weight),
  };
}

/** Thickness needs sizes, and sizes by width need weights: each is taken again once the other is better known. */
function settleStandIn(fits: readonly FittedLine[], fitter: LineFitter, pixelRatio: number): Settled {
  let settled = levelHeights(fits.map(({ line, fit }) => ({ line, fit: inFace(line, fit, 400, fitter) })));
  let sizes = clusterSizes(
    settled.map(({ line, fit }) => ({
      size: fit.sizeByHeight / pixelRatio,
      uncertainty: 0.02 + 0.35 / line.ink.height,
    })),
  );
  let weights: number[] = [];
  for (let round = 0; round < 2; round += 1) {
    weights = weighByStrokes(
      settled,
      sizes.map((size) => size * pixelRatio),
      fitter.renderer,
    );
    settled = levelHeights(
      fits.map(({ line, fit }, index) => ({ line, fit: inFace(line, fit, weights[index] ?? 400, fitter) })),
    );
    sizes = clusterSizes(measuredSizes(settled, true, pixelRatio));
  }
  const shrink = sizeFactors(settled);
  return {
    settled,
    sizes: sizes.map((size, index) => {
      const face = settled[index]?.fit.face;
      return face === undefined ? size : Math.max(6, Math.round(size * shrink(face)));
    }),
    weights,
  };
}

function measuredSizes(fits: readonly FittedLine[], standsIn: boolean, pixelRatio: number): SizeMeasure[] {
  const factors = widthFactors(fits, standsIn);
  return fits.map(({ line, fit }) => measuredSize(line, fit, factors(fit.face), pixelRatio));
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
  gain = familyGain,
): FaceFit | undefined {
  let best: FaceFit | undefined;
  for (const family of families) {
    const fit = bestFit(line, family, fitter, weightsOf?.(family));
    // Too few letters tell a weight and a size, but not a family.
    const may =
      best === undefined || (line.characters >= 3 && fit !== undefined && fit.cost < best.cost - gain);
    if (fit !== undefined && may) best = fit;
  }
  return best;
}

function slanted(line: InkedLine, fit: FaceFit, fitter: LineFitter): FaceFit {
  if (line.characters < 3 || line.ink.height < 6 || !leans(line.image, line.ink.box)) return fit;
  const italic = fitter.fit(line, { ...fit.face, italic: true });
  return italic !== undefined && italic.cost < fit.cost ? italic : fit;
}

/** The face that a browser takes for the weight. */
function inFace(line: InkedLine, fit: FaceFit, weight: number, fitter: LineFitter): FaceFit {
  const own = triedWeights(fit.face.family).includes(weight) ? weight : weight >= 600 ? 700 : 400;
  return fitter.fit(line, { ...fit.face, weight: own }) ?? fit;
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
