/** What our own engine host says beyond the OpenAI protocol, in the field `pixelwright`. */
import { z } from 'zod';
import { errorCodes, PixelwrightError } from '../../errors.ts';

/** `owned_by` in the host's list of models, by which it is recognised. */
export const pixelwrightOwner = 'pixelwright';

const count = z.int().nonnegative();
const milliseconds = z.number().nonnegative();

const usageSchema = z.object({
  promptTokens: count,
  completionTokens: count,
  imageTokens: count.exactOptional(),
  cached: z.object({ promptTokens: count, images: count.exactOptional() }).exactOptional(),
  draft: z.object({ proposed: count, accepted: count }).exactOptional(),
});

/** An `EnginePart` but text, which stands where OpenAI has it. */
export const partSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('stage-progress'),
    stage: z.enum(['waiting', 'loading', 'encoding']),
    fraction: z.number().exactOptional(),
  }),
  z.object({ type: z.literal('prefill-progress'), processed: count, total: count }),
  z.object({
    type: z.literal('finish'),
    reason: z.enum(['stop', 'length', 'repetition', 'content-filter', 'other']),
    usage: usageSchema.exactOptional(),
    timings: z.object({
      firstTextMs: milliseconds.exactOptional(),
      totalMs: milliseconds,
      prefillMs: milliseconds.exactOptional(),
      decodeMs: milliseconds.exactOptional(),
    }),
    repetition: z
      .object({
        kind: z.enum(['exact', 'counting', 'stale-lines']),
        keep: count,
        period: count.exactOptional(),
      })
      .exactOptional(),
  }),
]);

/** One of our errors as it travels. */
export const wireErrorSchema = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  next: z.string().exactOptional(),
  details: z.record(z.string(), z.unknown()).default({}),
});
export type WireError = z.input<typeof wireErrorSchema>;

/** The error as JSON; a detail that JSON does not know is left out. */
export function toWireError({ code, message, next, details }: PixelwrightError): WireError {
  return { code, message, ...(next === undefined ? {} : { next }), details: plain(details) };
}

export function fromWireError({ code, message, next, details }: WireError): PixelwrightError {
  return new PixelwrightError(code, message, {
    ...(next === undefined ? {} : { next }),
    ...(details === undefined ? {} : { details }),
  });
}

/** Only what survives JSON; a cycle or a big integer must not hide the error that carries it. */
function plain(details: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const survivors = Object.entries(details).flatMap(([name, value]) => {
    try {
      const text = JSON.stringify(value);
      return text === undefined ? [] : [[name, JSON.parse(text)] as const];
    } catch (error) {
      if (error instanceof TypeError) return [[name, String(value)] as const];
      throw error;
    }
  });
  return Object.fromEntries(survivors);
}
