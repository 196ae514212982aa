/**
 * Merges what a model perceived with what was measured.
 *
 * | Where the two disagree | who is right |
 * |---|---|
 * | colour, size, box, font, decoration | the pixels: what was measured, or is measured now at the place that the model told |
 * | which words | each word by itself: the ink, laid under both readings, has the first say; then the recogniser as far as it is sure, a slip of one letter being the model's; else the model (`facts/given/choose-words.ts`) |
 * | kind, role, state, level, what belongs together | the model |
 * | the model tells a place only | the most similar measured thing near it (Hungarian assignment on overlap, distance and words) |
 * | the model names something that reads otherwise and lies elsewhere | the name counts for nothing |
 * | two elements name one thing | it belongs to the one whose words are more like it, else to the first |
 * | one mark of several lines, of which another element has the words and the place of one | that line belongs to the other |
 * | the same element twice | the first one stays |
 * | one line measured, several texts perceived | the line is cut at its word gaps |
 * | several lines measured, one text perceived | line by line where its lines read like them, in whatever order; else its words are spread over them by their widths |
 * | a picture measured, a text perceived | letters, if the ink is as wide as the words would be |
 * | a line measured, a picture perceived | a picture, if the reading is short or unsure; else the line stays text |
 * | several things measured, one picture perceived around them | parts of the picture, but for what was surely read |
 * | ink that was not perceived | stays as it was measured, named by no element |
 * | a text, picture or control without ink | a hallucination: dropped |
 *
 * `planMerge` decides what can be decided without the picture, `measureGivenIn` measures the rest, `applyMerge` puts
 * both together.
 */
import type { Given, GivenText, GivenThing } from '../../facts/given/given.ts';
import type { PageFacts, TextLine } from '../../facts/page-facts.ts';
import { unionOf } from '../../geometry.ts';
import type { MeasuredReference, Perception } from '../../tasks/perceive/perception.ts';
import { grown, placeLikeness, shareInside, slack, wordsOf } from './match-affinity.ts';
import { hasWords, isPictureKind, keyOf, type Leaf, leavesOf } from './match-leaves.ts';
import { type PairedLines, pairLines, placeInLine } from './match-lines.ts';
import { namesIn, piecesIn } from './match-pieces.ts';
import { matchTexts } from './match-texts.ts';
import { matchThings } from './match-things.ts';

/** What is known of one leaf before the picture is asked. */
export interface PlannedLeaf {
  readonly leaf: Leaf;
  /** Measured things that are this element, whatever else is found. */
  readonly references: readonly MeasuredReference[];
  /** Places in `given.texts` and `given.things`, where the picture has to tell. */
  readonly texts?: readonly number[];
  readonly thing?: number;
  /** A measured line that is this picture. */
  readonly pictured?: number;
  /** Parts of the picture that `thing` is, if one is found. */
  readonly pieces?: readonly MeasuredReference[];
}

export interface MergePlan {
  readonly facts: PageFacts;
  readonly perception: Perception;
  readonly leaves: readonly PlannedLeaf[];
  /** What has to be measured; nothing if both lists are empty. */
  readonly given: Given;
}

/** A line under a perceived picture is an icon if it is read with less certainty than this, or is no longer. */
const sureReading = 0.8;
const shortReading = 2;

export function planMerge(facts: PageFacts, perception: Perception): MergePlan {
  const leaves = leavesOf(perception, facts);
  const lines = matchTexts(leaves, facts);
  const things = matchThings(leaves, facts);
  const ofTexts = new Set(lines.flat());
  const shared = sharedOf(lines);
  const depicted = new Set(things.flat().map(keyOf));
  const texts: GivenText[] = [];
  const given: GivenThing[] = [];
  const names = new Set([...namesIn(perception), ...depicted]);
  const isDoubtful = (line: number): boolean => isDoubtfulLine(facts.lines[line]);
  const isTaken = (one: MeasuredReference): boolean =>
    names.has(keyOf(one)) || (one.list === 'lines' && ofTexts.has(one.index));
  const piecesOf = (box: GivenThing['box']): MeasuredReference[] => {
    const pieces = piecesIn(box, facts, isTaken, isDoubtful);
    for (const piece of pieces) names.add(keyOf(piece));
    return pieces;
  };
  const planned = leaves.map((leaf, index): PlannedLeaf => {
    const own = lines[index] ?? [];
    const found = things[index] ?? [];
    const { node } = leaf;
    const named = own.map((line): MeasuredReference => ({ list: 'lines', index: line }));
    if (!hasWords(node)) {
      const misread = found.length === 0 ? misreadLine(node, own, facts, shared) : undefined;
      if (misread !== undefined) return { leaf, references: [], pictured: misread };
      if (own.length + found.length > 0 || node.box === undefined)
        return { leaf, references: [...named, ...found] };
      const pictured = picturedLine(leaf, facts, ofTexts);
      if (pictured !== undefined) {
        ofTexts.add(pictured);
        return { leaf, references: [], pictured };
      }
      const inside = isPictureKind(node.kind) ? [] : unclaimedIn(node.box, facts, ofTexts);
      for (const line of inside) ofTexts.add(line);
      const references = inside.map((line): MeasuredReference => ({ list: 'lines', index: line }));
      if (references.length > 0) return { leaf, references };
      const asked = thingOf(leaf, node.box);
      const pieces = asked.kind === 'picture' ? piecesOf(node.box) : [];
      return { leaf, references, thing: given.push(asked) - 1, ...(pieces.length > 0 ? { pieces } : {}) };
    }
    const read = own.map((line) => facts.lines[line]?.text ?? '').join(' ');
    if (wordsOf(read) === wordsOf(node.text ?? '') && !own.some((line) => shared.has(line)))
      return { leaf, references: [...named, ...found] };
    const paired = own.some((line) => shared.has(line))
      ? undefined
      : pairLines(node.text ?? '', own, facts.lines);
    if (paired !== undefined) {
      const { box } = node;
      const letters = lettersAmong(leaf, read, facts, depicted);
      const { kept, asked } = askedOf(paired, { ...(box ? { box } : {}), pictures: letters }, facts.lines);
      const references = kept.map((line): MeasuredReference => ({ list: 'lines', index: line }));
      return {
        leaf,
        references: [...references, ...found],
        texts: asked.map((text) => texts.push(text) - 1),
      };
    }
    const pictures = lettersAmong(leaf, read, facts, depicted);
    const inked = pictures.flatMap((one) => facts.pictures[one]?.box ?? []);
    const place =
      node.box ??
      placeIn(node.text ?? '', own, facts.lines) ??
      (inked.length > 0 ? unionOf(inked) : undefined);
    const text: GivenText = { text: node.text ?? '', ...(place ? { box: place } : {}), lines: own, pictures };
    return { leaf, references: found, texts: [texts.push(text) - 1] };
  });
  return { facts, perception, leaves: planned, given: { texts, things: given } };
}

