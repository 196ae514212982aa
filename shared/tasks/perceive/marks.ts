/** Marks: what was measured on a page, in reading order, so that a model need only name a number. */
import { type LayoutNode, layoutTree, type TextBlock } from '../../facts/layout/index.ts';
import type { PageFacts, TextLine } from '../../facts/page-facts.ts';
import { area, overlapArea, type Rect, unionOf } from '../../geometry.ts';
import type { MeasuredReference } from './perception.ts';

export interface Mark {
  readonly kind: 'text' | 'picture' | 'box';
  /** Lines of one paragraph in one style, or a single thing. */
  readonly references: readonly MeasuredReference[];
  /** CSS pixels of the page. */
  readonly box: Rect;
  /** As it was read, line by line; empty for anything but text. */
  readonly lines: readonly string[];
  /** The words may be taken as they were read. */
  readonly sure: boolean;
}

/**
 * Confidence of the recogniser from which its words are taken for right. Below, about every fourth line has a wrong
 * letter; above, every thirtieth.
 */
export const sureFrom = 0.85;

/** Smaller boxes, in CSS pixels, are dots and rules. */
const smallestBox = 8;

/** Each thing with its place in the facts, which the layout tree carries along. */
interface Tagged {
  readonly place?: number;
}

/** Every line, every picture, and every box that has nothing in it; each once. */
export function marksOf(facts: PageFacts): Mark[] {
  const tagged: PageFacts = {
    ...facts,
    lines: facts.lines.map(withPlace),
    pictures: facts.pictures.map(withPlace),
    boxes: facts.boxes.map(withPlace),
  };
  const empty = emptyBoxes(facts);
  const ordered = [...marksIn(layoutTree(tagged).root, facts, empty)];
  const seen = new Set(ordered.flatMap(({ references }) => references.map(keyOf)));
  const isNew = (mark: Mark): boolean => mark.references.every((reference) => !seen.has(keyOf(reference)));
  // What the layout leaves out as noise is a mark all the same: whoever looks at the picture may know better.
  const rest: Mark[] = [
    ...facts.lines.map((line, index) => textMark([line], [index])),
    ...facts.pictures.map((_, index) => thingMark('pictures', index, facts)),
    ...[...empty].map((index) => thingMark('boxes', index, facts)),
  ];
  return inserted(ordered, rest.filter(isNew));
}

const withPlace = <Thing extends object>(thing: Thing, place: number): Thing & Tagged => ({
  ...thing,
  place,
});
const keyOf = ({ list, index }: MeasuredReference): string => `${list} ${index}`;

function placeOf(thing: object | undefined): number | undefined {
  return thing !== undefined && 'place' in thing && typeof thing.place === 'number' ? thing.place : undefined;
}

function* marksIn(node: LayoutNode, facts: PageFacts, empty: ReadonlySet<number>): Generator<Mark> {
  if (node.kind === 'text') yield* textMarks(node);
  if (node.kind === 'picture') yield* found('pictures', placeOf(node.picture), facts);
  if (node.kind !== 'group') return;
  const surface = placeOf(node.surface);
  if (surface !== undefined && empty.has(surface)) yield* found('boxes', surface, facts);
  yield* found('pictures', placeOf(node.backdrop), facts);
  for (const child of node.children) yield* marksIn(child, facts, empty);
}

function* found(list: 'pictures' | 'boxes', place: number | undefined, facts: PageFacts): Generator<Mark> {
  if (place !== undefined) yield thingMark(list, place, facts);
}

/** A paragraph is one mark where it is in one style and read well, else one for each stretch of it that is. */
function* textMarks(block: TextBlock): Generator<Mark> {
  let open: TextLine[] = [];
  const close = (): Mark[] => {
    const places = open.flatMap((line) => placeOf(line) ?? []);
    const mark = places.length === 0 ? [] : [textMark(open, places)];
    open = [];
    return mark;
  };
  for (const run of block.lines.flatMap(({ runs }) => runs)) {
    const last = open.at(-1);
    if (last !== undefined && !(isSure(last) && isSure(run) && sameStyle(last, run))) yield* close();
    open.push(run);
  }
  yield* close();
}

const isSure = ({ confidence, onPicture }: TextLine): boolean => confidence >= sureFrom && !onPicture;

function sameStyle(one: TextLine, other: TextLine): boolean {
  return (
    one.underline === other.underline &&
    one.color.every((channel, index) => Math.abs(channel - (other.color[index] ?? 0)) <= 24)
  );
}

function textMark(lines: readonly TextLine[], places: readonly number[]): Mark {
  return {
    kind: 'text',
    references: places.map((index) => ({ list: 'lines', index })),
    box: unionOf(lines.map(({ box }) => box)),
    lines: lines.map(({ text }) => text),
    sure: lines.every(isSure),
  };
}

function thingMark(list: 'pictures' | 'boxes', index: number, facts: PageFacts): Mark {
  const box = facts[list][index]?.box ?? { x: 0, y: 0, width: 0, height: 0 };
  const kind = list === 'pictures' ? 'picture' : 'box';
  return { kind, references: [{ list, index }], box, lines: [], sure: true };
}

/** Places of boxes with neither text nor picture nor box in them: fields, boxes to tick, shapes. */
function emptyBoxes({ boxes, lines, pictures }: PageFacts): ReadonlySet<number> {
  const holds = (outer: Rect, inner: Rect): boolean =>
    area(inner) < area(outer) && overlapArea(outer, inner) > 0.6 * area(inner);
  const isEmpty = (box: Rect): boolean =>
    Math.min(box.width, box.height) >= smallestBox &&
    ![...lines, ...pictures, ...boxes].some((other) => other.box !== box && holds(box, other.box)) &&
    // A box that is a picture's edge is the picture.
    !pictures.some((picture) => overlapArea(picture.box, box) > 0.8 * area(box));
  return new Set(boxes.flatMap(({ box }, index) => (isEmpty(box) ? [index] : [])));
}

/** Each of `rest` before the first mark that stands below it, or behind all. */
function inserted(ordered: readonly Mark[], rest: readonly Mark[]): Mark[] {
  const all = [...ordered];
  for (const mark of rest) {
    const middle = mark.box.y + mark.box.height / 2;
    const at = all.findIndex(
      ({ box }) => box.y > middle || (box.y + box.height > middle && box.x > mark.box.x),
    );
    all.splice(at < 0 ? all.length : at, 0, mark);
  }
  return all;
}
