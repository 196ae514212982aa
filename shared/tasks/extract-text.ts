/** Task `extract_text`: the text of a picture, line by line with boxes, as plain text and as Markdown. */
import { z } from 'zod';
import { defineModelTask } from './define-task.ts';
import {
  aboutFields,
  boxField,
  imageField,
  jsonSampling,
  madeByField,
  maxTokensField,
  methodField,
  seedField,
  untrustedField,
} from './fields.ts';
import { listForm } from './list-form.ts';
import { userTurn } from './prompt.ts';

/** How the model names the words of a line. */
export const textKey = 'text_content';
export const textForm = listForm('bbox_2d', textKey);

export const extractText = defineModelTask({
  name: 'extract_text',
  title: 'Read the text of a picture',
  description:
    'Reads all text of a picture: lines with boxes, plain text, Markdown. Use when you need words as they stand. Do not use for chosen values (extract_data) or a question (ask_image).',
  input: z.object({
    image: imageField,
    method: methodField,
    maxTokens: maxTokensField,
    seed: seedField,
  }),
  output: z.object({
    text: z.string(),
    markdown: z.string(),
    lines: z
      .array(z.object({ text: z.string(), box: boxField, confidence: z.number().optional() }))
      .describe('In reading order; boxes in pixels of the picture.'),
    method: madeByField,
    untrusted: untrustedField,
    ...aboutFields,
  }),
  model: { sampling: jsonSampling, maxTokens: 4096, imageTokens: { min: 1024, max: 2048 } },
  prompt: (_, { images }) => [
    // The words that the model was trained on.
    userTurn(images, 'Spotting all the text in the image with line-level, and output in JSON format.'),
  ],
});
