/** Icons beside text that are read as letters: one blob, taller than the letters and well apart from them. */
import type { PreparedLine } from './line-images.ts';
import type { ReadWord } from './reading.ts';

/** Height by that of the tallest letter of the others; and free pixels beside it, by its own height. */
const leastRatio = 1.3;
const leastGap = 0.7;
/** Digits may be set large beside their unit, and are an icon only where they were read with less confidence. */
const sureDigit = 0.9;
/** Width of an upright bar, as events of a calendar have at their left, by its height; and free pixels beside it. */
const barWidth = 0.25;
const barGap = 0.25;

/** What stands in the way of a comparison. */
interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** True for the first or last of a line's words if it is no word but an icon. */
export function isTallMark(word: ReadWord, others: readonly ReadWord[], source: PreparedLine): boolean {
  if ([...word.text].length > 3) return false;
  const left = source.left + Math.floor(word.box.x);
  const right = source.left + Math.ceil(word.box.x + word.box.width) - 1;
  const own = source.line.blobs.filter((blob) => blob.right >= left && blob.left <= right);
  const rest = source.line.blobs.filter((blob) => !own.includes(blob));
  const [mark] = own;
  if (mark === undefined || own.length > 1 || rest.length === 0) return false;
  const text = others.map((one) => one.text).join('');
  return standsApart(mark, rest, word) || isBar(mark, rest, word.text, text);
}

/** True for a mark beside a run of letters that is too tall and too far off to be one of them. */
export function standsApart(
  mark: Bounds,
  letters: readonly Bounds[],
  { text, confidence }: { readonly text: string; readonly confidence: number },
): boolean {
  if (/^\p{N}/u.test(text) && confidence > sureDigit) return false;
  const height = heightOf(mark);
  return height >= leastRatio * tallest(letters) && gapTo(mark, letters) >= leastGap * height;
}

function isBar(mark: Bounds, letters: readonly Bounds[], text: string, others: string): boolean {
  if (!/^[([|{lI!]$/.test(text) || /[)\]}]/.test(others)) return false;
  const height = heightOf(mark);
  return (
    mark.right - mark.left + 1 <= barWidth * height &&
    height > tallest(letters) &&
    gapTo(mark, letters) >= barGap * height
  );
}

const heightOf = ({ top, bottom }: Bounds): number => bottom - top + 1;

const tallest = (bounds: readonly Bounds[]): number => Math.max(...bounds.map(heightOf));

/** Free pixels to the nearest, to the left or to the right. */
const gapTo = (mark: Bounds, bounds: readonly Bounds[]): number =>
  Math.min(...bounds.map((one) => Math.max(one.left - mark.right, mark.left - one.right) - 1));
