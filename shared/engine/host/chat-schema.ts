/** The JSON of a chat request as OpenAI's and llama-server's clients write it, and our own fields. */
import { z } from 'zod';
import { wantedModelSchema } from './wanted-model.ts';

/** Clients write null for what they do not say. */
const said = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined);

const pictureSchema = z.object({
  image_url: z.union([z.string(), z.looseObject({ url: z.string() }).transform(({ url }) => url)]),
});

const partSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  pictureSchema.extend({ type: z.literal('image_url') }),
  /** Ours. */
  z.object({
    type: z.literal('pixelwright_video'),
    frames: z.array(pictureSchema.extend({ seconds: z.number().nonnegative() })).min(1),
  }),
]);

const messageSchema = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant']),
  content: z.union([z.string(), z.array(partSchema), z.null()]),
});
export type ChatMessage = z.infer<typeof messageSchema>;
export type ChatPart = z.infer<typeof partSchema>;

const schema = z.record(z.string(), z.unknown());
const formatSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text') }),
  /** llama-server's clients put a schema here too. */
  z.object({ type: z.literal('json_object'), schema: said(schema) }),
  z.object({ type: z.literal('json_schema'), json_schema: z.object({ schema }) }),
]);

const tokens = said(z.int().positive());
const penalty = said(z.number().min(-2).max(2));

/** Fields that are not here are ignored, as every server of this protocol does. */
export const chatSchema = z.object({
  messages: z.array(messageSchema).min(1),
  model: said(z.string()),
  stream: said(z.boolean()),
  stream_options: said(z.object({ include_usage: said(z.boolean()) })),
  return_progress: said(z.boolean()),
  /** -1 means no limit to llama-server's clients. */
  max_tokens: said(z.int().refine((value) => value > 0 || value === -1, 'must be above 0')),
  max_completion_tokens: tokens,
  n_predict: said(z.int().refine((value) => value > 0 || value === -1, 'must be above 0')),
  stop: said(z.union([z.string(), z.array(z.string())])),
  temperature: said(z.number().nonnegative()),
  top_p: said(z.number().min(0).max(1)),
  top_k: said(z.int()),
  min_p: said(z.number().min(0).max(1)),
  presence_penalty: penalty,
  frequency_penalty: penalty,
  repeat_penalty: said(z.number().positive()),
  repetition_penalty: said(z.number().positive()),
  dry_multiplier: said(z.number().nonnegative()),
  seed: said(z.int()),
  response_format: said(formatSchema),
  json_schema: said(schema),
  grammar: said(z.string()),
  /** Wanted, and refused when they would change the answer. */
  n: said(z.int()),
  tools: said(z.array(z.unknown())),
  logprobs: said(z.union([z.boolean(), z.int()])),
  /** Ours. */
  pixelwright: said(
    z.object({
      model: wantedModelSchema.exactOptional(),
      idleMinutes: z.number().positive().exactOptional(),
      speculation: z.object({ texts: z.array(z.string()).exactOptional() }).exactOptional(),
    }),
  ),
});
export type ChatJson = z.infer<typeof chatSchema>;
