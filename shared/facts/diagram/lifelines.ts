/** Takes heads in a row with lines hanging from them, and messages between these, for the participants of a sequence. */
import type { Rect } from '../../geometry.ts';
import { type FoundOutline, shareInside } from './outline.ts';
import { type LongStroke, levelStrokes, uprightStrokes } from './segments.ts';

const slack = 16;

/** The same outlines, with heads made lifelines; their feet, repeated below, are left out. */
export function withLifelines(
  outlines: readonly FoundOutline[],
  walls: Uint8Array,
  width: number,
  height: number,
): FoundOutline[] {
  const uprights = uprightStrokes(walls, width, height, 24);
  const hanging = outlines.flatMap((outline) => {
    const line = axisOf(outline, uprights);
    return line ? [{ outline, line }] : [];
  });
  const row = hanging.filter(
    ({ outline }) =>
      hanging.filter((other) => Math.abs(other.outline.box.y - outline.box.y) < slack).length >= 2,
  );
  if (row.length < 2) return [...outlines];
  const levels = levelStrokes(walls, width, height, 30);
  const messages = levels.filter((level) => {
    const met = row.filter(
      ({ line, outline }) =>
        level.at > outline.box.y + outline.box.height &&
        level.at < line.to + 4 &&
        line.at > level.from - slack &&
        line.at < level.to + slack,
    );
    const ends = met.filter(
      ({ line }) => Math.abs(line.at - level.from) < slack || Math.abs(line.at - level.to) < slack,
    );
    return ends.length >= 2;
  });
  if (messages.length < 2) return [...outlines];
  const lines = new Map(row.map(({ outline, line }) => [outline, line]));
  return outlines.flatMap((outline): FoundOutline[] => {
    const line = lines.get(outline);
    const isFoot = row.some((one) => isFootOf(outline, one));
    const isAxis = (x: number): boolean => row.some((one) => Math.abs(one.line.at - x) < slack);
    const below = row.some((one) => outline.box.y > one.outline.box.y + one.outline.box.height);
    // What two lifelines and two messages enclose is no shape.
    const isBetween = below && isAxis(outline.box.x) && isAxis(outline.box.x + outline.box.width);
    const isBar = row.some((one) => one.line.bars.some((bar) => shareInside(outline.box, grown(bar)) > 0.9));
    if (isFoot || isBetween || isBar) return [];
    const { box } = outline;
    if (!line && row.some((one) => crosses({ box: one.outline.box, axis: axisFrom(one) }, box)))
      return [{ ...outline, shape: 'rectangle', rules: dividersOf(box, levels), tracks: [] }];
    if (!line) return [outline];
    const foot = outlines.find((other) => isFootOf(other, { outline, line }));
    return [
      {
        ...outline,
        shape: 'lifeline',
        box: { ...box, height: line.to - box.y },
        rules: [box.y + box.height],
        axis: axisFrom({ line }),
        ...(line.bars.length === 0 ? {} : { bars: line.bars }),
        ...(foot ? { foot: foot.box } : {}),
      },
    ];
  });
}

const grown = ({ x, y, width, height }: Rect): Rect => ({
  x: x - 4,
  y: y - 4,
  width: width + 8,
  height: height + 8,
});

interface Hanging {
  readonly outline: FoundOutline;
  readonly line: Axis;
}

const axisFrom = ({ line }: Pick<Hanging, 'line'>): NonNullable<FoundOutline['axis']> => ({
  x: line.at,
  to: line.to,
});

/** Whether a lifeline passes through a box, as through the frame of an alternative. */
export const crosses = ({ box, axis }: Pick<FoundOutline, 'box' | 'axis'>, frame: Rect): boolean =>
  axis !== undefined &&
  axis.x > frame.x + 2 * slack &&
  axis.x < frame.x + frame.width - 2 * slack &&
  frame.y > box.y + slack &&
  axis.to > frame.y + frame.height;

/** Lines from side to side of a frame, which part its alternatives and are no messages. */
const dividersOf = (frame: Rect, levels: readonly LongStroke[]): number[] =>
  levels
    .filter(
      ({ at, from, to }) =>
        at > frame.y + slack &&
        at < frame.y + frame.height - slack &&
        from < frame.x + slack &&
        to > frame.x + frame.width - slack,
    )
    .map(({ at }) => at);

interface Axis extends LongStroke {
  /** While the participant is active. */
  readonly bars: readonly Rect[];
}

/** The same box again, where the line ends. */
const isFootOf = (one: FoundOutline, { outline, line }: Hanging): boolean =>
  one !== outline &&
  one.box.y > outline.box.y + outline.box.height &&
  Math.abs(one.box.y - line.to) < 2 * slack &&
  Math.abs(one.box.x - outline.box.x) < slack &&
  Math.abs(one.box.width - outline.box.width) < slack;

function axisOf({ box, shape }: FoundOutline, uprights: readonly LongStroke[]): Axis | undefined {
  if (shape === 'table' || box.height > 200) return undefined;
  const foot = box.y + box.height;
  const own = uprights
    .filter((one) => Math.abs(one.at - box.x - box.width / 2) < Math.max(slack, 0.08 * box.width))
    .sort((a, b) => a.from - b.from);
  const found = own.find((one) => one.from < foot + 2 * slack && one.to > foot);
  if (!found) return undefined;
  const bars = barsOn(found.at, uprights);
  const pieces = [
    ...own.filter((more) => Math.abs(more.at - found.at) < 5),
    ...bars.map(({ y, height }) => ({ from: y, to: y + height })),
  ].sort((a, b) => a.from - b.from);
  // Heads of messages interrupt it.
  let to = found.to;
  for (const more of pieces) if (more.from - to < 3 * slack && more.to > to) to = more.to;
  return to - foot > Math.max(60, box.height) ? { ...found, to, bars } : undefined;
}

/** Widest bar of an activation, pixels; messages to oneself stand a second one beside the first. */
const widestBar = 44;

/** Two upright strokes with the axis between them or beside, which begin and end together. */
function barsOn(x: number, uprights: readonly LongStroke[]): Rect[] {
  const near = uprights.filter(({ at }) => Math.abs(at - x) <= widestBar);
  return near.flatMap((left) =>
    near.flatMap((right): Rect[] => {
      const width = right.at - left.at;
      const isPair =
        width >= 5 &&
        width <= widestBar &&
        Math.abs(left.from - right.from) <= 6 &&
        Math.abs(left.to - right.to) <= 6 &&
        Math.abs((left.at + right.at) / 2 - x) <= 0.75 * width &&
        left.to - left.from > width;
      return isPair ? [{ x: left.at, y: left.from, width, height: left.to - left.from }] : [];
    }),
  );
}