/** Whether the picture has to be asked at all. */
export const needsMeasuring = ({ given }: MergePlan): boolean => given.texts.length + given.things.length > 0;

/** Where a text without a box stands in the only line that it names: others may stand there too. */
function placeIn(text: string, own: readonly number[], lines: readonly TextLine[]): GivenText['box'] {
  const [only] = own;
  const line = only === undefined || own.length > 1 ? undefined : lines[only];
  return line && placeInLine(text, line);
}

/** Lines that were read as they were perceived stay; the others are asked one by one, what was not paired together. */
function askedOf(
  { pairs, otherText, otherLines }: PairedLines,
  place: Pick<GivenText, 'box' | 'pictures'>,
  lines: readonly TextLine[],
): { readonly kept: readonly number[]; readonly asked: readonly GivenText[] } {
  const isRead = ({ line, text }: PairedLines['pairs'][number]): boolean =>
    wordsOf(lines[line]?.text ?? '') === wordsOf(text);
  const asked = pairs
    .filter((pair) => !isRead(pair))
    .map(({ line, text }): GivenText => ({ text, lines: [line], pictures: [] }));
  const kept = pairs.filter(isRead).map(({ line }) => line);
  if (otherText === '') return { kept: [...kept, ...otherLines], asked };
  const hasPlace = otherLines.length > 0 || place.box !== undefined;
  return { kept, asked: hasPlace ? [...asked, { ...place, text: otherText, lines: otherLines }] : asked };
}

function sharedOf(lines: readonly (readonly number[])[]): Set<number> {
  const seen = new Set<number>();
  return new Set(
    lines.flat().filter((line) => {
      if (seen.has(line)) return true;
      seen.add(line);
      return false;
    }),
  );
}

const isDoubtfulLine = (line: TextLine | undefined): boolean =>
  line !== undefined && (line.confidence < sureReading || [...line.text].length <= shortReading);

/** A line that was read where the model sees a picture. */
function picturedLine({ node }: Leaf, facts: PageFacts, taken: ReadonlySet<number>): number | undefined {
  const { box, kind } = node;
  if (box === undefined || !isPictureKind(kind)) return undefined;
  const index = facts.lines.findIndex((line, at) => {
    if (taken.has(at)) return false;
    return isDoubtfulLine(line) && placeLikeness(box, line.box) >= 0.4;
  });
  return index < 0 ? undefined : index;
}

/** The line that was read where the model, which saw what was read, names a picture. */
function misreadLine(
  { kind }: Leaf['node'],
  own: readonly number[],
  facts: PageFacts,
  shared: ReadonlySet<number>,
): number | undefined {
  const [only] = own;
  if (only === undefined || own.length > 1 || shared.has(only) || !isPictureKind(kind)) return undefined;
  return isDoubtfulLine(facts.lines[only]) ? only : undefined;
}

function unclaimedIn(box: GivenThing['box'], facts: PageFacts, taken: ReadonlySet<number>): number[] {
  return facts.lines.flatMap((line, index) =>
    !taken.has(index) && shareInside(line.box, grown(box, slack)) > 0.8 ? [index] : [],
  );
}

function thingOf({ node }: Leaf, box: GivenThing['box']): GivenThing {
  if (node.kind === 'divider') return { kind: 'divider', box };
  if (node.kind === 'icon') return { kind: 'icon', box };
  return { kind: isPictureKind(node.kind) ? 'picture' : 'box', box };
}

/** Pictures at the place of a text that its lines do not hold. */
function lettersAmong(
  { node, references }: Leaf,
  read: string,
  facts: PageFacts,
  depicted: ReadonlySet<string>,
): number[] {
  const { box, text = '' } = node;
  const named = references.flatMap(({ list, index }) => (list === 'pictures' ? [index] : []));
  const inked = named.filter((index) => facts.pictures[index]?.kind !== 'photo');
  // Words that are said to stand on what was taken for an icon.
  if (inked.length > 0 && read === '') return inked;
  if (box === undefined || wordsOf(read).length >= 0.9 * wordsOf(text).length) return [];
  return facts.pictures.flatMap((picture, index) => {
    if (picture.kind === 'photo' || depicted.has(keyOf({ list: 'pictures', index }))) return [];
    const isLetter = shareInside(picture.box, grown(box, slack)) >= 0.6;
    return isLetter || shareInside(box, picture.box) >= 0.8 ? [index] : [];
  });
}
