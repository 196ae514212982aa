/** Takes heads in a row with lines hanging from them, and messages between these, for the participants of a sequence. */
import type { FoundOutline } from './outline.ts';
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
    if (isFoot || isBetween) return [];
    if (!line) return [outline];
    const { box } = outline;
    const foot = outlines.find((other) => isFootOf(other, { outline, line }));
    return [
      {
        ...outline,
        shape: 'lifeline',
        box: { ...box, height: line.to - box.y },
        rules: [box.y + box.height],
        axis: { x: line.at, to: line.to },
        ...(foot ? { foot: foot.box } : {}),
      },
    ];
  });
}

interface Hanging {
  readonly outline: FoundOutline;
  readonly line: LongStroke;
}

/** The same box again, where the line ends. */
const isFootOf = (one: FoundOutline, { outline, line }: Hanging): boolean =>
  one !== outline &&
  one.box.y > outline.box.y + outline.box.height &&
  Math.abs(one.box.y - line.to) < 2 * slack &&
  Math.abs(one.box.x - outline.box.x) < slack &&
  Math.abs(one.box.width - outline.box.width) < slack;

function axisOf({ box, shape }: FoundOutline, uprights: readonly LongStroke[]): LongStroke | undefined {
  if (shape === 'table' || box.height > 200) return undefined;
  const foot = box.y + box.height;
  const own = uprights
    .filter((one) => Math.abs(one.at - box.x - box.width / 2) < Math.max(slack, 0.08 * box.width))
    .sort((a, b) => a.from - b.from);
  const found = own.find((one) => one.from < foot + 2 * slack && one.to > foot);
  if (!found) return undefined;
  // Heads of messages interrupt it.
  let to = found.to;
  for (const more of own)
    if (Math.abs(more.at - found.at) < 5 && more.from - to < 3 * slack && more.to > to) to = more.to;
  return to - foot > Math.max(60, box.height) ? { ...found, to } : undefined;
}
