/** Sizes by height that agree between lines with and without ascenders or descenders, in a font that stands in. */
import type { FaceFit, FittedLine, InkedLine } from './fit-line.ts';

const descends = /[gjpqyQ,;()[\]{}|/@$§]/u;
const ascends = /[\p{Lu}\p{Nd}bdfhklt()[\]{}|/]/u;
const digits = /\p{Nd}/gu;
/** Lines that no correction is worth. */
const priorLines = 2;
/** Larger differences between fonts' proportions are misreadings. */
const most = 0.08;

/**
 * Capitals are about equally high in all fonts, descenders and small letters are not. Widths tell by how much,
 * as they do not depend on what juts out.
 */
export function levelHeights<Line extends FittedLine>(fits: readonly Line[]): Line[] {
  const ratios = new Map<string, number[]>();
  for (const { line, fit } of fits) {
    // Figures run wider or narrower against letters in every font.
    if (line.characters < 4 || line.confidence < 0.5 || digitShare(line.text) > 0.4) continue;
    const key = keyOf(line, fit);
    ratios.set(key, [...(ratios.get(key) ?? []), Math.log(fit.sizeByHeight / fit.sizeByWidth)]);
  }
  return fits.map((one) => {
    const own = ratios.get(keyOf(one.line, one.fit)) ?? [];
    const capitals = ratios.get(keyOf(one.line, one.fit, 'true false')) ?? [];
    if (own.length === 0 || capitals.length === 0 || digitShare(one.line.text) > 0.4) return one;
    const sure = Math.min(own.length, capitals.length);
    const bias = ((middle(own) - middle(capitals)) * sure) / (sure + priorLines);
    const bounded = Math.max(-most, Math.min(most, bias));
    return { ...one, fit: { ...one.fit, sizeByHeight: one.fit.sizeByHeight * Math.exp(-bounded) } };
  });
}

const digitShare = (text: string): number => (text.match(digits)?.length ?? 0) / Math.max(1, text.length);

const shapeOf = (text: string): string => `${ascends.test(text)} ${descends.test(text)}`;

const keyOf = (line: InkedLine, { face }: FaceFit, shape = shapeOf(line.text)): string =>
  `${face.family.name} ${face.weight >= 600} ${shape}`;

function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(half)] ?? 0) + (sorted[Math.ceil(half)] ?? 0)) / 2;
}
