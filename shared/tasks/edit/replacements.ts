/** Task: an instruction becomes a few replacements in code; the rest of it stays as it is, letter by letter. */
import { z } from 'zod';
import { jsonSampling } from '../fields.ts';
import { type PromptMessage, quoted, userTurn } from '../prompt.ts';

export const replacementSchema = z.object({
  file: z.string().max(200),
  /** Stands exactly once in the file. */
  search: z.string().min(1).max(4000),
  replace: z.string().max(8000),
});

export type Replacement = z.infer<typeof replacementSchema>;

export const mostReplacements = 16;

export const replacementModel = { sampling: jsonSampling, maxTokens: 2048 } as const;

/** Only files that were given can be named. */
export function replacementsSchema(files: readonly string[]): Readonly<Record<string, unknown>> {
  const file = z.enum(files);
  return z.toJSONSchema(z.array(replacementSchema.extend({ file })).max(mostReplacements));
}

export interface CodeFile {
  /** Name with its extension; it tells the language. */
  readonly path: string;
  readonly content: string;
}

export function replacementPrompt(files: readonly CodeFile[], instruction: string): PromptMessage[] {
  const lines = [
    ...files.flatMap(({ path, content }) => [`This is ${path}:`, '```', quoted(content), '```']),
    `The user wants: ${quoted(instruction)}`,
    'Answer with the smallest replacements in JSON: [{"file": name, "search": lines that stand in the file exactly once, "replace": what takes their place}].',
  ];
  return [userTurn([], lines.join('\n'))];
}
