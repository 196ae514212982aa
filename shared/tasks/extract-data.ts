/** Task `extract_data`: what a picture says, in the form of the caller's JSON schema. */
import { z } from 'zod';
import { defineModelTask } from './define-task.ts';
import {
  aboutFields,
  imageField,
  jsonSampling,
  maxTokensField,
  seedField,
  untrustedField,
} from './fields.ts';
import { quoted, tileLines, userTurn } from './prompt.ts';

/** An agent may write the schema as an object just as well; inside it is always text. */
const schemaField = z
  .preprocess(
    (value) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : value),
    z.string().min(2).max(20_000),
  )
  .describe('JSON schema of the answer, an object or array, as JSON text.');

export const extractData = defineModelTask({
  name: 'extract_data',
  title: 'Extract data by a schema',
  description:
    'Fills your JSON schema from a picture (invoice, chart, table, form). Use when you need values in a fixed form. Do not use for all the text: use extract_text.',
  input: z.object({
    image: imageField,
    schema: schemaField,
    instructions: z.string().max(2000).optional().describe('What to pay attention to.'),
    maxTokens: maxTokensField,
    seed: seedField,
  }),
  output: z.object({
    data: z.unknown().describe('Valid under the schema.'),
    untrusted: untrustedField,
    ...aboutFields,
  }),
  model: { sampling: jsonSampling, maxTokens: 4096, imageTokens: { min: 1024, max: 2048 } },
  prompt({ schema, instructions }, { images }) {
    const lines = [
      'Extract the information in the image, output in JSON that follows this JSON schema:',
      quoted(schema),
      ...tileLines(images),
      ...(instructions ? [`Pay attention to this: ${quoted(instructions)}`] : []),
    ];
    return [userTurn(images, lines.join('\n'))];
  },
});
