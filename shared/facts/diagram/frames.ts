/** Finds boxes around other shapes by their four sides, because connectors that cross a frame cut its inside apart. */
import type { Rect } from '../../geometry.ts';
import { at, packedAt } from '../pixels.ts';
import type { Ground } from './ground.ts';
import { boxIou, type FoundOutline, shareInside } from './outline.ts';
import { type LongStroke, levelStrokes, uprightStrokes } from './segments.ts';

const leastSide = 50;
/** How far strokes may miss each other at a corner, pixels. */
const slack = 9;
/** Pixels: room for one line of text, and for no shape. */
const narrowHead = 64;

/** Frames with shapes or rules in them, and boxes that were not found by their inside; lanes of a frame are frames too. */
export function findFrames(
  ground: Ground,
  walls: Uint8Array,
  outlines: readonly FoundOutline[],
  texts: readonly Rect[],
  stroke: number,
): { readonly frames: FoundOutline[]; readonly cells: ReadonlySet<FoundOutline> } {
  const { width, height } = ground;
  const drawn = withPlainEdges(walls, outlines, width);
  const levels = levelStrokes(drawn, width, height, leastSide);
  const uprights = uprightStrokes(drawn, width, height, leastSide);
  const frames: FoundOutline[] = [];
  const candidates = boxesOf(levels, uprights).sort((a, b) => b.width * b.height - a.width * a.height);
  const cells = new Set<FoundOutline>();
  for (const box of candidates) {
    const outer = {
      x: box.x - stroke / 2,
      y: box.y - stroke / 2,
      width: box.width + stroke,
      height: box.height + stroke,
    };
    const within = (
      strokes: readonly LongStroke[],
      low: number,
      high: number,
      from: number,
      to: number,
    ): number[] =>
      strokes
        .filter(
          (one) =>
            one.at > low + 2 * slack &&
            one.at < high - 2 * slack &&
            one.from <= from + slack &&
            one.to >= to - slack,
        )
        .map((one) => one.at);
    const across = within(levels, box.y, box.y + box.height, box.x, box.x + box.width);
    const tracks = within(uprights, box.x, box.x + box.width, box.y, box.y + box.height);
    // Lanes may have one head for all of them, and begin behind it.
    const head = tracks.find((cut) => cut - box.x < narrowHead);
    const behind =
      head === undefined ? [] : within(levels, box.y, box.y + box.height, head, box.x + box.width);
    const rules = [...new Set([...across, ...behind])];
    if (outlines.some((other) => other.shape === 'table' && boxIou(other.box, outer) > 0.8)) continue;
    const own = cellsOf(outer, rules, tracks, outlines);
    const shapes = outlines.filter((outline) => !own.includes(outline));
    if (
      frames.some(
        (other) =>
          boxIou(other.box, outer) > 0.8 ||
          (shareInside(outer, other.box) > 0.95 && other.shape === 'swimlane'),
      )
    )
      continue;
    if (shapes.some((other) => boxIou(other.box, outer) > 0.8)) continue;
    // A piece of a grid, or of a shape that is known.
    if (shapes.some((other) => shareInside(outer, other.box) > 0.9 && !containsOthers(other, outlines)))
      continue;
    const inside = shapes.filter((other) => shareInside(other.box, outer) > 0.9);
    const words = texts.filter((text) => shareInside(text, outer) > 0.9);
    if (inside.length === 0 && words.length === 0) continue;
    if (inside.some((other) => shareInside(outer, other.box) > 0.8)) continue;
    if (shapes.some((other) => partly(other.box, outer))) continue;
    const isInHead = (one: FoundOutline): boolean =>
      tracks.some((cut) => cut - box.x < narrowHead && one.box.x + one.box.width < cut + slack) ||
      rules.some((cut) => cut - box.y < narrowHead && one.box.y + one.box.height < cut + slack);
    for (const cell of [...own, ...inside.filter(isInHead)]) cells.add(cell);
    const color = colorAlong(ground, box);
    const base = {
      stroke,
      ...(color === undefined ? {} : { strokeColor: color }),
      ...fillOf(ground, box),
      confidence: 0.8,
    };
    frames.push(
      ...lanesOf(box, rules, tracks, inside).map(
        (lane): FoundOutline => ({
          ...base,
          ...lane,
          shape: lane.tracks.length + lane.rules.length > 0 ? 'swimlane' : 'rectangle',
        }),
      ),
    );
  }
  return { frames, cells };
}

/** Frames go on along the edges of shapes without a stroke, such as the icon in their corner. */
function withPlainEdges(walls: Uint8Array, outlines: readonly FoundOutline[], width: number): Uint8Array {
  const drawn = walls.slice();
  for (const { box, stroke } of outlines) {
    if (stroke > 0) continue;
    const [left, top] = [Math.round(box.x), Math.round(box.y)];
    const [right, bottom] = [Math.round(box.x + box.width) - 1, Math.round(box.y + box.height) - 1];
    for (let x = left; x <= right; x++) drawn[top * width + x] = drawn[bottom * width + x] = 1;
    for (let y = top; y <= bottom; y++) drawn[y * width + left] = drawn[y * width + right] = 1;
  }
  return drawn;
}

