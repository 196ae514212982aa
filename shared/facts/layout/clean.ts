/** Takes out of measured facts what cannot be laid out: empty, off-page, doubled or page-wide things. */
import { area, bottom, overlapArea, type Rect, right } from '../../geometry.ts';
import type { PageBox, PageFacts, PagePicture, Separator, TextLine } from '../page-facts.ts';
import { cleanText } from './clean-text.ts';

function clip(rect: Rect, width: number, height: number): Rect | undefined {
  if (![rect.x, rect.y, rect.width, rect.height].every(Number.isFinite)) return undefined;
  const x = Math.max(0, rect.x);
  const y = Math.max(0, rect.y);
  const clipped = {
    x,
    y,
    width: Math.min(width, right(rect)) - x,
    height: Math.min(height, bottom(rect)) - y,
  };
  return clipped.width > 0 && clipped.height > 0 ? clipped : undefined;
}

function clipped<T extends { readonly box: Rect }>(items: readonly T[], facts: PageFacts): T[] {
  return items.flatMap((item) => {
    const box = clip(item.box, facts.width, facts.height);
    return box === undefined ? [] : [{ ...item, box }];
  });
}

/** Share of the union that two rectangles have in common, 0..1. */
export function intersectionOverUnion(a: Rect, b: Rect): number {
  const common = overlapArea(a, b);
  return common / (area(a) + area(b) - common);
}

/** Share of `inner` that lies in `outer`, 0..1. */
export function insideShare(inner: Rect, outer: Rect): number {
  return overlapArea(inner, outer) / Math.max(area(inner), 1e-6);
}

/** Of things that are nearly the same rectangle, the first stays. */
function withoutTwins<T extends { readonly box: Rect }>(items: readonly T[]): T[] {
  const kept: T[] = [];
  for (const item of items) {
    if (!kept.some((other) => intersectionOverUnion(item.box, other.box) > 0.93)) kept.push(item);
  }
  return kept;
}

function visible(box: PageBox): boolean {
  const edges = Object.keys(box.border).length;
  return box.fill !== undefined || box.gradient !== undefined || box.shadow !== undefined || edges > 0;
}

/** A rule that is no more than the edge of a box. */
function liesOnEdge(rule: Rect, box: Rect): boolean {
  const near = (a: number, b: number): boolean => Math.abs(a - b) < 2.5;
  if (rule.width > rule.height) {
    const common = Math.min(right(rule), right(box)) - Math.max(rule.x, box.x);
    return (
      common >= 0.85 * box.width &&
      rule.width <= box.width + 5 &&
      (near(rule.y, box.y) || near(bottom(rule), bottom(box)))
    );
  }
  const common = Math.min(bottom(rule), bottom(box)) - Math.max(rule.y, box.y);
  return common >= 0.85 * box.height && (near(rule.x, box.x) || near(right(rule), right(box)));
}

/** The blurred rim of a framed box, such as a box to tick, that was also taken for an icon around it. */
function isRimOf({ kind, box: rim }: PagePicture, { box, border }: PageBox): boolean {
  if (kind !== 'icon' || Object.keys(border).length < 4) return false;
  const margins = [box.x - rim.x, box.y - rim.y, right(rim) - right(box), bottom(rim) - bottom(box)];
  return margins.every((margin) => margin >= 1 && margin <= 3);
}

/** A size that its own ink box can hold: a misread rule or blot may have any. */
function saneTypography(line: TextLine): TextLine['typography'] {
  const { typography, box, text } = line;
  const worded = /[\p{L}\p{N}]/u.test(text);
  const most = worded ? Math.max(10, 2.4 * box.height) : 40;
  return typography.size > most ? { ...typography, size: most, letterSpacing: 0 } : typography;
}

/** A thing that knows its place in the facts that were measured. */
export type Numbered<T> = T & { readonly at: number };

/** Facts of which some may be gone, each of the others with the place that it had. */
export interface CleanFacts extends PageFacts {
  readonly lines: readonly Numbered<TextLine>[];
  readonly boxes: readonly Numbered<PageBox>[];
  readonly pictures: readonly Numbered<PagePicture>[];
  readonly separators: readonly Numbered<Separator>[];
}

const numbered = <T>(things: readonly T[]): Numbered<T>[] => things.map((thing, at) => ({ ...thing, at }));

/** The facts without what would mislead the cuts; nothing is moved. */
export function cleanFacts(facts: PageFacts): CleanFacts {
  const page = { x: 0, y: 0, width: facts.width, height: facts.height };
  const lines = clipped(numbered(facts.lines), facts)
    .map((line) => ({ ...line, text: cleanText(line.text), typography: saneTypography(line) }))
    .filter((line) => line.text.trim() !== '');
  const allPictures = withoutTwins(clipped(numbered(facts.pictures), facts));
  const pictures = allPictures.filter(
    (picture) =>
      !facts.boxes.some((box) => isRimOf(picture, box)) &&
      !allPictures.some(
        (other) =>
          area(other.box) > 1.2 * area(picture.box) &&
          area(other.box) < 40 * area(picture.box) &&
          insideShare(picture.box, other.box) > 0.95,
      ),
  );
  const hasText = (rect: Rect): boolean => lines.some((line) => insideShare(line.box, rect) > 0.8);
  const coveredByPicture = (box: PageBox): PagePicture | undefined =>
    pictures.find((picture) => intersectionOverUnion(picture.box, box.box) > 0.8);
  const boxes = withoutTwins(clipped(numbered(facts.boxes), facts))
    .filter((box) => visible(box) && intersectionOverUnion(box.box, page) < 0.97)
    .filter((box) => coveredByPicture(box) === undefined || hasText(box.box));
  const isEdge = (rect: Rect): boolean => boxes.some(({ box }) => liesOnEdge(rect, box));
  const separators = withoutTwins(clipped(numbered(facts.separators), facts)).filter(
    (rule) => !isEdge(rule.box) && Math.min(rule.box.width, rule.box.height) <= 8,
  );
  return { ...facts, lines, pictures, boxes, separators };
}
