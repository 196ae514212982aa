/** Finds the words below icons: small shapes without words of their own. */
import { type Rect, unionOf } from '../../geometry.ts';
import { type FoundOutline, shareInside } from './outline.ts';
import { inRows } from './text-rows.ts';

/** Shapes that have words in them, or none at all. */
const others: readonly FoundOutline['shape'][] = [
  ...(['table', 'class', 'swimlane', 'lifeline', 'text', 'actor', 'start', 'end', 'diamond'] as const),
];

/** Most sides of an icon, in heights of the line below it. */
const largest = 7;
/** The same, of the gap between an icon and its caption, and between the caption's lines. */
const widestGap = 1.4;
const lineGap = 0.8;

/**
 * The same outlines, icons with the box of what stands centred below them; what is drawn within such an icon is a part
 * of it, and no shape.
 */
export function withCaptions(outlines: readonly FoundOutline[], texts: readonly Rect[]): FoundOutline[] {
  const rows = inRows(texts).filter(
    (row) => !outlines.some((one) => shareInside(row, one.box) > 0.6 && !holdsShapes(one, outlines)),
  );
  const taken = new Set<Rect>();
  const captions = new Map<FoundOutline, Rect>();
  const bySize = outlines.toSorted((a, b) => b.box.width * b.box.height - a.box.width * a.box.height);
  for (const outline of bySize) {
    const own = isIcon(outline, outlines, texts) ? captionOf(outline.box, rows, taken) : [];
    if (own.length === 0) continue;
    for (const row of own) taken.add(row);
    captions.set(outline, unionOf(own));
  }
  const captioned = outlines.map((outline): FoundOutline => {
    const caption = captions.get(outline);
    return caption === undefined ? outline : { ...outline, caption };
  });
  const icons = captioned.filter(({ caption }) => caption !== undefined);
  return captioned.filter(
    (outline) => !icons.some((icon) => icon !== outline && shareInside(outline.box, icon.box) > 0.9),
  );
}

const holdsShapes = ({ box }: FoundOutline, all: readonly FoundOutline[]): boolean =>
  all.some((one) => one.box !== box && shareInside(one.box, box) > 0.9);

function isIcon(
  { shape, box, axis }: FoundOutline,
  all: readonly FoundOutline[],
  texts: readonly Rect[],
): boolean {
  if (others.includes(shape) || axis !== undefined) return false;
  if (Math.max(box.width, box.height) > 2.2 * Math.min(box.width, box.height)) return false;
  if (texts.some((text) => shareInside(text, box) > 0.5)) return false;
  // What holds a shape with words is a container.
  return !all.some(
    (one) =>
      one.box !== box &&
      shareInside(one.box, box) > 0.9 &&
      texts.some((text) => shareInside(text, one.box) > 0.5),
  );
}

/** The lines of text from just below a box down, each centred on it. */
function captionOf(box: Rect, rows: readonly Rect[], taken: ReadonlySet<Rect>): Rect[] {
  const middle = box.x + box.width / 2;
  const found: Rect[] = [];
  let [bottom, gap] = [box.y + box.height, widestGap];
  for (const row of rows.toSorted((a, b) => a.y - b.y)) {
    if (taken.has(row) || row.y < bottom - 2 || row.y - bottom > gap * row.height) continue;
    const off = Math.abs(row.x + row.width / 2 - middle);
    if (off > 0.06 * Math.max(box.width, row.width) + 4) continue;
    if (Math.max(box.width, box.height) > largest * row.height || row.width > 4 * box.width) continue;
    found.push(row);
    [bottom, gap] = [row.y + row.height, lineGap];
  }
  return found;
}
