/** Finds photos by their texture: nearly every pixel differs from the one beside it and from the one above it. */
import type { Raster } from '../../image/picture.ts';
import { at, packedAt } from '../pixels.ts';

export interface PhotoArea {
  readonly left: number;
  readonly top: number;
  /** Inclusive. */
  readonly right: number;
  readonly bottom: number;
}

const blockSize = 16;
/** Share of such pixels in a block: photos from 0.5, dense small text up to 0.4, CSS gradients below 0.1. */
const leastTexture = 0.5;
const leastBend = 3;
const leastRough = 0.1;
/** Smallest photo in blocks, and the share of its bounds that is textured. */
const smallestSide = 3;
const leastFill = 0.6;
/** Letters on a gradient or on grounds of several colours: strong edges, 0..255, and still some ground. */
const edgeStep = 40;
const mostEdges = 0.15;
const groundWithEdges = 0.2;
/** Share of one colour in an area of text; photos have less. */
const largestGround = 0.3;

/**
 * @param lossy compression gives texture to text, too; then an area that has one ground colour is not taken for a
 *   photo.
 */
export function findPhotoAreas(raster: Raster, lossy: boolean): PhotoArea[] {
  const columns = Math.floor(raster.width / blockSize);
  const rows = Math.floor(raster.height / blockSize);
  const textured = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      textured[row * columns + column] = kindOf(raster, column * blockSize, row * blockSize);
    }
  }
  const areas: PhotoArea[] = [];
  for (let seed = 0; seed < textured.length; seed++) {
    if (at(textured, seed) !== rough) continue;
    const group = flood(textured, columns, rows, seed);
    const width = group.right - group.left + 1;
    const height = group.bottom - group.top + 1;
    if (Math.min(width, height) < smallestSide || group.count < leastFill * width * height) continue;
    if (isOnGradient(textured, columns, rows, group)) continue;
    const area = refine(raster, group, lossy ? 2 : 1);
    if (!lossy || !isText(raster, area)) areas.push(area);
  }
  return areas;
}

function isText(raster: Raster, area: PhotoArea): boolean {
  const ground = groundShare(raster, area);
  return ground >= largestGround || (ground >= groundWithEdges && edgeShare(raster, area) >= mostEdges);
}

/** Share of the pixels whose neighbour is another thing: 0.17 and more of text, up to 0.17 of photos, the small ones. */
function edgeShare({ width, data }: Raster, area: PhotoArea): number {
  let [count, total] = [0, 0];
  for (let y = area.top + 1; y <= area.bottom; y++) {
    for (let x = area.left + 1; x <= area.right; x++) {
      const index = (y * width + x) * 3;
      const step = Math.max(stepBetween(data, index, index - 3), stepBetween(data, index, index - 3 * width));
      total++;
      if (step >= edgeStep) count++;
    }
  }
  return count / Math.max(1, total);
}

/** Share of the pixels that have the most frequent colour, at 4 bits a channel. */
function groundShare(raster: Raster, area: PhotoArea): number {
  const counts = new Map<number, number>();
  let total = 0;
  for (let y = area.top; y <= area.bottom; y += 2) {
    for (let x = area.left; x <= area.right; x += 2) {
      const key = packedAt(raster.data, y * raster.width + x) & 0xf0f0f0;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      total++;
    }
  }
  return Math.max(0, ...counts.values()) / Math.max(1, total);
}

/** What a block holds. */
const plain = 0;
const rough = 1;
const visited = 2;
const smooth = 3;

function kindOf(raster: Raster, left: number, top: number): number {
  const { width, data } = raster;
  let count = 0;
  let bends = 0;
  for (let y = Math.max(1, top); y < top + blockSize; y++) {
    for (let x = Math.max(1, left); x < left + blockSize; x++) {
      const index = (y * width + x) * 3;
      if (!differ(data, index, index - 3) || !differ(data, index, index - width * 3)) continue;
      count++;
      if (bend(data, index) >= leastBend) bends++;
    }
  }
  const share = count / (blockSize * blockSize);
  // The steps of a CSS gradient bend by 2 at most: rounding, twice.
  if (bends < leastRough * count) return share >= leastTexture / 2 ? smooth : plain;
  return share >= leastTexture ? rough : plain;
}

