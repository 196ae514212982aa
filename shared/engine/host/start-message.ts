/** What a host that starts tells the process that started it. */
import { z } from 'zod';
import { wireErrorSchema } from '../openai/pixelwright.ts';

export const startMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('failed'), error: wireErrorSchema }),
]);
export type StartMessage = z.input<typeof startMessageSchema>;
