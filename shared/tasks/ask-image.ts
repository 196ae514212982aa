/** Task `ask_image`: a question about one or more pictures. */
import { z } from 'zod';
import { defineModelTask, type PromptSubject } from './define-task.ts';
import {
  aboutFields,
  imageField,
  instructSampling,
  maxTokensField,
  pictureField,
  seedField,
  untrustedField,
} from './fields.ts';
import { type PromptPart, quoted, tileLines } from './prompt.ts';

/** Pictures of one question; more do not fit into the context of a small machine. */
export const mostPictures = 8;

export const askImage = defineModelTask({
  name: 'ask_image',
  title: 'Ask about pictures',
  description:
    'Answers a question about one or more pictures. Use when you need one fact, or to diagnose an error screenshot or chart. Do not use for all the text (extract_text) or a list of values (extract_data).',
  input: z.object({
    image: imageField,
    question: z.string().min(1).max(4000).describe('The question.'),
    moreImages: z
      .array(z.string().min(1))
      .max(mostPictures - 1)
      .optional()
      .describe('Pictures 2, 3, …'),
    maxTokens: maxTokensField,
    seed: seedField,
  }),
  output: z.object({
    answer: z.string(),
    untrusted: untrustedField,
    ...aboutFields,
    morePictures: z.array(pictureField).optional(),
  }),
  model: { sampling: instructSampling, maxTokens: 1024, imageTokens: { min: 1024, max: 2048 } },
  prompt({ question }, { images, pictures = [images] }) {
    const [only] = pictures;
    const single = pictures.length === 1 && only !== undefined;
    const text = [...(single ? tileLines(only) : []), quoted(question)].join('\n');
    return [{ role: 'user', parts: [...(single ? only : numbered(pictures)), { type: 'text', text }] }];
  },
});

/** Several pictures are numbered the way the model was trained on them. */
function numbered(pictures: NonNullable<PromptSubject['pictures']>): PromptPart[] {
  return pictures.flatMap((parts, index): PromptPart[] => [
    { type: 'text', text: `Picture ${index + 1}: ` },
    ...parts,
  ]);
}
