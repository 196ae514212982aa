/** Gathers unread ink into icons: strokes that belong together, and the small plate that they stand on. */
import type { RawBox } from '../boxes/raw-box.ts';
import { packedDistance } from '../pixels.ts';
import type { RawPicture } from './find-pictures.ts';

export interface LooseInk {
  left: number;
  top: number;
  right: number;
  bottom: number;
  readonly background: number;
  readonly surface: number;
}

interface TextBounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** CSS pixels: strokes nearer than this are one icon; specks smaller than this are dirt; a plate is up to this large. */
const strokeGap = 4;
const speck = 3;
const largestPlate = 76;
/** A check box or a radio button is a control, not a plate. */
const largestControl = 26;

/** @returns icons, and the boxes that are no plates. */
export function gatherIcons(
  loose: readonly LooseInk[],
  boxes: readonly RawBox[],
  texts: readonly TextBounds[],
  scale: number,
): { icons: RawPicture[]; boxes: RawBox[] } {
  const parts = boxes.filter((box) => isPartOfIcon(box, loose, scale));
  const strokes = parts.map(({ left, top, right, bottom, outside }): LooseInk => {
    const touching = loose.find((ink) => touches(ink, { left, top, right, bottom }, strokeGap * scale));
    return { left, top, right, bottom, background: outside, surface: touching?.surface ?? -1 };
  });
  const rest = boxes.filter((box) => !parts.includes(box));
  const groups = merge([...loose.map((ink) => ({ ...ink })), ...strokes], strokeGap * scale).filter(
    (ink) => Math.max(ink.right - ink.left, ink.bottom - ink.top) + 1 >= speck * scale,
  );
  const plates: RawBox[] = [];
  const icons: RawPicture[] = [];
  for (const ink of groups) {
    const plate = plateOf(ink, rest, texts, scale);
    if (plate) {
      if (plates.includes(plate)) continue;
      plates.push(plate);
      const { left, top, right, bottom, radii, outside } = plate;
      icons.push({
        left,
        top,
        right,
        bottom,
        // A sheet with a folded corner is not round at the other three.
        radius: radii === undefined ? plate.radius : Math.min(...radii),
        background: outside,
        surface: ink.surface,
        kind: 'icon',
      });
      continue;
    }
    const { left, top, right, bottom, background, surface } = ink;
    icons.push({ left, top, right, bottom, radius: 0, background, surface, kind: 'icon' });
  }
  return { icons, boxes: rest.filter((box) => !plates.includes(box)) };
}

/** A small outline with strokes right outside it is a part of an icon; with strokes inside, it is a control. */
function isPartOfIcon(box: RawBox, loose: readonly LooseInk[], scale: number): boolean {
  if (Math.max(box.right - box.left, box.bottom - box.top) + 1 > (largestControl + 2) * scale) return false;
  return loose.some(
    (ink) => touches(ink, box, 2 * scale) && !contains(box, ink) && sizeOf(ink) <= (48 * scale) ** 2,
  );
}

const touches = (a: TextBounds, b: TextBounds, gap: number): boolean =>
  a.left <= b.right + gap && b.left <= a.right + gap && a.top <= b.bottom + gap && b.top <= a.bottom + gap;

function merge(inks: LooseInk[], gap: number): LooseInk[] {
  for (let i = 0; i < inks.length; i++) {
    for (let j = i + 1; j < inks.length; j++) {
      const a = inks[i];
      const b = inks[j];
      if (!a || !b || a.surface !== b.surface) continue;
      if (!touches(a, b, gap)) continue;
      a.left = Math.min(a.left, b.left);
      a.top = Math.min(a.top, b.top);
      a.right = Math.max(a.right, b.right);
      a.bottom = Math.max(a.bottom, b.bottom);
      inks.splice(j, 1);
      i = -1;
      break;
    }
  }
  return inks;
}

/** The smallest box around an icon that holds nothing else and is no bigger than a logo's tile. */
function plateOf(
  ink: LooseInk,
  boxes: readonly RawBox[],
  texts: readonly TextBounds[],
  scale: number,
): RawBox | undefined {
  const around = boxes
    .filter(
      (box) =>
        contains(box, ink) &&
        Math.max(box.right - box.left, box.bottom - box.top) + 1 <= largestPlate * scale,
    )
    .sort((a, b) => sizeOf(a) - sizeOf(b));
  const box = around[0];
  if (!box || texts.some((text) => contains(box, text))) return undefined;
  const side = Math.max(box.right - box.left, box.bottom - box.top) + 1;
  const plain = box.fill !== undefined && packedDistance(box.fill, box.outside) <= 3;
  if (side <= largestControl * scale && box.radius < 0.3 * side) return undefined;
  // A bordered square with an icon is a button, which code draws better than a crop does.
  return plain ? undefined : box;
}

const sizeOf = (box: TextBounds): number => (box.right - box.left) * (box.bottom - box.top);

function contains(box: TextBounds, inner: TextBounds): boolean {
  const x = (inner.left + inner.right) / 2;
  const y = (inner.top + inner.bottom) / 2;
  return x > box.left && x < box.right && y > box.top && y < box.bottom;
}

/** Texts of at most this many letters are doubted where they stand among icons. */
const shortText = 3;

/**
 * Letters on a plate whose equals all carry icons: an icon of the set was read as a letter.
 * @returns indices of the texts that are icons.
 */
export function iconsAmongEquals(
  texts: readonly (TextBounds & { readonly text: string })[],
  loose: readonly TextBounds[],
  boxes: readonly RawBox[],
  scale: number,
): Set<number> {
  const plates = boxes.filter(
    (box) => Math.max(box.right - box.left, box.bottom - box.top) + 1 <= largestPlate * scale,
  );
  const found = new Set<number>();
  for (const plate of plates) {
    const own = texts.flatMap((text, index) => (contains(plate, text) ? [index] : []));
    const short = own.every((index) => [...(texts[index]?.text ?? '')].length <= shortText);
    if (own.length === 0 || !short) continue;
    const equals = plates.filter((other) => other !== plate && sameSize(other, plate, scale));
    const withText = equals.filter((other) => texts.some((text) => contains(other, text))).length;
    const withIcon = equals.filter((other) => loose.some((ink) => contains(other, ink))).length;
    if (withIcon > withText) for (const index of own) found.add(index);
  }
  return found;
}

const sameSize = (a: RawBox, b: RawBox, scale: number): boolean =>
  Math.abs(a.right - a.left - (b.right - b.left)) <= 2 * scale &&
  Math.abs(a.bottom - a.top - (b.bottom - b.top)) <= 2 * scale;
