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
import { type PromptPart, quoted } from './prompt.ts';

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
  prompt({ question }, subject) {
    return [{ role: 'user', parts: [...pictureParts(subject), { type: 'text', text: quoted(question) }] }];
  },
});

/** Several pictures are numbered the way the model was trained on them. */
function pictureParts({ images, pictures = [images] }: PromptSubject): PromptPart[] {
  if (pictures.length <= 1) return [...images];
  return pictures.flatMap((parts, index): PromptPart[] => [
    { type: 'text', text: `Picture ${index + 1}: ` },
    ...parts,
  ]);
}
