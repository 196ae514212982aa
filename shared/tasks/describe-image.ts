/** Task `describe_image`: a picture in words. */
import { z } from 'zod';
import { defineModelTask } from './define-task.ts';
import {
  aboutFields,
  imageField,
  instructSampling,
  maxTokensField,
  repetitionField,
  seedField,
  untrustedField,
} from './fields.ts';
import { quoted, userTurn } from './prompt.ts';

const wording: Readonly<Record<'short' | 'full', string>> = {
  short: 'Describe this image in one or two sentences.',
  full: 'Describe this image in detail: what it shows, how its parts are arranged, and the text in it word for word.',
};

export const describeImage = defineModelTask({
  name: 'describe_image',
  title: 'Describe an image',
  description:
    'Tells in words what a picture shows. Use when you need to know what is in a photo, screenshot or chart. Do not use for one question (ask_image) or page code (ui_to_code).',
  input: z.object({
    image: imageField,
    detail: z
      .enum(['short', 'full'])
      .default('full')
      .describe('short: one or two sentences; full: everything, text included.'),
    focus: z.string().max(2000).optional().describe('What to pay attention to, e.g. "the axis labels".'),
    language: z.string().max(40).optional().describe('Language of the answer, e.g. "German".'),
    maxTokens: maxTokensField,
    seed: seedField,
  }),
  output: z.object({
    text: z.string(),
    untrusted: untrustedField,
    repetition: repetitionField,
    ...aboutFields,
  }),
  model: { sampling: instructSampling, maxTokens: 1024, imageTokens: { min: 256, max: 2048 } },
  prompt({ detail, focus, language }, { images }) {
    const lines = [wording[detail]];
    if (focus) lines.push(`Pay attention to this: ${quoted(focus)}`);
    if (language) lines.push(`Answer in this language: ${quoted(language)}`);
    return [userTurn(images, lines.join('\n'))];
  },
});
