/** Groups ink blobs into lines of text: side by side, overlapping in height, no wider apart than words are. */
import { packedDistance } from '../pixels.ts';
import type { Blob } from './ink.ts';

export interface InkLine {
  left: number;
  top: number;
  right: number;
  bottom: number;
  /** Height of the tallest blob. */
  tall: number;
  surface: number;
  blobs: Blob[];
}

const heightOf = (b: { top: number; bottom: number }): number => b.bottom - b.top + 1;

/** Gap between two words in units of the line's tallest blob: a space is 0.3 em, ink about 0.75 em. */
const widestGap = 0.95;
/** A zero is this many times as high as the dot in it, at most. */
const largestZero = 8;
/** CSS pixels: the space of a 13 px monospaced font, whose words may have no tall letter. */
const leastGap = 10.5;

/** @param scale source pixels per CSS pixel. */
export function groupLines(blobs: readonly Blob[], scale: number): InkLine[] {
  const small = 4 * scale;
  const inner = innerMarks(blobs);
  const free = blobs.filter((b) => !inner.has(b));
  const letters = free.filter((b) => heightOf(b) >= small).sort((a, b) => a.left - b.left);
  const marks = free.filter((b) => heightOf(b) < small);
  const lines: InkLine[] = [];
  let open: InkLine[] = [];
  for (const blob of letters) {
    open = open.filter(
      (line) =>
        blob.left - line.right <=
        Math.max(leastGap * scale, 2 * widestGap * Math.max(line.tall, heightOf(blob))),
    );
    const line = best(open, blob, scale);
    if (line) extend(line, blob);
    else {
      const fresh = lineOf(blob);
      lines.push(fresh);
      open.push(fresh);
    }
  }
  const joined = joinNeighbours(absorb(mergeDots(mergeOverlapping(lines), scale), marks, scale), scale);
  for (const [mark, letter] of inner) joined.find((line) => line.blobs.includes(letter))?.blobs.push(mark);
  return joined;
}

/** Dots in letters, as in a zero of a monospaced font: they stand on no surface but in a hole. */
function innerMarks(blobs: readonly Blob[]): Map<Blob, Blob> {
  const found = new Map<Blob, Blob>();
  for (const blob of blobs) {
    if (blob.surface >= 0) continue;
    const letter = blobs.find(
      (b) =>
        b.surface >= 0 &&
        heightOf(b) > 2 * heightOf(blob) &&
        heightOf(b) <= largestZero * heightOf(blob) &&
        b.left < blob.left &&
        b.right > blob.right &&
        b.top < blob.top &&
        b.bottom > blob.bottom &&
        packedDistance(b.color, blob.color) <= 60,
    );
    if (letter) found.set(blob, letter);
  }
  return found;
}

/** True for a full stop, a comma or a quotation mark beside letters, which monospaced fonts set wide apart. */
export function hangsOn(
  blob: Pick<Blob, 'left' | 'right' | 'top' | 'bottom'>,
  line: { readonly top: number; readonly bottom: number },
  gap: number,
): boolean {
  const tall = heightOf(line);
  const [height, width] = [heightOf(blob), blob.right - blob.left + 1];
  if (height >= 0.5 * tall || width >= 0.45 * tall || gap > 0.4 * tall) return false;
  const middle = line.top + 0.5 * tall;
  return blob.top >= middle
    ? blob.top <= line.bottom && blob.bottom <= line.bottom + 0.35 * tall
    : blob.bottom <= middle + 0.1 * tall && blob.top >= line.top - 0.2 * tall;
}

function lineOf(blob: Blob): InkLine {
  const { left, top, right, bottom, surface } = blob;
  return { left, top, right, bottom, tall: heightOf(blob), surface, blobs: [blob] };
}

function extend(line: InkLine, blob: Blob): void {
  line.left = Math.min(line.left, blob.left);
  line.top = Math.min(line.top, blob.top);
  line.right = Math.max(line.right, blob.right);
  line.bottom = Math.max(line.bottom, blob.bottom);
  line.tall = Math.max(line.tall, heightOf(blob));
  line.blobs.push(blob);
}

function best(open: readonly InkLine[], blob: Blob, scale: number): InkLine | undefined {
  let found: InkLine | undefined;
  let score = Number.POSITIVE_INFINITY;
  for (const line of open) {
    if (line.surface !== blob.surface) continue;
    const height = heightOf(blob);
    const overlap = Math.min(line.bottom, blob.bottom) - Math.max(line.top, blob.top) + 1;
    const shorter = Math.min(height, heightOf(line));
    const gap = blob.left - line.right - 1;
    // A comma or a quotation mark hangs over the edge of its line, right beside a letter.
    const hanging =
      (height < 0.5 * line.tall && overlap >= 1 && gap <= 0.3 * line.tall) || hangsOn(blob, line, gap);
    if (overlap < 0.45 * shorter && !hanging) continue;
    if (Math.max(height, line.tall) > 3.2 * Math.min(height, line.tall) && !hanging) continue;
    if (gap > Math.max(widestGap * Math.max(line.tall, height), leastGap * scale)) continue;
    const distance = Math.max(0, gap) + 2 * (shorter - overlap);
    if (distance < score) {
      score = distance;
      found = line;
    }
  }
  return found;
}

