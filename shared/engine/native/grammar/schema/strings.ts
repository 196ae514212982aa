/** Strings by length, and those of a known format. */
import {
  choice,
  digit,
  type GrammarNode,
  literal,
  noneOf,
  oneOf,
  optional,
  repeat,
  sequence,
} from '../nodes.ts';

const quote = literal('"');
const hexDigit = oneOf('0-9', 'a-f', 'A-F');

/**
 * One character of a string, written as itself or escaped. Not among the escapes: halves of surrogate
 * pairs, two of which would count as one character.
 */
export const characterNode = choice(
  noneOf('"', '\\', [0x7f, 0x7f], [0x00, 0x1f]),
  sequence(
    literal('\\'),
    choice(
      oneOf('"', '\\', '/', 'b', 'f', 'n', 'r', 't'),
      sequence(
        literal('u'),
        choice(
          sequence(oneOf('0-9', 'a-c', 'A-C', 'e', 'f', 'E', 'F'), repeat(hexDigit, 3, 3)),
          sequence(oneOf('d', 'D'), oneOf('0-7'), repeat(hexDigit, 2, 2)),
        ),
      ),
    ),
  ),
);

export function quotedNode(content: GrammarNode): GrammarNode {
  return sequence(quote, content, quote);
}

const twoDigits = repeat(digit, 2, 2);
/** 04, 08, … 96. */
const leapTwoDigits = choice(
  sequence(literal('0'), oneOf('4', '8')),
  sequence(oneOf('2', '4', '6', '8'), oneOf('0', '4', '8')),
  sequence(oneOf('1', '3', '5', '7', '9'), oneOf('2', '6')),
);
const upTo = (tens: GrammarNode, ...rest: GrammarNode[]) =>
  choice(sequence(literal('0'), oneOf('1-9')), sequence(tens, digit), ...rest);
const upTo28 = choice(
  sequence(literal('0'), oneOf('1-9')),
  sequence(literal('1'), digit),
  sequence(literal('2'), oneOf('0-8')),
);
const upTo30 = upTo(oneOf('1-2'), literal('30'));
const upTo31 = upTo(oneOf('1-2'), literal('30'), literal('31'));
const dash = literal('-');

const date = choice(
  sequence(
    twoDigits,
    twoDigits,
    dash,
    choice(
      sequence(
        choice(
          sequence(literal('0'), oneOf('1', '3', '5', '7', '8')),
          sequence(literal('1'), oneOf('0', '2')),
        ),
        dash,
        upTo31,
      ),
      sequence(choice(sequence(literal('0'), oneOf('4', '6', '9')), literal('11')), dash, upTo30),
      sequence(literal('02'), dash, upTo28),
    ),
  ),
  sequence(
    choice(sequence(twoDigits, leapTwoDigits), sequence(choice(leapTwoDigits, literal('00')), literal('00'))),
    literal('-02-29'),
  ),
);

const hours = choice(sequence(oneOf('0', '1'), digit), sequence(literal('2'), oneOf('0-3')));
const sixty = sequence(oneOf('0-5'), digit);
const colon = literal(':');
const time = sequence(
  ...[hours, colon, sixty, colon, sixty, optional(sequence(literal('.'), repeat(digit, 1, 6)))],
  choice(literal('Z'), sequence(oneOf('+', '-'), hours, colon, sixty)),
);

const hex = (count: number) => repeat(hexDigit, count, count);

/** What stands between the quotes, by the name of the format. Sources: RFC 3339, RFC 9562. */
export const formats: Readonly<Record<string, GrammarNode>> = {
  date,
  time,
  'date-time': sequence(date, literal('T'), time),
  uuid: sequence(hex(8), dash, hex(4), dash, hex(4), dash, hex(4), dash, hex(12)),
};
