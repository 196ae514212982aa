/** What a host tells about itself, and the version of how it is spoken to. */
import { z } from 'zod';
import { wantedModelSchema } from './wanted-model.ts';

/** Raised when a client and a host of different versions could misunderstand each other. */
export const hostProtocol = 1;

export const healthSchema = z.object({
  status: z.literal('ok'),
  pid: z.int(),
  version: z.string(),
  protocol: z.int(),
  /** The answer to the client's challenge. */
  proof: z.string().exactOptional(),
});
export type Health = z.infer<typeof healthSchema>;

export const hostStatusSchema = z.object({
  pid: z.int(),
  version: z.string(),
  protocol: z.int(),
  /** Base URL for OpenAI clients. */
  baseUrl: z.string(),
  /** Started by `pixelwright serve`: it does not end by itself. */
  foreground: z.boolean(),
  startedAt: z.string(),
  uptimeSeconds: z.number(),
  /** Since the last request ended; absent while one runs. */
  idleSeconds: z.number().exactOptional(),
  /** Absent while none is in memory. */
  model: z
    .object({
      ...wantedModelSchema.shape,
      name: z.string(),
      state: z.enum(['loading', 'ready']),
      /** What the engine calls itself: it names the device. */
      engine: z.string().exactOptional(),
      contextSize: z.int().exactOptional(),
    })
    .exactOptional(),
  requests: z.object({
    running: z.int(),
    /** Those of them that wait for another model's requests to end. */
    waiting: z.int(),
    served: z.int(),
  }),
  /** Memory of the process, in bytes; a GPU's is not in it. */
  memory: z.object({ residentBytes: z.int() }),
  idleMinutes: z.number(),
});
export type HostStatus = z.infer<typeof hostStatusSchema>;

export const engineInfoSchema = z.object({
  name: z.string(),
  model: z.string(),
  contextSize: z.int().exactOptional(),
  capabilities: z.object({
    grammar: z.boolean(),
    jsonSchema: z.boolean(),
    vision: z.boolean().exactOptional(),
  }),
});
