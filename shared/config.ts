/** Settings: one schema; defaults < file < environment < flags. */
import { z } from 'zod';

export const limitsSchema = z.object({
  maxInputBytes: z.number().int().positive().default(64 * 1024 * 1024).describe('Largest picture file, in bytes.'),
  maxPixels: z.number().int().positive().default(100_000_000).describe('Largest decoded picture, in pixels.'),
  networkTimeoutMs: z.number().int().positive().default(30_000).describe('Longest time to fetch a picture by URL.'),
});

/** Bounds on what a caller can make this program read. */
export type Limits = z.infer<typeof limitsSchema>;

export const defaultLimits: Limits = limitsSchema.parse({});