/** Text on a gradient: a rough group with smooth blocks around it. */
function isOnGradient(kinds: Uint8Array, columns: number, rows: number, group: Group): boolean {
  let around = 0;
  let count = 0;
  const look = (x: number, y: number): void => {
    if (x < 0 || y < 0 || x >= columns || y >= rows) return;
    count++;
    if (at(kinds, y * columns + x) === smooth) around++;
  };
  for (let x = group.left - 1; x <= group.right + 1; x++) {
    look(x, group.top - 1);
    look(x, group.bottom + 1);
  }
  for (let y = group.top; y <= group.bottom; y++) {
    look(group.left - 1, y);
    look(group.right + 1, y);
  }
  return around > 0.35 * count;
}

/** Largest second difference along the row. */
function bend(data: Uint8Array, index: number): number {
  let largest = 0;
  for (let channel = 0; channel < 3; channel++) {
    const i = index + channel;
    largest = Math.max(largest, Math.abs(at(data, i - 3) + at(data, i + 3) - 2 * at(data, i)));
  }
  return largest;
}

const differ = (data: Uint8Array, a: number, b: number): boolean =>
  at(data, a) !== at(data, b) || at(data, a + 1) !== at(data, b + 1) || at(data, a + 2) !== at(data, b + 2);

interface Group {
  left: number;
  top: number;
  right: number;
  bottom: number;
  count: number;
}

/** Gathers a group of neighbouring rough blocks. */
function flood(textured: Uint8Array, columns: number, rows: number, seed: number): Group {
  const group: Group = { left: columns, top: rows, right: -1, bottom: -1, count: 0 };
  const stack = [seed];
  textured[seed] = visited;
  while (stack.length > 0) {
    const block = stack.pop() ?? 0;
    const x = block % columns;
    const y = (block - x) / columns;
    group.count++;
    group.left = Math.min(group.left, x);
    group.right = Math.max(group.right, x);
    group.top = Math.min(group.top, y);
    group.bottom = Math.max(group.bottom, y);
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      const nx = x + dx;
      const ny = y + dy;
      if (nx < 0 || ny < 0 || nx >= columns || ny >= rows || at(textured, ny * columns + nx) !== rough)
        continue;
      textured[ny * columns + nx] = visited;
      stack.push(ny * columns + nx);
    }
  }
  return group;
}

/** Moves each side, by a block and a half at most, to the last row or column of which a third is textured. @param least smallest step, 0..255, that counts: ripples of compression do not. */
function refine(raster: Raster, group: Group, least: number): PhotoArea {
  const area = {
    left: group.left * blockSize,
    top: group.top * blockSize,
    right: (group.right + 1) * blockSize - 1,
    bottom: (group.bottom + 1) * blockSize - 1,
  };
  const reach = blockSize + blockSize / 2;
  const rowShare = (y: number): number =>
    lineShare(raster, area.left, area.right, (x) => y * raster.width + x, raster.width, least);
  const columnShare = (x: number): number =>
    lineShare(raster, area.top, area.bottom, (y) => y * raster.width + x, 1, least);
  const outermost = (
    from: number,
    inward: 1 | -1,
    limit: number,
    share: (line: number) => number,
  ): number => {
    const isTextured = (line: number): boolean => line >= 1 && line < limit && share(line) >= 1 / 3;
    let line = from;
    if (isTextured(line)) {
      while (Math.abs(line - from) < reach && isTextured(line - inward)) line -= inward;
      return line;
    }
    while (Math.abs(line - from) < reach && !isTextured(line)) line += inward;
    return line;
  };
  const top = outermost(area.top, 1, raster.height, rowShare);
  const bottom = outermost(area.bottom, -1, raster.height, rowShare);
  const left = outermost(area.left, 1, raster.width, columnShare);
  const right = outermost(area.right, -1, raster.width, columnShare);
  // The first row differs from the one above it only by lying below an edge, so it is found one too late at most.
  return { left: left <= 1 ? 0 : left, top: top <= 1 ? 0 : top, right, bottom };
}

/** Share of the pixels of a row or column that differ from their neighbour along it; `across` tells the neighbour's offset. */
function lineShare(
  raster: Raster,
  from: number,
  to: number,
  indexOf: (along: number) => number,
  across: number,
  least: number,
): number {
  const along = across === 1 ? raster.width : 1;
  let count = 0;
  for (let i = from + 1; i <= to; i++) {
    const index = indexOf(i) * 3;
    if (stepBetween(raster.data, index, index - along * 3) >= least) count++;
  }
  return count / Math.max(1, to - from);
}

/** Largest channel difference. */
const stepBetween = (data: Uint8Array, a: number, b: number): number =>
  Math.max(
    Math.abs(at(data, a) - at(data, b)),
    Math.abs(at(data, a + 1) - at(data, b + 1)),
    Math.abs(at(data, a + 2) - at(data, b + 2)),
  );
