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
import { runsOfText } from './text-runs.ts';
import { measureThings } from './things.ts';
import { createYardstick } from './yardstick.ts';

/** What becomes of a run: the line of a given text, of a measured line as it is, or what is left of one. */
type Origin =
  | { readonly kind: 'given'; readonly text: number }
  | { readonly kind: 'kept'; readonly line: number }
  | { readonly kind: 'rest' };

export function measureGiven(
  raster: Raster,
  facts: PageFacts,
  given: Given,
  fitLines: TypographyFitter,
): GivenFacts {
  const raw = measurePixels(raster);
  const yardstick = createYardstick(facts);
  const allotment = allotInk(raw, facts, given.texts);
  const runs: { origin: Origin; run: TextRun }[] = [];
  const claimed = new Set(given.texts.flatMap(({ lines }) => lines));
  for (const [index, line] of facts.lines.entries()) {
    if (claimed.has(index)) continue;
    const blobs = allotment.lines[index] ?? [];
    const source =
      blobs.length > 0 && !line.onPicture
        ? prepareLine(raster, raw.ink, lineOfBlobs(blobs, blobs[0]?.surface ?? -1), raw.isLine)
        : sourceOf(raster, line, raw.scale);
    runs.push({ origin: { kind: 'kept', line: index }, run: keptRun(line, source, raw.scale) });
  }
  for (const [index, text] of given.texts.entries()) {
    const found = runsOfText(text, allotment.texts[index] ?? [], { raster, raw, facts, yardstick });
    for (const run of found.texts) runs.push({ origin: { kind: 'given', text: index }, run });
    for (const run of found.rest) runs.push({ origin: { kind: 'rest' }, run });
  }
  return assemble(raw, facts, given, runs, allotment.pictures, fitLines);
}

function assemble(
  raw: RawFacts,
  facts: PageFacts,
  given: Given,
  runs: readonly { origin: Origin; run: TextRun }[],
  pictures: readonly (readonly number[])[],
  fitLines: TypographyFitter,
): GivenFacts {
  const { scale } = raw;
  const colored = snapColors(runs.map(({ run }) => run.source));
  const fitted = fitLines(
    runs.map(({ run }) => toFit(run)),
    scale,
  );
  const used = new Set<Segment>();
  const texts: TextLine[][] = given.texts.map(() => []);
  const lines: (TextLine | undefined)[] = facts.lines.map(() => undefined);
  const rest: TextLine[] = [];
  for (const [index, { origin, run }] of runs.entries()) {
    const typography = fitted[index];
    const source = colored[index];
    if (typography === undefined || source === undefined)
      throw new RangeError(`The font fitter answered ${fitted.length} of ${runs.length} lines.`);
    if (origin.kind === 'kept') {
      const before = facts.lines[origin.line];
      lines[origin.line] = before && { ...before, typography };
      continue;
    }
    const line = lineOfRun({ ...run, source }, typography, raw.rules, used, scale);
    if (origin.kind === 'given') texts[origin.text]?.push(line);
    else rest.push(line);
  }
  const decorating = [...used].map((rule) => rectOf(rule, scale));
  return {
    texts,
    lines,
    rest,
    pictures: pictures.map((indices, index) => (texts[index]?.length ? indices : [])),
    things: measureThings(raw, facts, given.things),
    decorations: facts.separators.flatMap(({ box }, index) =>
      decorating.some((rule) => Math.abs(rule.x - box.x) < 0.5 && Math.abs(rule.y - box.y) < 0.5)
        ? [index]
        : [],
    ),
  };
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
