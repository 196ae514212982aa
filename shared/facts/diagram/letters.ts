/** Tells which small parts of ink are letters, and puts them together into lines of text. */
import { at, median, packedAt, packedDistance } from '../pixels.ts';
import { groupLines, type InkLine } from '../text/group-lines.ts';
import type { Blob } from '../text/ink.ts';
import type { Ground } from './ground.ts';
import { heightOf, type Part, type Parts, widthOf } from './strokes.ts';
import { endsColumn } from './turned-lines.ts';

export { turnedIn, turnedLines } from './turned-lines.ts';

/** Pixels of the raster that is measured; handwriting and titles included. */
const tallest = 80;
const widestShare = 0.5;

/** Ink blobs that may be letters, words of joined letters, or marks above and below them. */
export function letterBlobs(ground: Ground, parts: Parts, dashes: ReadonlySet<number>): Blob[] {
  const candidates = parts.list.filter(
    (part) => !dashes.has(part.index) && mayBeLetter(part, ground) && !isOutline(part, parts, ground.width),
  );
  const curved = candidates.filter((part) => part.winding >= plain && heightOf(part) >= 6);
  const letterHeight = median(curved.map(heightOf)) || 20;
  // A plain stroke is a piece of a line, unless it is as short as an l, an i or a dash between words.
  const isShort = (part: Part): boolean =>
    heightOf(part) <= 2.2 * letterHeight && widthOf(part) <= 0.8 * letterHeight;
  const bent = candidates.filter(isBent);
  const isBeside = (part: Part, letters: readonly Part[]): boolean =>
    letters.some((letter) => standsBeside(part, letter));
  // The i of Tin and of Line.
  const upright = candidates.filter(
    (part) => !isBent(part) && heightOf(part) >= 6 && isShort(part) && isBeside(part, bent),
  );
  const level = candidates.filter((part) => !isBent(part) && isBetweenLetters(part, bent));
  const letters = [...bent, ...upright, ...level];
  return candidates
    .filter((part) => part.winding >= plain || isShort(part) || isBeside(part, letters))
    .map((part) => blobOf(ground, parts, part));
}

/** Encloses other ink, or more emptiness than a letter of its size does. */
function isOutline(part: Part, parts: Parts, width: number): boolean {
  const [w, h] = [widthOf(part) + 2, heightOf(part) + 2];
  if (Math.min(w, h) < 20) return false;
  const pixelOf = (local: number): number =>
    (part.top - 1 + Math.floor(local / w)) * width + part.left - 1 + (local % w);
  const isOwn = (local: number): boolean => {
    const [x, y] = [local % w, Math.floor(local / w)];
    return x > 0 && y > 0 && x < w - 1 && y < h - 1 && at(parts.labels, pixelOf(local)) === part.index;
  };
  const outside = new Uint8Array(w * h);
  const stack = [0];
  outside[0] = 1;
  while (stack.length > 0) {
    const local = stack.pop() ?? 0;
    const x = local % w;
    for (const other of [x < w - 1 ? local + 1 : -1, x > 0 ? local - 1 : -1, local + w, local - w]) {
      if (other < 0 || other >= outside.length || at(outside, other) === 1 || isOwn(other)) continue;
      outside[other] = 1;
      stack.push(other);
    }
  }
  let hole = 0;
  const within = new Set<number>();
  for (let local = 0; local < outside.length; local++) {
    if (at(outside, local) === 1 || isOwn(local)) continue;
    hole++;
    const other = at(parts.labels, pixelOf(local));
    if (other >= 0) within.add(other);
  }
  if ([...within].some((other) => heightOf(parts.list[other] ?? part) >= 8)) return true;
  return hole > 0.3 * w * h && Math.min(w, h) >= 34;
}

/** Strokes that wind less than this go straight from end to end, but for letters of two: T, L, V, 入. */
const plain = 1.45;

/** The least that two strokes at an angle wind. */
const twoStrokes = 1.08;

const isBent = (part: Part): boolean =>
  part.winding >= twoStrokes && heightOf(part) >= 6 && widthOf(part) >= 2 * part.strokeWidth;

/** The same in a word that runs upwards. */
function standsBelow(part: Part, letter: Part): boolean {
  const [own, other] = [widthOf(part), widthOf(letter)];
  const above = Math.max(part.top - letter.bottom, letter.top - part.bottom);
  const inColumn = Math.min(part.right, letter.right) - Math.max(part.left, letter.left) + 1;
  return (
    isBent(part) &&
    own <= 1.7 * other &&
    heightOf(part) <= 2 * other &&
    above <= 0.4 * other &&
    inColumn >= 0.6 * Math.min(own, other)
  );
}

