/** The model that the settings ask for, as hosts are told it. */
import path from 'node:path';
import type { Settings } from '../../config.ts';
import type { FoundModel } from '../models/index.ts';
import { present } from './present.ts';
import type { WantedModel } from './wanted-model.ts';

/** Made in one place, because programs share a loaded model exactly when all of this is equal. */
export function wantedModel(
  { model, mmproj, name }: Pick<FoundModel, 'model' | 'mmproj' | 'name'>,
  { device, threads, contextSize, parallel }: Settings,
): WantedModel {
  return present({
    model: path.resolve(model),
    mmproj: path.resolve(mmproj),
    name,
    device,
    threads,
    contextSize,
    parallel,
  });
}
