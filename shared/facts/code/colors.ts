/** The few colours of a block of code: thin strokes show each a little differently. */
import type { Rgb } from '../../geometry.ts';
import type { CodeToken } from './tokens.ts';

export interface ColoredToken extends CodeToken {
  readonly row: number;
  /** Ink pixels. */
  readonly area: number;
  /** As measured; absent without ink of its own. */
  readonly color?: Rgb;
}

type Known = ColoredToken & { readonly color: Rgb };

/** Tokens with less ink tell no colour of their own. */
const leastArea = 40;
/** Directions of colour, seen from the background, that differ by less are one; and strengths by this factor. */
const sameDirection = 0.16;
const sameStrength = 0.72;

interface Group {
  readonly members: Known[];
  color: Rgb;
  area: number;
}

type Vector = readonly [number, number, number];

const from = (color: Rgb, ground: Rgb): Vector => [
  color[0] - ground[0],
  color[1] - ground[1],
  color[2] - ground[2],
];
const size = ([a, b, c]: Vector): number => Math.hypot(a, b, c);

/** 0 for alike; more than 1 for two colours. */
function unlike(a: Rgb, b: Rgb, ground: Rgb): number {
  const [one, other] = [from(a, ground), from(b, ground)];
  const [sizeA, sizeB] = [size(one), size(other)];
  if (sizeA === 0 || sizeB === 0) return 2;
  const angle = Math.acos(
    Math.min(1, (one[0] * other[0] + one[1] * other[1] + one[2] * other[2]) / (sizeA * sizeB)),
  );
  const strength = (1 - Math.min(sizeA, sizeB) / Math.max(sizeA, sizeB)) / (1 - sameStrength);
  return Math.hypot(angle / sameDirection, strength * 0.8);
}

/** @param ground of the panel. @returns the tokens, each in the colour of its group; the largest decide first. */
export function colorsOf(tokens: readonly ColoredToken[], ground: Rgb): Known[] {
  const known = tokens.filter((token): token is Known => token.color !== undefined);
  const groups: Group[] = [];
  const strong = known.filter((token) => token.isWord && token.area >= leastArea);
  const first = strong.length > 0 ? strong : known;
  for (const token of [...first].sort((a, b) => b.area - a.area)) {
    const near = nearest(groups, token.color, ground);
    if (near !== undefined && near.unlike <= 1) {
      near.group.members.push(token);
      near.group.area += token.area;
      near.group.color = middleColor(near.group.members);
    } else groups.push({ members: [token], color: token.color, area: token.area });
  }
  const main = groups.reduce<Group | undefined>(
    (best, group) => (best === undefined || group.area > best.area ? group : best),
    undefined,
  );
  if (main === undefined) return [];
  const chosen = tokens.map((token): Known => {
    const own = groups.find((group) => group.members.some((member) => member === token));
    if (own !== undefined) return { ...token, color: own.color };
    if (token.color === undefined) return { ...token, color: main.color };
    // A sign is paler than a word, so that only its direction counts; in doubt it is plain.
    const near = nearest(groups, token.color, ground);
    const plain = unlike(main.color, token.color, ground);
    return {
      ...token,
      color: near !== undefined && near.unlike < 0.6 * plain ? near.group.color : main.color,
    };
  });
  return chosen.map((token, index) => between(chosen, index) ?? token);
}

/** A sign between two tokens of one colour has theirs, if it was plain. */
function between(tokens: readonly Known[], index: number): Known | undefined {
  const [before, token, after] = [tokens[index - 1], tokens[index], tokens[index + 1]];
  if (before === undefined || token === undefined || after === undefined || token.isWord) return undefined;
  const inside = before.row === token.row && after.row === token.row;
  const alike = before.color === after.color;
  const touching = token.start <= before.start + before.length && after.start <= token.start + token.length;
  return inside && alike && touching && token.area < leastArea
    ? { ...token, color: before.color }
    : undefined;
}

function nearest(
  groups: readonly Group[],
  color: Rgb,
  ground: Rgb,
): { readonly group: Group; readonly unlike: number } | undefined {
  let best: { group: Group; unlike: number } | undefined;
  for (const group of groups) {
    const distance = unlike(group.color, color, ground);
    if (best === undefined || distance < best.unlike) best = { group, unlike: distance };
  }
  return best;
}

/** The middle one of each channel, by ink: exact where most of the tokens are. */
function middleColor(members: readonly Known[]): Rgb {
  const half = members.reduce((sum, member) => sum + member.area, 0) / 2;
  const middle = (channel: 0 | 1 | 2): number => {
    let sum = 0;
    for (const { area, color } of [...members].sort((a, b) => a.color[channel] - b.color[channel])) {
      sum += area;
      if (sum >= half) return color[channel];
    }
    return 0;
  };
  return [middle(0), middle(1), middle(2)];
}