/** The l of a word that runs upwards: a level stroke as long as letters, with one above it and one below. */
function isBetweenLetters(part: Part, letters: readonly Part[]): boolean {
  const width = widthOf(part);
  if (width < 6 || heightOf(part) > 0.7 * width) return false;
  const isNear = (letter: Part, gap: number): boolean => {
    const other = widthOf(letter);
    const shared = Math.min(part.right, letter.right) - Math.max(part.left, letter.left) + 1;
    return gap >= -2 && gap <= 0.45 * other && width <= 2 * other && shared >= 0.6 * Math.min(width, other);
  };
  return (
    letters.some((letter) => isNear(letter, part.top - letter.bottom)) &&
    letters.some((letter) => isNear(letter, letter.top - part.bottom))
  );
}

/** A T, or the rule of an underscore: as large as the letter beside it, in its row and close to it. */
function standsBeside(part: Part, letter: Part): boolean {
  const height = heightOf(letter);
  if (part === letter) return false;
  if (heightOf(part) > 1.7 * height || widthOf(part) > 1.5 * height) return standsBelow(part, letter);
  const gap = Math.max(part.left - letter.right, letter.left - part.right);
  if (heightOf(part) < 0.35 * height)
    return gap <= 0.35 * height && part.top > letter.top && part.bottom - letter.bottom <= 0.45 * height;
  const inRow = Math.min(part.bottom, letter.bottom) - Math.max(part.top, letter.top) + 1;
  if (gap <= 1.15 * height && inRow >= 0.6 * Math.min(height, heightOf(part))) return true;
  return standsBelow(part, letter);
}

function mayBeLetter(part: Part, ground: Ground): boolean {
  const [w, h] = [widthOf(part), heightOf(part)];
  if (h > tallest || w > widestShare * ground.width || part.area < 3) return false;
  if (w > 60 && w > 14 * h) return false;
  return true;
}

/** What `groupLines` and the recogniser want to know of a part. */
function blobOf(ground: Ground, parts: Parts, part: Part): Blob {
  const { width, surfaceOf, surfaces, raster } = ground;
  const counts = new Map<number, number>();
  let total = 0;
  const look = (x: number, y: number): void => {
    if (x < 0 || y < 0 || x >= width || y >= ground.height) return;
    const surface = at(surfaceOf, y * width + x);
    if (surface < 0) return;
    counts.set(surface, (counts.get(surface) ?? 0) + 1);
    total++;
  };
  for (let x = part.left - 2; x <= part.right + 2; x++) {
    look(x, part.top - 2);
    look(x, part.bottom + 2);
  }
  for (let y = part.top - 1; y <= part.bottom + 1; y++) {
    look(part.left - 2, y);
    look(part.right + 2, y);
  }
  const [surface, count] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [-1, 0] as [number, number]);
  const background = surfaces[surface]?.color ?? ground.background;
  let color = background;
  for (let y = part.top; y <= part.bottom; y++)
    for (let x = part.left; x <= part.right; x++) {
      const pixel = y * width + x;
      if (at(parts.labels, pixel) !== part.index) continue;
      const own = packedAt(raster.data, pixel);
      if (packedDistance(own, background) > packedDistance(color, background)) color = own;
    }
  const { index, left, top, right, bottom, area } = part;
  return {
    index,
    left,
    top,
    right,
    bottom,
    area,
    surface,
    purity: total === 0 ? 0 : count / total,
    background,
    color,
  };
}

/** Lines of text; groups that are a single plain stroke, or marks alone, are left out. */
export function textLines(blobs: readonly Blob[], parts: Parts, dashes: ReadonlySet<number>): InkLine[] {
  const letterHeight = median(blobs.map(heightOf).filter((height) => height >= 6)) || 20;
  const groups = joinStacked(groupLines(blobs, 1));
  const mayBeText = groups.filter((line) => {
    // A shape that was drawn with gaps, and taken for a letter, has a text in it.
    if (heightOf(line) > 10 && groups.some((other) => other !== line && isInside(other, line))) return false;
    // Taller than any letter around, and alone: a figure, not a title.
    const isTall = line.blobs.length === 1 && heightOf(line) > 2.6 * letterHeight;
    if (isTall && widthOf(line) < 1.2 * heightOf(line)) return false;
    if (heightOf(line) < 5) return false;
    return line.blobs.length > 1 || !endsDashes(line, parts, dashes);
  });
  const isText = (line: InkLine): boolean => {
    const windings = line.blobs.map((blob) => parts.list[blob.index]?.winding ?? 0);
    if (line.blobs.length > 1) return windings.some((winding) => winding >= 1.35);
    return (windings[0] ?? 0) >= 1.5 || (isUpright(line, parts) && !isNearDash(line, parts, dashes));
  };
  const texts = mayBeText.filter(isText);
  // An r or a C that begins or ends a word that runs upwards is a line by itself.
  return mayBeText.filter((line) => texts.includes(line) || endsColumn(line, texts));
}

