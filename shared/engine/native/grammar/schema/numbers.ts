/** Numbers between two bounds, digit by digit. */
import { choice, digit, type GrammarNode, literal, oneOf, optional, repeat, sequence } from '../nodes.ts';
import type { Plain } from './alternatives.ts';
import { below, type Path, refusal } from './refusal.ts';

/** With 15 digits every number is one that JavaScript holds exactly. */
const mostDigits = 15;
const largest = 10 ** mostDigits - 1;
const nonZero = oneOf('1-9');

export const integerNode = choice(
  literal('0'),
  sequence(optional(literal('-')), nonZero, repeat(digit, 0, mostDigits - 1)),
);

export const numberNode = sequence(
  optional(literal('-')),
  choice(literal('0'), sequence(nonZero, repeat(digit, 0, mostDigits - 1))),
  optional(sequence(literal('.'), repeat(digit, 1, mostDigits))),
  // Two digits stay far from what JavaScript reads as infinite.
  optional(sequence(oneOf('e', 'E'), optional(oneOf('+', '-')), repeat(digit, 1, 2))),
);

/** @throws PixelwrightError `option-invalid` if no integer lies between the bounds. */
export function integerBetween(schema: Plain, path: Path): GrammarNode | undefined {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = schema;
  if ([minimum, exclusiveMinimum, maximum, exclusiveMaximum].every((bound) => bound === undefined)) {
    return undefined;
  }
  const low = Math.max(
    Math.ceil(minimum ?? -largest),
    Math.floor(exclusiveMinimum ?? -Infinity) + 1,
    -largest,
  );
  const high = Math.min(Math.floor(maximum ?? largest), Math.ceil(exclusiveMaximum ?? Infinity) - 1, largest);
  if (low > high) throw refusal(path, 'no integer of up to 15 digits lies between its bounds');
  return signed(low, high);
}

function signed(low: number, high: number): GrammarNode {
  const options: GrammarNode[] = [];
  if (low < 0) options.push(sequence(literal('-'), wholeBetween(Math.max(1, -high), -low)));
  if (high >= 0) options.push(wholeBetween(Math.max(0, low), high));
  return choice(...options);
}

/** Whole numbers from `low` to `high`, 0 ≤ low ≤ high, without leading zeros. */
function wholeBetween(low: number, high: number): GrammarNode {
  const options: GrammarNode[] = [];
  /** Lengths of which all numbers belong to it, from which to which. */
  let full: [number, number] | undefined;
  for (let digits = `${low}`.length; digits <= `${high}`.length; digits += 1) {
    const [smallest, greatest] = [digits === 1 ? 0 : 10 ** (digits - 1), 10 ** digits - 1];
    if (digits > 1 && low <= smallest && greatest <= high) full = [full?.[0] ?? digits, digits];
    else options.push(digitsBetween(`${Math.max(low, smallest)}`, `${Math.min(high, greatest)}`));
  }
  if (full !== undefined) options.push(sequence(nonZero, repeat(digit, full[0] - 1, full[1] - 1)));
  return choice(...options);
}

/** Texts of digits of one length, from `low` to `high`. */
function digitsBetween(low: string, high: string): GrammarNode {
  if (low === high) return literal(low);
  const rest = low.length - 1;
  const [lowDigit, highDigit] = [Number(low[0]), Number(high[0])];
  const [lowRest, highRest] = [low.slice(1), high.slice(1)];
  if (lowDigit === highDigit) return sequence(literal(`${lowDigit}`), digitsBetween(lowRest, highRest));
  const options: GrammarNode[] = [];
  const lowIsFull = lowRest === '0'.repeat(rest);
  const highIsFull = highRest === '9'.repeat(rest);
  if (!lowIsFull) options.push(sequence(literal(`${lowDigit}`), digitsBetween(lowRest, '9'.repeat(rest))));
  const [from, to] = [lowIsFull ? lowDigit : lowDigit + 1, highIsFull ? highDigit : highDigit - 1];
  if (from <= to) options.push(sequence(digitOf(from, to), repeat(digit, rest, rest)));
  if (!highIsFull) options.push(sequence(literal(`${highDigit}`), digitsBetween('0'.repeat(rest), highRest)));
  return choice(...options);
}

function digitOf(from: number, to: number): GrammarNode {
  return from === to ? literal(`${from}`) : oneOf(`${from}-${to}`);
}

/** The digits before the point that a bounded number may have, so that all its digits are exact. */
const mostWhole = 9;
const farthest = 10 ** mostWhole - 1;
const fraction = sequence(literal('.'), repeat(digit, 1, mostDigits - mostWhole));
const nonZeroFraction = sequence(literal('.'), repeat(digit, 0, mostDigits - mostWhole - 1), nonZero);
const zeroFraction = sequence(literal('.'), repeat(literal('0'), 1, mostDigits - mostWhole));

interface Bound {
  readonly value: number;
  readonly isExclusive: boolean;
}

/** @throws PixelwrightError `option-invalid` for bounds that are no integers, or too large, or have nothing between. */
export function numberBetween(schema: Plain, path: Path): GrammarNode | undefined {
  const low = tighter(schema.minimum, schema.exclusiveMinimum, Math.max);
  const high = tighter(schema.maximum, schema.exclusiveMaximum, Math.min);
  if (low === undefined && high === undefined) return undefined;
  for (const name of ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum'] as const) {
    const bound = schema[name];
    if (bound === undefined || (Number.isInteger(bound) && Math.abs(bound) <= farthest)) continue;
    throw refusal(
      below(path, name),
      `the bound of a number must be whole and have up to ${mostWhole} digits`,
    );
  }
  const from = low ?? { value: -farthest - 1, isExclusive: true };
  const to = high ?? { value: farthest + 1, isExclusive: true };
  const options: GrammarNode[] = [];
  if (from.value < 0) {
    const upper = to.value < 0 ? { ...to, value: -to.value } : { value: 0, isExclusive: true };
    const mirrored = decimalBetween(upper, { ...from, value: -from.value });
    if (mirrored !== undefined) options.push(sequence(literal('-'), mirrored));
  }
  if (to.value >= 0) {
    const positive = decimalBetween(from.value < 0 ? { value: 0, isExclusive: false } : from, to);
    if (positive !== undefined) options.push(positive);
  }
  if (options.length === 0) throw refusal(path, 'no number lies between its bounds');
  return choice(...options);
}

function tighter(
  inclusive: number | undefined,
  exclusive: number | undefined,
  pick: (one: number, other: number) => number,
): Bound | undefined {
  if (inclusive === undefined && exclusive === undefined) return undefined;
  const value = pick(inclusive ?? exclusive ?? 0, exclusive ?? inclusive ?? 0);
  return { value, isExclusive: value === exclusive };
}

/** Decimal numbers between whole bounds, 0 ≤ low. */
function decimalBetween(low: Bound, high: Bound): GrammarNode | undefined {
  const options: GrammarNode[] = [];
  const first = low.isExclusive ? low.value + 1 : low.value;
  if (low.isExclusive && low.value < high.value)
    options.push(sequence(literal(`${low.value}`), nonZeroFraction));
  if (first < high.value) options.push(sequence(wholeBetween(first, high.value - 1), optional(fraction)));
  if (!high.isExclusive && high.value >= first) {
    options.push(sequence(literal(`${high.value}`), optional(zeroFraction)));
  }
  return options.length === 0 ? undefined : choice(...options);
}
