/** Fields that several tasks share, described once. */
import { z } from 'zod';
import type { Sampling } from './prompt.ts';

/**
 * What the makers of Qwen3-VL recommend for its Instruct models. The presence penalty works against
 * endless repetition; the seed makes a run repeatable.
 */
export const instructSampling = {
  temperature: 0.7,
  topP: 0.8,
  topK: 20,
  repetitionPenalty: 1,
  presencePenalty: 1.5,
  seed: 1,
} as const satisfies Sampling;

export const imageField = z
  .string()
  .min(1)
  .describe(
    'The picture: a file path (absolute is safest; ~ and file:// work), an http(s) URL, a data: URI, or "clipboard:" for the picture that was copied last.',
  );

export const maxTokensField = z
  .int()
  .min(16)
  .max(32_768)
  .optional()
  .describe("Longest answer of the model, in tokens. Default: the task's own limit.");

export const seedField = z
  .int()
  .min(0)
  .max(2 ** 31 - 1)
  .optional()
  .describe('Number that makes a run repeatable; another one gives another answer. Default: 1.');

export const usageField = z
  .object({
    promptTokens: z.int().describe('Tokens of the prompt, the picture included.'),
    completionTokens: z.int().describe('Tokens of the answer.'),
    imageTokens: z.int().optional().describe('Tokens of the picture, where the engine tells.'),
    cached: z
      .object({
        promptTokens: z.int().describe('Prompt tokens that were still in the cache.'),
        images: z.int().optional().describe('Pictures that did not have to be encoded again.'),
      })
      .optional()
      .describe('What needed no computing, where the engine tells.'),
    draft: z
      .object({ proposed: z.int(), accepted: z.int() })
      .optional()
      .describe('Tokens guessed ahead, and those that were right.'),
  })
  .optional()
  .describe('Tokens that the model used; absent without a model, or where it does not count.');

export const truncatedField = z
  .boolean()
  .describe("The model's answer ended before it was complete; what is here is its beginning.");

export const repetitionField = z
  .boolean()
  .describe('The model repeated itself and was stopped; the repeated part is left out.');

export const pictureField = z
  .object({
    width: z.int().describe('Width in pixels.'),
    height: z.int().describe('Height in pixels.'),
    format: z.string().describe('File format: png, jpeg, webp, …'),
    sha256: z.string().describe('SHA-256 of the file, in hex.'),
  })
  .describe('The picture as it was read.');
