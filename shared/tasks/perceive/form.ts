/**
 * The form of a model's answer about a region, as a grammar and as a JSON schema:
 *
 * - a thing that was measured is its number: `12`, with words where they were not read for sure: `[12,"Sign in"]`;
 * - a thing that was not is its place and its words: `[x1,y1,x2,y2,"Sign in"]`, 0 to 1000 of the region;
 * - what it is, and what it holds: `{"link":12}`, `{"nav":[{"link":12},{"link":13}]}`, `{"h1":12}`;
 * - a bare thing in a list is an item of it, in a table's row a cell, else text: `{"table":[[1,2],[3,4]]}`;
 * - a state stands behind: `{"radio":12,"is":"checked"}`.
 */
import type { AnswerForm } from '../define-task.ts';
import { groupKinds, headingNames, leafKinds, statefulKinds, states } from './answer-kinds.ts';

export interface FormOptions {
  /** Numbers that may stand alone. */
  readonly sure: readonly number[];
  /** All numbers. */
  readonly marks: readonly number[];
}

/** Groups within each other; pages nest about seven. */
const deepest = 8;
/** Characters of one text; the longest lines of pages have about 200. */
const longestWords = 240;

const stateful: readonly string[] = statefulKinds;
const groups: readonly string[] = [...groupKinds, ...headingNames];

export function answerForm(options: FormOptions): AnswerForm {
  return { grammar: grammarOf(options), schema: schemaOf(options) };
}

const literal = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
const anyOf = (texts: readonly string[]): string => texts.map(literal).join(' | ');
const many = (one: string): string => `"[" ${one} ("," ${one})* "]"`;

function grammarOf({ sure, marks }: FormOptions): string {
  const pieces = [
    ...(sure.length > 0 ? ['sure'] : []),
    ...(marks.length > 0 ? ['"[" mark "," words "]"'] : []),
    '"[" c "," c "," c "," c "," words "]"',
  ];
  const hasState = (kind: string): boolean => stateful.includes(kind);
  const levels = Array.from({ length: deepest }, (_, level) => [
    `n${level} ::= "{\\"" (group v${level} | stated v${level} is? | "table\\":" ${many(`r${level}`)} is? | leaf) "}"`,
    `v${level} ::= "\\":" (piece | ${many(`c${level}`)})`,
    `c${level} ::= piece | n${level + 1}`,
    `r${level} ::= ${many(`c${level}`)}`,
  ]).flat();
  return [
    // Where something was measured, nothing is no answer.
    marks.length > 0 ? `root ::= ${many('n0')}` : 'root ::= "[" (n0 ("," n0)*)? "]"',
    ...levels,
    `n${deepest} ::= "{\\"" (group "\\":" piece | stated "\\":" piece is? | leaf) "}"`,
    'leaf ::= single "\\":" piece | control "\\":" piece is? | "cell\\":[]"',
    `group ::= ${anyOf(groups.filter((kind) => !hasState(kind)))}`,
    `stated ::= ${anyOf(groups.filter(hasState))}`,
    `single ::= ${anyOf(leafKinds.filter((kind) => !hasState(kind)))}`,
    `control ::= ${anyOf(leafKinds.filter(hasState))}`,
    `is ::= ",\\"is\\":\\"" (${anyOf(states)}) "\\""`,
    `piece ::= ${pieces.join(' | ')}`,
    ...(sure.length > 0 ? [`sure ::= ${anyOf(sure.map(String))}`] : []),
    ...(marks.length > 0 ? [`mark ::= ${anyOf(marks.map(String))}`] : []),
    'c ::= "0" | [1-9] [0-9]? [0-9]? | "1000"',
    `words ::= "\\"" ([^"\\\\\\x00-\\x1f] | "\\\\" ["\\\\/n]){0,${longestWords}} "\\""`,
  ].join('\n');
}

type Schema = Readonly<Record<string, unknown>>;

const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });
const tuple = (...prefixItems: readonly Schema[]): Schema => ({
  type: 'array',
  prefixItems,
  minItems: prefixItems.length,
  maxItems: prefixItems.length,
});
const arrayOf = (...options: readonly Schema[]): Schema => ({
  type: 'array',
  items: options.length === 1 ? options[0] : { anyOf: options },
  minItems: 1,
});

/** Servers want every property required, so a kind that may have a state comes with and without. */
function things(kinds: readonly string[], value: Schema): Schema[] {
  const thing = (properties: Schema): Schema => ({
    type: 'object',
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  });
  return kinds.flatMap((kind) => [
    thing({ [kind]: value }),
    ...(stateful.includes(kind) ? [thing({ [kind]: value, is: ref('is') })] : []),
  ]);
}

function schemaOf({ sure, marks }: FormOptions): Schema {
  const words = ref('words');
  const coordinate = ref('coordinate');
  const pieces = [
    ...(sure.length > 0 ? [{ enum: [...sure] }] : []),
    ...(marks.length > 0 ? [tuple({ enum: [...marks] }, words)] : []),
    tuple(coordinate, coordinate, coordinate, coordinate, words),
  ];
  const levels = Array.from({ length: deepest }, (_, level): [string, Schema][] => [
    [
      `n${level}`,
      {
        anyOf: [
          ...things(groups, ref(`g${level}`)),
          ...things(['table'], arrayOf(arrayOf(ref(`c${level}`)))),
          ref('leaf'),
        ],
      },
    ],
    [`g${level}`, { anyOf: [ref('piece'), arrayOf(ref(`c${level}`))] }],
    [`c${level}`, { anyOf: [ref('piece'), ref(`n${level + 1}`)] }],
  ]).flat();
  return {
    type: 'array',
    items: ref('n0'),
    ...(marks.length > 0 ? { minItems: 1 } : {}),
    $defs: {
      ...Object.fromEntries(levels),
      [`n${deepest}`]: { anyOf: [...things(groups, ref('piece')), ref('leaf')] },
      leaf: {
        anyOf: [...things(leafKinds, ref('piece')), ...things(['cell'], { type: 'array', maxItems: 0 })],
      },
      is: { enum: [...states] },
      piece: { anyOf: pieces },
      coordinate: { type: 'integer', minimum: 0, maximum: 1000 },
      words: { type: 'string', maxLength: longestWords },
    },
  };
}
