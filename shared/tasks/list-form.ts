/** The form of an answer that lists things with their places, as the model writes such lists. */
import type { AnswerForm } from './define-task.ts';

/** `bbox_2d` holds x1, y1, x2, y2 and `point_2d` x, y; all from 0 to 1000 of the width and height. */
export type PlaceKey = 'bbox_2d' | 'point_2d';

/** `[{"bbox_2d": [10, 20, 300, 40], "label": "Sign in"}, …]`, in a fence or not, with the blanks that models write. */
export function listForm(place: PlaceKey, words: string): AnswerForm {
  const count = place === 'bbox_2d' ? 4 : 2;
  const numbers = Array.from({ length: count }, () => 'number').join(' comma ');
  const grammar = [
    'root ::= ("```json\\n")? "[" (gap item ("," gap item)*)? gap "]" ("\\n```")?',
    `item ::= "{" gap "\\"${place}\\":" " "? "[" ${numbers} "]" comma "\\"${words}\\":" " "? text gap "}"`,
    'comma ::= "," gap',
    'gap ::= [ \\t\\n]{0,6}',
    'number ::= "0" | [1-9] [0-9]? [0-9]? | "1000"',
    'text ::= "\\"" ([^"\\\\\\x00-\\x1f] | "\\\\" (["\\\\/bfnrt] | "u" [0-9a-fA-F]{4}))* "\\""',
  ].join('\n');
  const schema = {
    type: 'array',
    items: {
      type: 'object',
      properties: {
        [place]: {
          type: 'array',
          items: { type: 'integer', minimum: 0, maximum: 1000 },
          minItems: count,
          maxItems: count,
        },
        [words]: { type: 'string' },
      },
      required: [place, words],
      additionalProperties: false,
    },
  };
  return { grammar, schema };
}
