/** Task `compare_images`: where an implementation differs from its design. Needs no model. */
import { z } from 'zod';
import { defineTask } from './define-task.ts';
import {
  boxField,
  fileField,
  pictureField,
  pictureReference,
  untrustedField,
  warningsField,
} from './fields.ts';

/** `changed` is what none of the others explains. */
export const differenceKinds = ['missing', 'added', 'moved', 'colour', 'text', 'changed'] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

export const compareImages = defineTask({
  name: 'compare_images',
  title: 'Compare two pictures',
  description:
    'Compares two screenshots, e.g. design and implementation: similarity, regions that differ. Use when you check a page against its mockup or look for a regression. Do not use for photos of different scenes.',
  input: z.object({
    expected: pictureReference('Design'),
    actual: pictureReference('Implementation'),
    differenceImage: z.boolean().default(false).describe('Also make a PNG of the differences.'),
  }),
  output: z.object({
    same: z.boolean().describe('No visible difference.'),
    similarity: z.object({
      structural: z.number().describe('SSIM; 1: equal.'),
      pixels: z.number().describe('Share of equal pixels.'),
    }),
    regions: z
      .array(
        z.object({
          kind: z.enum(differenceKinds),
          box: boxField.describe('In expected; of what was added: in actual.'),
          actualBox: boxField.optional(),
          weight: z.number().describe('Share of all differing pixels.'),
          note: z.string(),
        }),
      )
      .describe('Heaviest first.'),
    expected: pictureField,
    actual: pictureField,
    files: z.array(fileField),
    untrusted: untrustedField,
    warnings: warningsField,
    truncated: z.boolean().describe('There are more regions.'),
  }),
});
