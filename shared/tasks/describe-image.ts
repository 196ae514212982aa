/** Task `describe_image`: a picture in words. */
import { z } from 'zod';
import { defineTask } from './define-task.ts';
import {
  imageField,
  instructSampling,
  maxTokensField,
  pictureField,
  repetitionField,
  seedField,
  truncatedField,
  usageField,
} from './fields.ts';
import { quoted, userTurn } from './prompt.ts';

const wording: Readonly<Record<'short' | 'full', string>> = {
  short: 'Describe this image in one or two sentences.',
  full: 'Describe this image in detail: what it shows, how its parts are arranged, and the text in it word for word.',
};

export const describeImage = defineTask({
  name: 'describe_image',
  title: 'Describe an image',
  description:
    'Tells in words what a picture shows. Use when you need to know what is in a screenshot, photo, drawing or chart. Do not use for code from a user interface: use ui_to_code.',
  input: z.object({
    image: imageField,
    detail: z
      .enum(['short', 'full'])
      .default('full')
      .describe('short: one or two sentences; full: contents, arrangement, and the text word for word.'),
    focus: z
      .string()
      .max(2000)
      .optional()
      .describe('What to pay attention to, e.g. "the error message" or "the axis labels".'),
    language: z
      .string()
      .max(40)
      .optional()
      .describe('Language of the description, e.g. "German" or "简体中文". Default: English.'),
    maxTokens: maxTokensField,
    seed: seedField,
  }),
  output: z.object({
    text: z.string().describe('The description.'),
    truncated: truncatedField,
    repetition: repetitionField,
    picture: pictureField,
    usage: usageField,
  }),
  model: { sampling: instructSampling, maxTokens: 1024, imageTokens: { min: 256, max: 2048 } },
  prompt({ detail, focus, language }, { images }) {
    const lines = [wording[detail]];
    if (focus) lines.push(`Pay attention to this: ${quoted(focus)}`);
    if (language) lines.push(`Answer in this language: ${quoted(language)}`);
    return [userTurn(images, lines.join('\n'))];
  },
});
