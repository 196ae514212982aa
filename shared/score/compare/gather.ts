/** Makes few changes of many: what belongs to a larger change, and what moved together. */
import { bottom, overlapArea, type Rect, right, unionOf } from '../../geometry.ts';
import { type Change, wayOf } from './changes.ts';

/** As many things that moved the same way are one change: something above them grew or shrank. */
const moversOfOneMove = 3;

export function gathered(changes: readonly Change[]): Change[] {
  return moveTogether(withoutParts(changes));
}

/** The label of a button that is missing is missing too, and goes without saying. */
function withoutParts(changes: readonly Change[]): Change[] {
  return changes.filter(
    (change) =>
      !changes.some((other) => other !== change && sameFate(change, other) && isPart(change, other)),
  );
}

function sameFate(part: Change, whole: Change): boolean {
  // Letters on another ground have other edges.
  if (part.kind === 'changed' && whole.kind === 'colour') return true;
  if (part.kind !== whole.kind) return false;
  if (part.kind === 'missing' || part.kind === 'added') return true;
  if (part.kind !== 'moved' || whole.shift === undefined || part.shift === undefined) return false;
  return Math.abs(part.shift.x - whole.shift.x) <= 2 && Math.abs(part.shift.y - whole.shift.y) <= 2;
}

/** Lies inside, and is the smaller; of two that are alike the first stays. */
function isPart(part: Change, whole: Change): boolean {
  const [inner, outer] = [placeOf(part), placeOf(whole)];
  const size = (box: Rect): number => box.width * box.height;
  return size(inner) < size(outer) && overlapArea(inner, outer) >= 0.95 * size(inner);
}

/** Where a change is shown: what was expected, or what was added. */
export function placeOf({ expected, actual }: Change): Rect {
  return expected ?? actual ?? { x: 0, y: 0, width: 0, height: 0 };
}

function moveTogether(changes: readonly Change[]): Change[] {
  const groups = new Map<string, Change[]>();
  const rest: Change[] = [];
  for (const change of changes) {
    const { shift } = change;
    if (shift === undefined) rest.push(change);
    else {
      const key = keyOf(groups, shift);
      groups.set(key, [...(groups.get(key) ?? []), change]);
    }
  }
  return [
    ...rest,
    ...[...groups.values()].flatMap((group) => (group.length < moversOfOneMove ? group : [joined(group)])),
  ];
}

/** Shifts that differ by a pixel are one. */
function keyOf(groups: ReadonlyMap<string, readonly Change[]>, { x, y }: { x: number; y: number }): string {
  const near = [...groups].find(([, [first]]) => {
    const shift = first?.shift;
    return shift !== undefined && Math.abs(shift.x - x) <= 1 && Math.abs(shift.y - y) <= 1;
  });
  return near?.[0] ?? `${x} ${y}`;
}

function joined(group: readonly Change[]): Change {
  const [first] = group;
  if (first?.shift === undefined) throw new RangeError('A group of moves holds at least one.');
  return {
    kind: 'moved',
    expected: unionOf(group.flatMap(({ expected }) => expected ?? [])),
    actual: unionOf(group.flatMap(({ actual }) => actual ?? [])),
    note: `${group.length} things moved ${wayOf(first.shift)}, e.g. ${first.note.replace(/ moved .*$/, '')}`,
    shift: first.shift,
  };
}

/** A rectangle with some pixels around it. */
export function grown({ x, y, width, height }: Rect, by: number): Rect {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

/** Rectangles that overlap or touch, as one. */
export function merged(boxes: readonly Rect[]): Rect[] {
  const result: Rect[] = [];
  for (const box of boxes) {
    let whole = box;
    for (;;) {
      const index = result.findIndex((other) => touches(other, whole));
      const [other] = index < 0 ? [] : result.splice(index, 1);
      if (other === undefined) break;
      whole = unionOf([other, whole]);
    }
    result.push(whole);
  }
  return result;
}

const touches = (a: Rect, b: Rect): boolean =>
  a.x <= right(b) && b.x <= right(a) && a.y <= bottom(b) && b.y <= bottom(a);
