/** Asks the pixels which of two readings a piece of ink is. */
import { inkBox, type LineImage } from '../recogniser/line-image.ts';
import type { Face } from '../typography/faces.ts';
import type { TextRenderer } from '../typography/render.ts';

/** How far a drawing may have to move to lie on the ink, pixels across, and as a share of the height. */
const shiftAcross = 1;
const shiftAlong = 0.3;
/** Sizes that are drawn, source pixels. */
const [smallest, largest] = [4, 300];

/**
 * Both readings are drawn as wide as the ink and laid on it; only where the drawings differ does the ink vote:
 * (squared distance to `a` − to `b`) / squared distance between `a` and `b`.
 * @returns −1 (the ink is `a`) … 1 (it is `b`); 0 where it cannot tell.
 */
export function voteBetween(
  image: LineImage,
  a: string,
  b: string,
  faces: readonly Face[],
  renderer: TextRenderer,
): number {
  const target = cropped(image);
  if (target === undefined) return 0;
  const [first, second] = [a, b].map((text) => bestDrawing(target, text, faces, renderer));
  if (first === undefined || second === undefined) return 0;
  let between = 0;
  for (let index = 0; index < target.ink.length; index++)
    between += ((first.ink[index] ?? 0) - (second.ink[index] ?? 0)) ** 2;
  if (between === 0) return 0;
  return Math.max(-1, Math.min(1, (first.error - second.error) / between));
}

/**
 * How much a piece of ink looks like a text drawn as wide as it is: their correlation.
 * @returns 0 (nothing in common) … 1; undefined where no font can tell.
 */
export function likenessOf(
  image: LineImage,
  text: string,
  faces: readonly Face[],
  renderer: TextRenderer,
): number | undefined {
  const target = cropped(image);
  const drawing = target && bestDrawing(target, text, faces, renderer);
  const box = target && inkBox(target);
  if (target === undefined || box === undefined || drawing === undefined) return undefined;
  let [n, a, b, aa, bb, ab] = [0, 0, 0, 0, 0, 0];
  for (let y = box.y; y < box.y + box.height; y++) {
    for (let x = box.x; x < box.x + box.width; x++) {
      const [own, other] = [target.ink[y * target.width + x] ?? 0, drawing.ink[y * target.width + x] ?? 0];
      n++;
      a += own;
      b += other;
      aa += own * own;
      bb += other * other;
      ab += own * other;
    }
  }
  const spread = Math.sqrt((aa - (a * a) / n) * (bb - (b * b) / n));
  return spread <= 0 ? 0 : Math.max(0, (ab - (a * b) / n) / spread);
}

/** The ink with a margin as wide as drawings may move. */
function cropped(image: LineImage): LineImage | undefined {
  const box = inkBox(image);
  if (box === undefined || box.height < 4) return undefined;
  const margin = Math.ceil(shiftAlong * box.height) + 2;
  const [width, height] = [box.width + 2 * margin, box.height + 2 * margin];
  const ink = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = box.y - margin + y;
    if (from < 0 || from >= image.height) continue;
    for (let x = 0; x < width; x++) {
      const column = box.x - margin + x;
      if (column >= 0 && column < image.width)
        ink[y * width + x] = image.ink[from * image.width + column] ?? 0;
    }
  }
  return { ink, width, height };
}

interface Drawing {
  /** In the target's frame. */
  readonly ink: Uint8Array;
  /** Squared distance to the target. */
  readonly error: number;
}

function bestDrawing(
  target: LineImage,
  text: string,
  faces: readonly Face[],
  renderer: TextRenderer,
): Drawing | undefined {
  let best: Drawing | undefined;
  for (const face of faces) {
    const drawn = drawAsWide(target, text, face, renderer);
    const laid = drawn && layOn(target, drawn);
    if (laid !== undefined && (best === undefined || laid.error < best.error)) best = laid;
  }
  return best;
}

function drawAsWide(
  target: LineImage,
  text: string,
  face: Face,
  renderer: TextRenderer,
): LineImage | undefined {
  const { width } = renderer.metrics(face, text);
  const box = inkBox(target);
  if (width <= 0.01 || box === undefined) return undefined;
  const size = box.width / width;
  return size >= smallest && size <= largest ? renderer.image(face, size, text) : undefined;
}

/** Tries all small shifts. */
function layOn(target: LineImage, drawn: LineImage): Drawing | undefined {
  const [own, other] = [inkBox(target), inkBox(drawn)];
  if (own === undefined || other === undefined) return undefined;
  const reach = Math.ceil(shiftAlong * own.height);
  const top = own.y - other.y + Math.round((own.height - other.height) / 2);
  let best: Drawing | undefined;
  for (let down = -reach; down <= reach; down++) {
    for (let across = -shiftAcross; across <= shiftAcross; across++) {
      const laid = laidAt(target, drawn, own.x - other.x + across, top + down);
      if (best === undefined || laid.error < best.error) best = laid;
    }
  }
  return best;
}

function laidAt(target: LineImage, drawn: LineImage, left: number, top: number): Drawing {
  const ink = new Uint8Array(target.ink.length);
  let error = 0;
  for (let y = 0; y < target.height; y++) {
    for (let x = 0; x < target.width; x++) {
      const index = y * target.width + x;
      const [column, row] = [x - left, y - top];
      const inside = column >= 0 && row >= 0 && column < drawn.width && row < drawn.height;
      const value = inside ? (drawn.ink[row * drawn.width + column] ?? 0) : 0;
      ink[index] = value;
      error += ((target.ink[index] ?? 0) - value) ** 2;
    }
  }
  return { ink, error };
}
