/** Finds what a description names without a model: by recognised words, and the boxes around them. */
import { distance } from 'fastest-levenshtein';
import type { PageBox, PageFacts, TextLine } from '../../facts/index.ts';
import { area, bottom, type Rect, right, unionOf } from '../../geometry.ts';
import type { Match } from './match.ts';
import { wantedWords, wordsOf } from './wanted-words.ts';

/** Words less alike than this are other words: one wrong letter in five is a misreading. */
const leastLikeness = 0.75;
/** Matches below this are left out once there is a full one. */
const fullMatch = 0.97;
const mostMatches = 20;

/** Best first; boxes in pixels of the picture that was measured. */
export function measuredMatches(facts: PageFacts, target: string): Match[] {
  const wanted = wantedWords(target);
  if (wanted.words.length === 0) return [];
  const found = facts.lines.flatMap((line) => {
    const place = placeOf(line, wanted.words);
    if (place === undefined) return [];
    const around = controlAround(line, facts, wanted.control);
    return [{ label: place.label, score: place.score, certainty: line.confidence, box: around ?? place.box }];
  });
  const full = found.some(({ score }) => score >= fullMatch);
  return found
    .filter(({ score }) => !full || score >= fullMatch)
    .sort((a, b) => b.score - a.score)
    .slice(0, mostMatches)
    .map(({ label, score, certainty, box }) => ({
      label,
      box: scaled(box, facts.pixelRatio),
      confidence: Math.round(100 * score * certainty) / 100,
    }));
}

interface Place {
  readonly label: string;
  readonly box: Rect;
  /** 0..1. */
  readonly score: number;
}

/** The run of words in a line that is most like the wanted ones; the whole line where nothing else is in it. */
function placeOf(line: TextLine, wanted: readonly string[]): Place | undefined {
  const words = line.words.length > 0 ? line.words : [{ text: line.text, box: line.box }];
  const parts = words.flatMap(({ text, box }) => wordsOf(text).map((word) => ({ word, box })));
  let best: Place | undefined;
  for (let start = 0; start + wanted.length <= parts.length; start += 1) {
    const run = parts.slice(start, start + wanted.length);
    const score = likeness(run.map(({ word }) => word).join(' '), wanted.join(' '));
    if (score < leastLikeness || (best !== undefined && score <= best.score)) continue;
    const whole = run.length === parts.length;
    // A line that says this and nothing else is meant rather than a sentence that says it too.
    best = {
      label: line.text,
      box: whole ? line.box : unionOf(run.map(({ box }) => box)),
      score: score - (whole ? 0 : 0.1),
    };
  }
  return best;
}

/** 1 for equal words. */
function likeness(a: string, b: string): number {
  return 1 - distance(a, b) / Math.max(a.length, b.length, 1);
}

/** The smallest box around a line that is no larger than a button or field, with no other line in it. */
function controlAround(line: TextLine, facts: PageFacts, wanted: boolean): Rect | undefined {
  const most = wanted ? 5 : 3.5;
  const around = facts.boxes.filter(
    (box) => contains(box.box, line.box) && box.box.height <= most * Math.max(line.box.height, 8),
  );
  const lonely = around.filter((box) => isAlone(line, box, facts));
  return lonely.sort((a, b) => area(a.box) - area(b.box))[0]?.box;
}

const isAlone = (line: TextLine, { box }: PageBox, { lines }: PageFacts): boolean =>
  lines.every((other) => other === line || !contains(box, other.box));

/** The edges of letters may stand over by a pixel. */
function contains(outer: Rect, inner: Rect): boolean {
  return (
    inner.x >= outer.x - 1 &&
    inner.y >= outer.y - 1 &&
    right(inner) <= right(outer) + 1 &&
    bottom(inner) <= bottom(outer) + 1
  );
}

const scaled = ({ x, y, width, height }: Rect, ratio: number): Rect => ({
  x: x * ratio,
  y: y * ratio,
  width: width * ratio,
  height: height * ratio,
});
