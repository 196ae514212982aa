/** Measures on a picture what somebody else read and pointed at, beside what was measured there before. */
import type { Raster } from '../../image/picture.ts';
import { measurePixels } from '../measure.ts';
import type { PageFacts, TextLine } from '../page-facts.ts';
import type { RawFacts } from '../raw-facts.ts';
import type { Segment } from '../regions/lines.ts';
import { type PreparedLine, prepareLine } from '../text/line-images.ts';
import type { TextRun } from '../text/read-lines.ts';
import type { TypographyFitter } from '../text/reading.ts';
import { snapColors } from '../text/snap-colors.ts';
import { lineOfBlobs } from '../text/split-lines.ts';
import { lineOfRun, rectOf, toFit } from '../text/text-line.ts';
import { allotInk, boundsOf } from './allot-ink.ts';
import type { Given, GivenFacts } from './given.ts';
import { sourceOf } from './known-line.ts';
import { rowsOfCode } from './rows-of-code.ts';
import { steadyStyles } from './steady-styles.ts';
import { runsOfText } from './text-runs.ts';
import { measureThings } from './things.ts';
import { createYardstick, type Yardstick } from './yardstick.ts';

/** What becomes of a run: the line of a given text, of a measured line as it is, or what is left of one. */
type Origin =
  | { readonly kind: 'given'; readonly text: number }
  | { readonly kind: 'kept'; readonly line: number }
  | { readonly kind: 'rest' };

interface OwnedRun {
  readonly origin: Origin;
  readonly run: TextRun;
}

/** @throws RangeError if the fitter does not answer for each line. */
export function measureGiven(
  raster: Raster,
  facts: PageFacts,
  given: Given,
  fitLines: TypographyFitter,
): GivenFacts {
  const raw = measurePixels(raster);
  const yardstick = createYardstick(facts);
  const allotment = allotInk(raw, facts, given.texts);
  const runs: OwnedRun[] = [];
  const claimed = new Set(given.texts.flatMap(({ lines }) => lines));
  for (const [index, line] of facts.lines.entries()) {
    if (claimed.has(index)) continue;
    const blobs = allotment.lines[index] ?? [];
    const source =
      blobs.length > 0 && !line.onPicture
        ? prepareLine(raster, raw.ink, lineOfBlobs(blobs, blobs[0]?.surface ?? -1), raw.isLine, raw.lossy)
        : sourceOf(raster, line, raw.scale);
    runs.push({ origin: { kind: 'kept', line: index }, run: keptRun(line, source, raw.scale) });
  }
  const rows = new Map<number, readonly TextLine[]>();
  for (const [index, text] of given.texts.entries()) {
    const code = rowsOfCode(text, facts.lines);
    if (code !== undefined) {
      rows.set(index, code);
      continue;
    }
    const found = runsOfText(text, allotment.texts[index] ?? [], { raster, raw, facts, yardstick });
    for (const run of found.texts) runs.push({ origin: { kind: 'given', text: index }, run });
    for (const run of found.rest) runs.push({ origin: { kind: 'rest' }, run });
  }
  const found = assemble(raw, facts, runs, fitLines, yardstick);
  return {
    texts: given.texts.map((_, index) => rows.get(index) ?? found.texts.get(index) ?? []),
    lines: facts.lines.map((_, index) => found.lines.get(index)),
    rest: found.rest,
    pictures: allotment.pictures.map((indices, index) =>
      found.texts.has(index) || rows.has(index) ? indices : [],
    ),
    things: measureThings(raw, facts, given.things),
    decorations: decorationsAmong(facts, found.used, raw.scale),
  };
}

interface Assembled {
  /** By given text. */
  readonly texts: ReadonlyMap<number, readonly TextLine[]>;
  /** By measured line. */
  readonly lines: ReadonlyMap<number, TextLine>;
  readonly rest: readonly TextLine[];
  /** Rules that decorate texts. */
  readonly used: ReadonlySet<Segment>;
}

function assemble(
  raw: RawFacts,
  facts: PageFacts,
  runs: readonly OwnedRun[],
  fitLines: TypographyFitter,
  { advance }: Yardstick,
): Assembled {
  const { scale } = raw;
  const colored = snapColors(runs.map(({ run }) => run.source));
  const fitted = fitLines(
    runs.map(({ run }) => toFit(run)),
    scale,
  );
  if (fitted.length !== runs.length)
    throw new RangeError(`The font fitter answered ${fitted.length} of ${runs.length} lines.`);
  const kept = runs.flatMap(({ origin }, index) => {
    const before = origin.kind === 'kept' ? facts.lines[origin.line] : undefined;
    const now = fitted[index];
    return before && now ? [{ before, now }] : [];
  });
  const letters = runs.reduce((sum, { run }) => sum + run.text.length, 0);
  const { isSteady, styled } = steadyStyles(kept, letters, advance);
  const used = new Set<Segment>();
  const texts = new Map<number, TextLine[]>();
  const lines = new Map<number, TextLine>();
  const rest: TextLine[] = [];
  for (const [index, { origin, run }] of runs.entries()) {
    const [now, source] = [fitted[index], colored[index]];
    if (now === undefined || source === undefined) continue;
    const before = origin.kind === 'kept' ? facts.lines[origin.line] : undefined;
    if (origin.kind === 'kept' && before) {
      lines.set(origin.line, isSteady ? before : { ...before, typography: now });
      continue;
    }
    const line = lineOfRun({ ...run, source }, styled(run.text, now), raw.rules, used, scale);
    if (origin.kind === 'given') texts.set(origin.text, [...(texts.get(origin.text) ?? []), line]);
    else rest.push(line);
  }
  return { texts, lines, rest, used };
}

function decorationsAmong(facts: PageFacts, used: ReadonlySet<Segment>, scale: number): number[] {
  const rules = [...used].map((rule) => rectOf(rule, scale));
  return facts.separators.flatMap(({ box }, index) =>
    rules.some((rule) => Math.abs(rule.x - box.x) < 0.5 && Math.abs(rule.y - box.y) < 0.5) ? [index] : [],
  );
}

/** A measured line as it was read; its words are told by its facts. */
function keptRun(line: TextLine, source: PreparedLine, scale: number): TextRun {
  const box = boundsOf(line.box, scale);
  return {
    source,
    text: line.text,
    confidence: line.confidence,
    words: [],
    left: Math.round(box.left),
    top: Math.round(box.top),
    right: Math.round(box.right),
    bottom: Math.round(box.bottom),
  };
}