/** Joins lines that came apart because a tall letter opened a second one. */
function mergeOverlapping(lines: readonly InkLine[]): InkLine[] {
  const merged: InkLine[] = [];
  for (const line of [...lines].sort((a, b) => heightOf(b) - heightOf(a))) {
    const host = merged.find((m) => {
      if (m.surface !== line.surface) return false;
      const overlap = Math.min(m.bottom, line.bottom) - Math.max(m.top, line.top) + 1;
      const gap = Math.max(m.left, line.left) - Math.min(m.right, line.right) - 1;
      return overlap >= 0.7 * heightOf(line) && gap < 0.35 * m.tall && line.tall > 0.3 * m.tall;
    });
    if (host) for (const blob of line.blobs) extend(host, blob);
    else merged.push(line);
  }
  return merged;
}

/** Joins what came apart where only a colon or a full stop stands between. */
function joinNeighbours(lines: readonly InkLine[], scale: number): InkLine[] {
  const joined: InkLine[] = [];
  for (const line of [...lines].sort((a, b) => a.left - b.left)) {
    const host = joined.find((other) => {
      if (other.surface !== line.surface) return false;
      const tall = Math.max(other.tall, line.tall);
      const gap = line.left - other.right - 1;
      if (gap < -2 || gap > Math.max(widestGap * tall, leastGap * scale)) return false;
      const overlap = Math.min(other.bottom, line.bottom) - Math.max(other.top, line.top) + 1;
      return (
        overlap >= 0.6 * Math.min(heightOf(other), heightOf(line)) &&
        tall <= 2.2 * Math.min(other.tall, line.tall)
      );
    });
    if (host) for (const blob of line.blobs) extend(host, blob);
    else joined.push(line);
  }
  return joined;
}

/** Joins rows of equal dots, such as a hidden password, which stand wider apart than letters do. */
function mergeDots(lines: readonly InkLine[], scale: number): InkLine[] {
  const dotted = (line: InkLine): boolean =>
    line.tall <= 8 * scale &&
    line.blobs.every(
      (b) => Math.abs(b.right - b.left - (b.bottom - b.top)) <= scale && heightOf(b) >= line.tall - scale,
    );
  const merged: InkLine[] = [];
  for (const line of [...lines].sort((a, b) => a.left - b.left)) {
    const host = merged.find(
      (m) =>
        m.surface === line.surface &&
        dotted(m) &&
        dotted(line) &&
        Math.abs(m.top - line.top) <= scale &&
        line.left - m.right <= 2.2 * line.tall,
    );
    if (host) for (const blob of line.blobs) extend(host, blob);
    else merged.push(line);
  }
  return merged;
}

/** Gives dots, commas, dashes and accents to the line that they lie in, above or beside. */
function absorb(lines: InkLine[], marks: readonly Blob[], scale: number): InkLine[] {
  const rest: Blob[] = [];
  const core = lines.map((line) => ({
    line,
    left: line.left,
    right: line.right,
    top: line.top,
    bottom: line.bottom,
    tall: line.tall,
  }));
  for (const mark of marks) {
    let found: InkLine | undefined;
    let nearest = Number.POSITIVE_INFINITY;
    for (const { line, left, right, top, bottom, tall } of core) {
      if (line.surface !== mark.surface) continue;
      const reach = 0.75 * tall;
      if (mark.right < left - reach || mark.left > right + reach) continue;
      const above = top - mark.bottom;
      const below = mark.top - bottom;
      if (above > 0.35 * tall || below > 0.3 * tall) continue;
      const distance = Math.max(0, above, below) * 2 + Math.max(0, left - mark.right, mark.left - right);
      if (distance < nearest) {
        nearest = distance;
        found = line;
      }
    }
    if (found) extend(found, mark);
    else rest.push(mark);
  }
  return [...lines, ...dashes(rest, scale)];
}

/** Marks with no line of their own: runs of dots such as "…" or a password's bullets. */
function dashes(marks: readonly Blob[], scale: number): InkLine[] {
  const lines: InkLine[] = [];
  for (const mark of [...marks].sort((a, b) => a.left - b.left)) {
    const line = lines.find(
      (l) =>
        l.surface === mark.surface &&
        Math.abs(l.top - mark.top) <= 2 * scale &&
        mark.left - l.right <= 10 * scale &&
        packedDistance(l.blobs[0]?.color ?? 0, mark.color) <= 60,
    );
    if (line) extend(line, mark);
    else lines.push(lineOf(mark));
  }
  return lines;
}
