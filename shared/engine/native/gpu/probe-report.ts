/** What the probe process tells of the libraries and devices of this machine. */
import { z } from 'zod';

/** `enum ggml_backend_dev_type`, in its order. */
export const deviceKinds = ['cpu', 'gpu', 'integrated-gpu', 'accelerator', 'meta'] as const;

export const probeReportSchema = z.object({
  /** Of the npm package. */
  version: z.string(),
  folder: z.string(),
  /** What the libraries are for: `vulkan` says nothing about a GPU being there. */
  device: z.enum(['cpu', 'vulkan', 'cuda', 'metal']),
  /** File names of the backends that loaded. */
  processor: z.string(),
  accelerators: z.array(z.string()),
  devices: z.array(
    z.object({
      name: z.string(),
      description: z.string(),
      kind: z.enum(deviceKinds),
      freeBytes: z.number(),
      totalBytes: z.number(),
    }),
  ),
});

export type ProbeReport = z.infer<typeof probeReportSchema>;

/** The one line that the probe writes. */
export const probeAnswerSchema = z.union([
  z.object({ report: probeReportSchema }),
  z.object({ error: z.object({ code: z.string(), message: z.string(), next: z.string().optional() }) }),
]);

export type ProbeAnswer = z.infer<typeof probeAnswerSchema>;
