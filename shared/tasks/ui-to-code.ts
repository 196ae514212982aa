/** Task `ui_to_code`: a picture of a user interface becomes a page. */
import { z } from 'zod';
import { strategies, type Target } from '../config.ts';
import { PixelwrightError } from '../errors.ts';
import { defineModelTask, type PromptSubject } from './define-task.ts';
import {
  fileField,
  imageField,
  instructSampling,
  maxTokensField,
  pictureField,
  repetitionField,
  seedField,
  truncatedField,
  usageField,
  warningsField,
} from './fields.ts';
import { quoted, userTurn } from './prompt.ts';

export const pageTargets = ['html', 'html-tailwind', 'vue', 'react'] as const satisfies readonly Target[];
export type PageTarget = (typeof pageTargets)[number];

/** Whether a target is code of a page; the others are diagrams. */
export const isPageTarget = (target: Target): target is PageTarget =>
  pageTargets.some((page) => page === target);

/** Short, because long prompts make small models worse; the first sentence is the one they were trained on. */
const wording: Readonly<Partial<Record<PageTarget, readonly string[]>>> = {
  html: [
    'Analyze this screenshot and convert it to clean, functional and modern HTML code.',
    'Write one complete HTML file with its CSS in a <style> element. No scripts, no external files.',
    'Use the exact words and colors of the screenshot. For a photo write <img> with alt, width and height.',
  ],
};

const sizeLine = ({ pageSize }: PromptSubject): string[] =>
  pageSize
    ? [`The page is ${Math.round(pageSize.width)} px wide and ${Math.round(pageSize.height)} px high.`]
    : [];

const tileLine = ({ images }: PromptSubject): string[] =>
  images.length > 1 ? [`The ${images.length} images are parts of one page, from top to bottom.`] : [];

export const uiToCode = defineModelTask({
  name: 'ui_to_code',
  title: 'Turn a user interface into code',
  description:
    'Turns a screenshot or mockup into page code. Use when you want code for a pictured page, app or design. Do not use for diagrams, text or questions.',
  input: z.object({
    image: imageField,
    target: z.enum(pageTargets).default('html').describe('Kind of code.'),
    strategy: z
      .enum(strategies)
      .default('auto')
      .describe(
        'measured: without a model; perceived: the model names, code composes; direct: the model writes.',
      ),
    instructions: z.string().max(4000).optional().describe('What to do differently; needs a model.'),
    inline: z.boolean().default(false).describe('One file, with style and pictures inside.'),
    maxTokens: maxTokensField,
    seed: seedField,
  }),
  output: z.object({
    files: z.array(fileField).describe('The page first.'),
    strategy: z.enum(['measured', 'perceived', 'direct']),
    report: z.object({
      madeWithoutModel: z.boolean(),
      warnings: warningsField,
      truncated: truncatedField,
      repetition: repetitionField,
      picture: pictureField,
      usage: usageField,
    }),
  }),
  model: { sampling: instructSampling, maxTokens: 8192, imageTokens: { min: 1024, max: 2048 } },
  prompt({ target, instructions }, subject) {
    const lines = wording[target];
    if (lines === undefined) {
      throw new PixelwrightError('option-invalid', `There is no wording for the target ${target} yet.`, {
        next: `Use the target ${Object.keys(wording).join(' or ')}.`,
        details: { target },
      });
    }
    const wish = instructions ? [`The user wants this too: ${quoted(instructions)}`] : [];
    const all = [...lines, ...sizeLine(subject), ...tileLine(subject), ...wish, 'Answer with the code only.'];
    return [userTurn(subject.images, all.join('\n'))];
  },
});