/** A Chinese character alone, whose upper and lower part look like two lines of one letter: together they are as high as others. */
function joinStacked(lines: readonly InkLine[]): InkLine[] {
  const usual = median(lines.filter(({ blobs }) => blobs.length > 2).map(heightOf)) || 20;
  const joined: InkLine[] = [];
  for (const line of lines.toSorted((a, b) => a.top - b.top)) {
    const host = joined.find((upper) => {
      const [left, right] = [Math.min(upper.left, line.left), Math.max(upper.right, line.right)];
      const height = line.bottom - upper.top + 1;
      const shared = Math.min(upper.right, line.right) - Math.max(upper.left, line.left) + 1;
      return (
        upper.surface === line.surface &&
        upper.blobs.length + line.blobs.length <= 4 &&
        height <= 1.3 * usual &&
        Math.max(heightOf(upper), heightOf(line)) < 0.75 * height &&
        line.top - upper.bottom <= 0.2 * height &&
        shared >= 0.7 * Math.min(widthOf(upper), widthOf(line)) &&
        right - left + 1 >= 0.7 * height &&
        right - left + 1 <= 1.3 * height
      );
    });
    if (!host) {
      joined.push(line);
      continue;
    }
    host.left = Math.min(host.left, line.left);
    host.right = Math.max(host.right, line.right);
    host.bottom = Math.max(host.bottom, line.bottom);
    host.tall = host.bottom - host.top + 1;
    host.blobs.push(...line.blobs);
  }
  return joined;
}

const isInside = (inner: InkLine, outer: InkLine): boolean =>
  heightOf(outer) > 1.8 * heightOf(inner) &&
  heightOf(inner) >= 6 &&
  inner.left > outer.left &&
  inner.right < outer.right &&
  inner.top > outer.top &&
  inner.bottom < outer.bottom;

/** An open head at the end of a dashed line looks like a letter. */
function endsDashes(line: InkLine, parts: Parts, dashes: ReadonlySet<number>): boolean {
  const [x, y] = [(line.left + line.right) / 2, (line.top + line.bottom) / 2];
  for (const index of dashes) {
    const dash = parts.list[index];
    if (!dash) continue;
    const gapX = Math.max(dash.left - line.right, line.left - dash.right);
    const gapY = Math.max(dash.top - line.bottom, line.top - dash.bottom);
    const reach = Math.max(widthOf(dash), heightOf(dash)) + 4;
    const isLevel = gapX <= reach && Math.abs((dash.top + dash.bottom) / 2 - y) < 0.25 * heightOf(line) + 1;
    const isUpright = gapY <= reach && Math.abs((dash.left + dash.right) / 2 - x) < 0.25 * widthOf(line) + 1;
    if ((isLevel && gapX >= -2 && gapY < 0) || (isUpright && gapY >= -2 && gapX < 0)) return true;
    if (continuesAslant(line, dash)) return true;
  }
  return false;
}

/** The last dash of a line that runs aslant: no larger than the others, and next to one. */
function continuesAslant(line: InkLine, dash: Part): boolean {
  const [w, h] = [widthOf(dash), heightOf(dash)];
  const [dx, dy] = [
    Math.abs(line.left + line.right - dash.left - dash.right) / 2,
    Math.abs(line.top + line.bottom - dash.top - dash.bottom) / 2,
  ];
  const isAslant = Math.min(w, h) > 0.3 * Math.max(w, h) && Math.min(w, h) > 3;
  const isPiece = widthOf(line) <= 1.2 * w + 1 && heightOf(line) <= 1.2 * h + 1;
  return isAslant && isPiece && Math.hypot(dx, dy) <= 2.4 * Math.hypot(w, h) && Math.min(dx, dy) > 0;
}

/** The last dash of a line, which is cut short, looks like an l. */
function isNearDash(line: InkLine, parts: Parts, dashes: ReadonlySet<number>): boolean {
  const reach = 2 * heightOf(line) + 8;
  return [...dashes].some((index) => {
    const dash = parts.list[index];
    return (
      dash !== undefined &&
      dash.left - line.right < reach &&
      line.left - dash.right < reach &&
      dash.top - line.bottom < reach &&
      line.top - dash.bottom < reach
    );
  });
}

/** A lone 1, I or l. */
function isUpright(line: InkLine, parts: Parts): boolean {
  return (
    heightOf(line) <= 30 &&
    heightOf(line) >= 8 &&
    widthOf(line) <= 0.6 * heightOf(line) &&
    parts.strokeWidth < heightOf(line) / 3
  );
}
