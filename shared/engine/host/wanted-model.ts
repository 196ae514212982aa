/** Which model a request wants, and how it is to be run. */
import path from 'node:path';
import { z } from 'zod';
import { devices } from '../../config.ts';

const file = z.string().refine((text) => path.isAbsolute(text), 'must be an absolute path');

/** Everything that makes one loaded model differ from another; two requests that are equal in it share one. */
export const wantedModelSchema = z.strictObject({
  /** Absolute path of the GGUF file. */
  model: file,
  /** Absolute path of its projector; without it pictures are refused. */
  mmproj: file.exactOptional(),
  /** What people call it; the file's name if absent. Does not tell models apart. */
  name: z.string().min(1).exactOptional(),
  /** The rest as `loadNativeEngine` takes it. */
  device: z.enum(devices).exactOptional(),
  threads: z.int().positive().exactOptional(),
  contextSize: z.int().positive().exactOptional(),
  parallel: z.int().positive().exactOptional(),
});
export type WantedModel = z.infer<typeof wantedModelSchema>;

/** Equal exactly for models that one engine can serve. */
export function modelKey({ model, mmproj, device, threads, contextSize, parallel }: WantedModel): string {
  return JSON.stringify([model, mmproj, device, threads, contextSize, parallel]);
}

/** What people call the model. */
export function modelName({ name, model }: WantedModel): string {
  return name ?? path.basename(model);
}
