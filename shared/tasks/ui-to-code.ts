/** Task `ui_to_code`: a picture of a user interface becomes a page. */
import { z } from 'zod';
import { strategies, type Target } from '../config.ts';
import { PixelwrightError } from '../errors.ts';
import { defineTask, type PromptSubject } from './define-task.ts';
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

export const pageTargets = ['html', 'html-tailwind', 'vue', 'react'] as const satisfies readonly Target[];
export type PageTarget = (typeof pageTargets)[number];

export const fileRoles = ['page', 'style', 'asset'] as const;

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

export const uiToCode = defineTask({
  name: 'ui_to_code',
  title: 'Turn a user interface into code',
  description:
    'Turns a screenshot or mockup of a user interface into page code (HTML and CSS). Use when the user gives a picture of a web page, app screen or design and wants code for it. Do not use for diagrams, for reading text, or for questions about a picture: use describe_image for those.',
  input: z.object({
    image: imageField,
    target: z
      .enum(pageTargets)
      .default('html')
      .describe('Kind of code: html, html-tailwind (HTML with Tailwind classes), vue (SFC), react (TSX).'),
    strategy: z
      .enum(strategies)
      .default('auto')
      .describe(
        'measured: from the pixels, without a model, in seconds; direct: the model writes the page; auto: direct if a model is at hand, else measured.',
      ),
    instructions: z
      .string()
      .max(4000)
      .optional()
      .describe(
        'What to do differently from the picture. Only a model can follow it: strategy direct or auto.',
      ),
    inline: z
      .boolean()
      .default(false)
      .describe('One file: style and pictures inside the page. Default: files beside it.'),
    maxTokens: maxTokensField,
    seed: seedField,
  }),
  output: z.object({
    files: z
      .array(
        z.object({
          path: z.string().describe('Relative to the page, with forward slashes.'),
          mediaType: z.string().describe('E.g. text/html, text/css, image/png.'),
          role: z.enum(fileRoles).describe('page, style, or asset (a picture of the page).'),
          content: z.string().optional().describe('Text of a page or style, base64 of an asset.'),
          savedAs: z.string().optional().describe('Absolute path, where the file was written to disk.'),
        }),
      )
      .describe('The page first.'),
    strategy: z.enum(['measured', 'direct']).describe('How the page was made.'),
    report: z.object({
      madeWithoutModel: z.boolean().describe('The page was measured from the pixels; no model was asked.'),
      warnings: z.array(z.string()).describe('What a person should look at, one sentence each.'),
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
