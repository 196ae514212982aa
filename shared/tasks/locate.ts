/** Task `locate`: where something is in a picture, in its pixels. */
import { z } from 'zod';
import { defineModelTask } from './define-task.ts';
import {
  aboutFields,
  boxField,
  imageField,
  jsonSampling,
  madeByField,
  methodField,
  seedField,
  untrustedField,
} from './fields.ts';
import { listForm } from './list-form.ts';
import { quoted, userTurn } from './prompt.ts';

export const locateForms = {
  box: listForm('bbox_2d', 'label'),
  point: listForm('point_2d', 'label'),
} as const;

const wording: Readonly<Record<'box' | 'point', readonly [before: string, after: string]>> = {
  box: ['Locate every instance of this: ', 'Report bbox coordinates in JSON format.'],
  point: ['Locate every instance of this with points: ', 'Report point coordinates in JSON format.'],
};

export const locate = defineModelTask({
  name: 'locate',
  title: 'Find things in a picture',
  description:
    'Finds elements by description: points and boxes in pixels. Use when you need to know where something is, e.g. to click. Do not use for what a picture shows.',
  input: z.object({
    image: imageField,
    target: z.string().min(1).max(500).describe('What to find, e.g. "the Save button".'),
    form: z.enum(['box', 'point']).default('box').describe('What to ask the model for.'),
    method: methodField,
    seed: seedField,
  }),
  output: z.object({
    matches: z
      .array(
        z.object({
          label: z.string(),
          point: z.object({ x: z.number(), y: z.number() }).describe('Middle; where to click.'),
          box: boxField.optional(),
          confidence: z.number().optional(),
        }),
      )
      .describe('Best first.'),
    method: madeByField,
    untrusted: untrustedField,
    ...aboutFields,
  }),
  model: { sampling: jsonSampling, maxTokens: 1024, imageTokens: { min: 1024, max: 2048 } },
  prompt({ target, form }, { images }) {
    const [before, after] = wording[form];
    return [userTurn(images, `${before}${quoted(target)}\n${after}`)];
  },
});
