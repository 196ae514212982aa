/** Joins the pieces of messages that pass the lifelines between their participants. */
import type { FoundConnector } from './connectors.ts';
import type { FoundOutline } from './outline.ts';

/** Pixels of the raster by which the pieces of one level line differ in height. */
const level = 5;

/**
 * Two pieces that meet at a lifeline, on one height and without a head there, are one line: a message of its own
 * would end or begin with an arrow.
 * @param outlines what the connectors' ends are places in.
 */
export function passingOn(
  connectors: readonly FoundConnector[],
  outlines: readonly FoundOutline[],
): FoundConnector[] {
  const list = [...connectors];
  const isAtLifelines = ({ from, to, line }: FoundConnector): boolean =>
    from !== to &&
    line === 'straight' &&
    outlines[from]?.axis !== undefined &&
    outlines[to]?.axis !== undefined;
  for (let joined = true; joined; ) {
    joined = false;
    for (const one of list.filter(isAtLifelines)) {
      const other = list.find(
        (candidate) => candidate !== one && isAtLifelines(candidate) && meet(one, candidate),
      );
      if (other === undefined) continue;
      const [first, second] = ordered(one, other);
      list.splice(list.indexOf(one), 1);
      list.splice(list.indexOf(other), 1);
      list.push(together(first, second));
      joined = true;
      break;
    }
  }
  return list;
}

const reversed = (line: FoundConnector): FoundConnector => ({
  ...line,
  points: line.points.toReversed(),
  from: line.to,
  to: line.from,
  fromHead: line.toHead,
  toHead: line.fromHead,
});

/** From left to right. */
const rightwards = (line: FoundConnector): FoundConnector =>
  (line.points[0]?.x ?? 0) <= (line.points.at(-1)?.x ?? 0) ? line : reversed(line);

/** Both from left to right, the left one first. */
function ordered(one: FoundConnector, other: FoundConnector): readonly [FoundConnector, FoundConnector] {
  const [a, b] = [rightwards(one), rightwards(other)];
  return (a.points[0]?.x ?? 0) <= (b.points[0]?.x ?? 0) ? [a, b] : [b, a];
}

function meet(one: FoundConnector, other: FoundConnector): boolean {
  const [left, right] = ordered(one, other);
  const [end, start] = [left.points.at(-1), right.points[0]];
  return (
    left.to === right.from &&
    left.dashed === right.dashed &&
    left.toHead === 'none' &&
    right.fromHead === 'none' &&
    end !== undefined &&
    start !== undefined &&
    Math.abs(end.y - start.y) <= level
  );
}

/** The two as one line, towards its arrow. */
function together(left: FoundConnector, right: FoundConnector): FoundConnector {
  const [start, end] = [left.points[0], right.points.at(-1)];
  const whole: FoundConnector = {
    ...left,
    to: right.to,
    toHead: right.toHead,
    points: [start, end].flatMap((point) => point ?? []),
    confidence: Math.min(left.confidence, right.confidence),
  };
  return whole.toHead === 'none' && whole.fromHead !== 'none' ? reversed(whole) : whole;
}
