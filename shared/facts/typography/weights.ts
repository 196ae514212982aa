/** Weights of lines whose font is not installed: from the thickness of their strokes, compared within the page. */
import type { FittedLine } from './fit-line.ts';
import type { TextRenderer } from './render.ts';

/**
 * Thickness above that of the page's running text, as a share of the step from the stand-in's regular to its bold.
 * Measured over Inter, Roboto, Lato, Manrope, Nunito, Poppins beside DejaVu Sans: medium 0.2–0.4, semi-bold 0.35–0.6,
 * bold 0.45–1. Medium is within the scatter of running text and taken for it, so that equal lines stay equal.
 */
const levels: readonly (readonly [least: number, weight: number])[] = [
  [0.6, 700],
  [0.42, 600],
];
/** Lines of one size closer than this are one weight: glyphs scatter by 0.1. */
const sameSize = 0.2;
/** The same across sizes: small strokes are blurred, so that their thickness tells less. */
const samePage = 0.12;
/** Running text thicker than this is bold itself. */
const thickest = 0.25;
/** Running text may be of several sizes, whose thickness differs this much. */
const alike = 0.22;
/** Shares of the page's letters that make a group running text, and the page's bold. */
const runningText = 0.2;
const boldText = 0.05;
/** Fonts whose bold is less than this are judged on their own scale, but never on one finer than `leastBold` of it. */
const fullBold = 0.7;
const leastBold = 0.7;
/**
 * Figures of DejaVu Sans, beside its letters, are this much thicker than those of Inter, Roboto and Lato are beside
 * theirs; as a share of the step from regular to bold.
 */
const thickFigures = 0.18;
const figure = /\p{Nd}/u;
/** Fewer letters tell their weight only by their neighbours. */
const fewLetters = 2;
/** Letters beyond this number add no certainty. */
const manyLetters = 12;

/** @param sizes in source pixels, one a line; equal ones are weighed together. @returns 400, 600 or 700 a line. */
export function weighByStrokes(
  fits: readonly FittedLine[],
  sizes: readonly number[],
  renderer: TextRenderer,
): number[] {
  const result = fits.map(() => 400);
  const values = fits.map((one, index) => thicknessOf(one, sizes[index] ?? 0, renderer));
  const byFamily = grouped([...fits.keys()], (index) => fits[index]?.fit.face.family.name);
  for (const own of byFamily.values()) {
    const samples = own.flatMap((index): Sample[] => {
      const value = values[index];
      const characters = fits[index]?.line.characters ?? 0;
      if (value === undefined || characters < fewLetters) return [];
      return [{ indices: [index], value, mass: Math.min(manyLetters, characters) }];
    });
    const sizeOf = ({ indices }: Sample): number => sizes[indices[0] ?? -1] ?? 0;
    const local = [...grouped(samples, sizeOf).values()].flatMap((equal) => merge(equal, sameSize));
    const groups = merge(local, samePage);
    const levelOf = levelsOf(groups);
    for (const { indices, value } of groups) for (const index of indices) result[index] = levelOf(value);
    for (const index of own) {
      if (samples.some(({ indices }) => indices[0] === index)) continue;
      const value = values[index];
      const near = local.filter((one) => sizeOf(one) === sizes[index]);
      const nearest = near.toSorted(
        (a, b) => Math.abs(a.value - (value ?? 0)) - Math.abs(b.value - (value ?? 0)),
      )[0];
      if (nearest !== undefined) result[index] = result[nearest.indices[0] ?? -1] ?? 400;
      else if (value !== undefined) result[index] = levelOf(value);
    }
  }
  return result;
}

function grouped<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

interface Sample {
  readonly indices: readonly number[];
  readonly value: number;
  readonly mass: number;
}

/** 0 is as thick as the stand-in's regular face at the same height, 1 as its bold one. */
function thicknessOf({ line, fit }: FittedLine, size: number, renderer: TextRenderer): number | undefined {
  if (size < 3 || size > 400) return undefined;
  const { family } = fit.face;
  const regular = renderer.draw({ family, weight: 400, italic: fit.face.italic }, size, line.text);
  const bold = renderer.draw({ family, weight: 700, italic: fit.face.italic }, size, line.text);
  if (regular === undefined || bold === undefined || line.ink.stroke <= 0) return undefined;
  const step = Math.log(bold.stroke / regular.stroke);
  if (step < 0.05) return undefined;
  const figures = [...line.text].filter((character) => figure.test(character)).length / line.characters;
  return Math.log(line.ink.stroke / regular.stroke) / step + thickFigures * figures;
}

/** Joins the closest neighbours until all are further apart than `reach`. */
function merge(samples: readonly Sample[], reach: number): Sample[] {
  const groups = samples.toSorted((a, b) => a.value - b.value);
  for (;;) {
    let closest = -1;
    let least = reach;
    for (let index = 1; index < groups.length; index += 1) {
      const gap = (groups[index]?.value ?? 0) - (groups[index - 1]?.value ?? 0);
      if (gap < least) [closest, least] = [index, gap];
    }
    const [a, b] = [groups[closest - 1], groups[closest]];
    if (a === undefined || b === undefined) return groups;
    const mass = a.mass + b.mass;
    const value = (a.value * a.mass + b.value * b.mass) / mass;
    groups.splice(closest - 1, 2, { indices: [...a.indices, ...b.indices], value, mass });
  }
}

/** Running text is the thinnest of what there is much of; the boldest text of the page tells how far its bold goes. */
function levelsOf(groups: readonly Sample[]): (value: number) => number {
  const all = groups.reduce((sum, { mass }) => sum + mass, 0);
  const base = merge(groups, alike).find(({ mass }) => mass >= runningText * all)?.value ?? 0;
  const running = Math.min(thickest, base);
  const top = groups.findLast(({ mass }) => mass >= boldText * all)?.value ?? 1;
  const scale = Math.max(leastBold, Math.min(1, (top - running) / fullBold));
  return (value) => levels.find(([least]) => value - running >= least * scale)?.[1] ?? 400;
}
