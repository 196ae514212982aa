/** One event of a chat stream, checked. */
import { z } from 'zod';
import { PixelwrightError } from '../../errors.ts';
import type { FinishReason, Usage } from '../engine.ts';
import { partSchema } from './pixelwright.ts';
import { serverErrorSchema } from './server-error.ts';

const deltaSchema = z.looseObject({
  content: z.string().nullish(),
  reasoning_content: z.string().nullish(),
  reasoning: z.string().nullish(),
});

const knownFields = ['choices', 'error', 'usage', 'timings', 'prompt_progress', 'pixelwright'];

const chunkSchema = z
  .looseObject({
    error: serverErrorSchema.optional(),
    choices: z
      .array(
        z.looseObject({
          delta: deltaSchema.nullish(),
          /** Servers that do not stream answer with the whole message. */
          message: deltaSchema.nullish(),
          finish_reason: z.string().nullish(),
        }),
      )
      .optional(),
    usage: z
      .looseObject({
        prompt_tokens: z.number(),
        completion_tokens: z.number().default(0),
        prompt_tokens_details: z.looseObject({ cached_tokens: z.number().nullish() }).nullish(),
      })
      .nullish(),
    /** llama-server. */
    timings: z
      .looseObject({
        cache_n: z.number().optional(),
        prompt_n: z.number().optional(),
        prompt_ms: z.number().optional(),
        predicted_n: z.number().optional(),
        predicted_ms: z.number().optional(),
      })
      .optional(),
    /** llama-server, on request; `processed` counts cached tokens too. */
    prompt_progress: z.looseObject({ processed: z.number(), total: z.number() }).optional(),
    /** Our own host: the part as its engine gave it. */
    pixelwright: partSchema.optional(),
  })
  .refine((chunk) => knownFields.some((field) => field in chunk), 'has none of the fields of a chunk');

export type Chunk = z.infer<typeof chunkSchema>;

/** @throws PixelwrightError `output-invalid` for what is no chunk of a chat stream. */
export function parseChunk(data: string): Chunk {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch (cause) {
    throw notAChunk(data, cause);
  }
  const parsed = chunkSchema.safeParse(value);
  if (!parsed.success) throw notAChunk(data, parsed.error);
  return parsed.data;
}

function notAChunk(data: string, cause: unknown): PixelwrightError {
  const excerpt = data.length > 120 ? `${data.slice(0, 120)}…` : data;
  return new PixelwrightError(
    'output-invalid',
    `Expected a chunk of a chat answer; the model server sent: ${excerpt}`,
    {
      next: 'See that the base URL points to an OpenAI-compatible server, and that no proxy changes its answers.',
      details: { data: data.slice(0, 2000) },
      cause,
    },
  );
}

export function finishReason(reason: string): FinishReason {
  if (reason === 'stop' || reason === 'length') return reason;
  return reason === 'content_filter' ? 'content-filter' : 'other';
}

/** Token counts of a chunk, from `usage`, else from llama-server's `timings`. */
export function usageOf({ usage, timings }: Chunk): Usage | undefined {
  if (usage) {
    const cached = usage.prompt_tokens_details?.cached_tokens ?? timings?.cache_n;
    const counts = { promptTokens: usage.prompt_tokens, completionTokens: usage.completion_tokens };
    return cached === undefined ? counts : { ...counts, cached: { promptTokens: cached } };
  }
  if (timings?.prompt_n === undefined || timings.predicted_n === undefined) return undefined;
  const cached = timings.cache_n ?? 0;
  return {
    promptTokens: timings.prompt_n + cached,
    completionTokens: timings.predicted_n,
    cached: { promptTokens: cached },
  };
}
