/** Grammars that users write: what is wrong with them, in a sentence; and that ours read back as they were. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkGrammar } from '../../../shared/engine/native/grammar/index.ts';
import type { GrammarNode } from '../../../shared/engine/native/grammar/nodes.ts';
import { GrammarSyntaxError, parseGrammar } from '../../../shared/engine/native/grammar/parse.ts';
import { printGrammar } from '../../../shared/engine/native/grammar/print.ts';
import { matches } from './texts.ts';

const chess = `# moves
root ::= (
    "1. " move " " move "\\n" # the first
    ([1-9] [0-9]? ". " move " " move "\\n")+
)
move ::= (pawn | piece |
  "O-O") [+#]?
pawn ::= [a-h] [1-8]
piece ::= [NBKQR] [a-h\\x31-8]{2,3}
`;

describe('a grammar that llama.cpp takes', () => {
  const good: [name: string, grammar: string][] = [
    ['with comments, groups and lines within them', chess],
    ['with tokens', 'root ::= <think> !<[1001]>* <[1001]> .*'],
    ['with recursion behind a character', 'root ::= "(" root? ")"'],
    ['with an empty alternative', 'root ::= | "a" root'],
    ['with Windows line ends', 'root ::= a\r\na ::= "x"\r\n'],
    ['with every escape', 'root ::= "\\n\\r\\t\\\\\\"\\[\\]\\-\\x41\\u00e9\\U0001F600" [\\]\\-^]'],
    ['with an optional that is repeated', 'root ::= ("a"?){0,3}'],
  ];

  it.each(good)('%s', (_name, grammar) => {
    checkGrammar(grammar);
  });

  it('is read as it is meant', () => {
    const rules = parseGrammar(chess);
    expect(matches(rules, '1. e4 e5\n2. Nf3 O-O+\n')).toBe(true);
    expect(matches(rules, '1. e4 e5\n')).toBe(false);
  });
});

describe('a grammar with a fault', () => {
  const bad: [grammar: string, message: string][] = [
    ['', 'A grammar starts at the rule root, and this one does not define it.'],
    ['start ::= "a"', 'A grammar starts at the rule root, and this one does not define it.'],
    ['root ::= item\nitm ::= "a"', 'The grammar uses the rule item and does not define it.'],
    ['root ::= root "a" | "a"', 'The rule root of the grammar begins with itself'],
    ['root ::= a\na ::= "x"? b\nb ::= a "y" | "z"', 'The rule a of the grammar begins with itself'],
    [
      'root ::= ws* "a"\nws ::= [ ]?',
      'The rule root of the grammar repeats without a limit something that may be empty.',
    ],
    [
      'root ::= "a" root',
      'The rule root of the grammar always needs itself again, so that no answer could ever end.',
    ],
    ['root ::= "a" list\nlist ::= "b" list', 'The rule list of the grammar always needs itself again'],
    [
      'root ::= "a"\nroot ::= "b"',
      'Line 2 of the grammar cannot be read: expected no second definition of root',
    ],
    [
      'root = "a"',
      'Line 1 of the grammar cannot be read: expected “::=” after the name of a rule, and “= "a"” stands there.',
    ],
    [
      'root ::= "a',
      'Line 1 of the grammar cannot be read: expected “"” at the end of a text, and the grammar ends there.',
    ],
    ['root ::= ("a"\n  "b"', 'Line 2 of the grammar cannot be read: expected “)”'],
    ['root ::= "a" | )', 'expected a part of a rule or the end of the line, and “)” stands there.'],
    ['root ::= *', 'expected something to repeat before the repetition'],
    ['root ::= "a"{x}', 'expected a repetition, as in {3}, {3,} or {3,5}'],
    ['root ::= "a"{5,3}', 'expected the smaller number of a repetition first'],
    ['root ::= "a"{1,9000}', 'expected at most 2000 repetitions'],
    ['root ::= ("a"{1,100}){1,100}', 'expected fewer than 2000 copies of a repeated part'],
    ['root ::= "\\q"', 'expected an escape'],
    ['root ::= [a-', 'Line 1 of the grammar cannot be read'],
    ['my_rule ::= "a"', 'expected “::=” after the name of a rule, and “_rule ::= "a"” stands there.'],
    ['root ::= <think', 'expected a token, as in <think> or <[1000]>'],
    [`root ::= ${'('.repeat(300)}`, 'at most 200 groups within each other'],
    ['root ::= "\0"', 'A grammar may not hold the character NUL.'],
    [`root ::= "${'x'.repeat(300_000)}"`, 'A grammar may have 200000 characters, and this one has 300011.'],
  ];

  it.each(bad)('%j', (grammar, message) => {
    expect(() => checkGrammar(grammar)).toThrow(
      expect.objectContaining({
        code: 'option-invalid',
        message: expect.stringContaining(message),
        next: expect.any(String),
      }),
    );
  });
});

describe('any text', () => {
  it('is read or refused, without another error', () => {
    const pieces = fc.constantFrom(
      ...['root', ' ::= ', '"a"', '[b-c]', '(', ')', '|', '*', '{2,3}', '\n', '\\', '"', '<t>', '.', '#'],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
        try {
          parseGrammar(parts.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(GrammarSyntaxError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('any grammar of ours', () => {
  const point = fc.oneof(
    fc.constantFrom('"', '\\', ']', '[', '^', '-', '\n', '\0'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  );
  const range = point.map(
    (character) => [character.codePointAt(0) ?? 0, character.codePointAt(0) ?? 0] as const,
  );
  const { node } = fc.letrec<{ node: GrammarNode }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3 },
      fc
        .array(point, { minLength: 1, maxLength: 3 })
        .map((text): GrammarNode => ({ kind: 'literal', text: text.join('') })),
      fc
        .tuple(fc.array(range, { minLength: 1, maxLength: 3 }), fc.boolean())
        .map(([ranges, negated]): GrammarNode => ({ kind: 'class', ranges, negated })),
      fc.constant<GrammarNode>({ kind: 'rule', name: 'root' }),
      fc
        .array(tie('node'), { minLength: 2, maxLength: 3 })
        .map((items): GrammarNode => ({ kind: 'sequence', items })),
      fc
        .array(tie('node'), { minLength: 2, maxLength: 3 })
        .map((options): GrammarNode => ({ kind: 'choice', options })),
      fc
        .tuple(tie('node'), fc.nat({ max: 2 }), fc.option(fc.integer({ min: 3, max: 4 }), { nil: undefined }))
        .map(([item, least, most]): GrammarNode => ({ kind: 'repeat', item, least, most })),
    ),
  }));

  it('reads back as it was written', () => {
    fc.assert(
      fc.property(node, (root) => {
        expect(printGrammar(parseGrammar(printGrammar(new Map([['root', root]]))))).toBe(
          printGrammar(new Map([['root', root]])),
        );
      }),
      { numRuns: 500 },
    );
  });
});