/** Boxes between the lines of a frame: lanes, and their heads, that nothing crosses. */
function cellsOf(
  outer: Rect,
  rules: readonly number[],
  tracks: readonly number[],
  outlines: readonly FoundOutline[],
): FoundOutline[] {
  if (rules.length + tracks.length === 0) return [];
  const isOn = (value: number, lines: readonly number[]): boolean =>
    lines.some((line) => Math.abs(line - value) < slack + 4);
  const [xs, ys] = [
    [outer.x, outer.x + outer.width, ...tracks],
    [outer.y, outer.y + outer.height, ...rules],
  ];
  return outlines.filter(
    ({ box }) =>
      isOn(box.x, xs) && isOn(box.x + box.width, xs) && isOn(box.y, ys) && isOn(box.y + box.height, ys),
  );
}

const containsOthers = (outline: FoundOutline, outlines: readonly FoundOutline[]): boolean =>
  outlines.some((other) => other !== outline && shareInside(other.box, outline.box) > 0.9);

const partly = (a: Rect, b: Rect): boolean => {
  const share = shareInside(a, b);
  return share > 0.15 && share < 0.85;
};

/** Four strokes that end where they meet. */
function boxesOf(levels: readonly LongStroke[], uprights: readonly LongStroke[]): Rect[] {
  const boxes: Rect[] = [];
  for (const [index, top] of levels.entries()) {
    for (const [other, below] of levels.entries()) {
      if (other === index || below.at - top.at < leastSide) continue;
      if (Math.abs(top.from - below.from) > 2 * slack || Math.abs(top.to - below.to) > 2 * slack) continue;
      const side = (x: number): boolean =>
        uprights.some(
          (one) =>
            Math.abs(one.at - x) <= slack &&
            one.from <= top.at + slack &&
            one.to >= below.at - slack &&
            one.from >= top.at - 2 * slack &&
            one.to <= below.at + 2 * slack,
        );
      const [left, right] = [(top.from + below.from) / 2, (top.to + below.to) / 2];
      if (!side(left) || !side(right)) continue;
      boxes.push({ x: left, y: top.at, width: right - left, height: below.at - top.at });
    }
  }
  return boxes;
}

/** A frame with rules from side to side, and shapes in its parts, is a stack of lanes; with a narrow track first, their heads stand left. */
function lanesOf(
  box: Rect,
  rules: readonly number[],
  tracks: readonly number[],
  inside: readonly FoundOutline[],
): { box: Rect; rules: number[]; tracks: number[] }[] {
  const split = (start: 'y' | 'x', size: 'height' | 'width', cuts: readonly number[]): Rect[] => {
    const edges = [box[start], ...cuts.toSorted((a, b) => a - b), box[start] + box[size]];
    return edges
      .slice(1)
      .map((end, index) => ({ ...box, [start]: edges[index] ?? 0, [size]: end - (edges[index] ?? 0) }));
  };
  // A narrow first part is a head, whatever letters in it were taken for; a wider one if no shape stands in it.
  const isHead = (cut: number, start: 'y' | 'x', size: 'height' | 'width'): boolean =>
    cut - box[start] < narrowHead ||
    (cut - box[start] < 0.2 * box[size] && !inside.some((one) => one.box[start] < cut - slack));
  const headTracks = tracks.filter((cut) => isHead(cut, 'x', 'width'));
  const headRules = rules.filter((cut) => isHead(cut, 'y', 'height'));
  const laneRules = rules.filter((cut) => headTracks.length > 0 || !headRules.includes(cut));
  const laneTracks = tracks.filter((cut) => !headTracks.includes(cut));
  if (laneRules.length > 0 && laneTracks.length === 0)
    return split('y', 'height', laneRules).map((lane) => ({ box: lane, rules: [], tracks: headTracks }));
  if (laneTracks.length > 0 && laneRules.length === 0)
    return split('x', 'width', laneTracks).map((lane) => ({ box: lane, rules: headRules, tracks: [] }));
  return [{ box, rules: [...headRules], tracks: [...headTracks] }];
}

/** Gaps between dashes, which count as walls, have the paper's colour. */
function colorAlong(ground: Ground, box: Rect): number | undefined {
  const counts = new Map<number, number>();
  for (let x = Math.round(box.x); x < box.x + box.width; x += 3)
    for (let dy = -2; dy <= 2; dy++) {
      const pixel = (Math.round(box.y) + dy) * ground.width + x;
      if (at(ground.ink, pixel) === 0) continue;
      const color = packedAt(ground.raster.data, pixel) & 0xf0f0f0;
      counts.set(color, (counts.get(color) ?? 0) + 1);
    }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** The commonest surface along the inner edge, where it is not the page's. */
function fillOf(ground: Ground, box: Rect): { fill?: number } {
  const counts = new Map<number, number>();
  for (let x = Math.round(box.x) + 12; x < box.x + box.width - 12; x += 4) {
    const surface = at(ground.surfaceOf, (Math.round(box.y) + 10) * ground.width + x);
    const color = surface < 0 ? undefined : ground.surfaces[surface]?.color;
    if (color !== undefined) counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  const [common] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [ground.background];
  return common === ground.background ? {} : { fill: common };
}
