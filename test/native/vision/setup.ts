/** What the tests of the vision tower share: the libraries of this machine, tiny projectors, encoding in one go. */
import { afterAll, beforeAll } from 'vitest';
import { loadBackends } from '../../../shared/engine/native/library/backends.ts';
import { type Library, openLibrary, silenceLog } from '../../../shared/engine/native/library/load.ts';
import { findLibrary } from '../../../shared/engine/native/library/packages.ts';
import {
  type EncodeJob,
  type ImageInput,
  type LoadVisionOptions,
  loadVisionEncoder,
  type VisionEncoder,
} from '../../../shared/engine/native/vision/index.ts';
import type { Raster } from '../../../shared/image/index.ts';
import { silentLog } from '../../../shared/log.ts';
import { tinyModel } from '../../models/index.ts';
import { type PictureRecipe, pixelsOf } from '../parity/pictures.ts';

export const { signal } = new AbortController();

export interface TowerBench {
  library(): Library;
  /** An encoder for a tiny projector; closed after the tests of the file. */
  encoder(options?: BenchOptions): Promise<VisionEncoder>;
}

type BenchOptions = Partial<LoadVisionOptions> & { readonly projector?: 'f32' | 'f16' | 'q8_0' };

/** Opens the libraries before the tests of this file. */
export function towerBench(): TowerBench {
  let opened: Library | undefined;
  const encoders: VisionEncoder[] = [];
  beforeAll(async () => {
    opened = openLibrary(await findLibrary({ device: 'cpu', log: silentLog }));
    silenceLog(opened);
    loadBackends(opened);
  });
  afterAll(async () => {
    for (const encoder of encoders) await encoder.close();
  });
  const library = () => {
    if (opened === undefined) throw new Error('Ask for the library inside of a test.');
    return opened;
  };
  return {
    library,
    async encoder({ projector = 'f32', ...options }: BenchOptions = {}) {
      const { mmproj } = await tinyModel({ projector });
      const encoder = await loadVisionEncoder(library(), { path: mmproj, threads: 1, signal, ...options });
      encoders.push(encoder);
      return encoder;
    },
  };
}

export function rasterOf(recipe: PictureRecipe): Raster {
  return { width: recipe.width, height: recipe.height, data: pixelsOf(recipe) };
}

export async function finish(job: EncodeJob): Promise<Float32Array> {
  while (!(await job.step()));
  job.dispose();
  return job.result();
}

export async function encode(encoder: VisionEncoder, image: ImageInput): Promise<Float32Array> {
  return finish(encoder.start(await encoder.prepare(image, { signal })));
}

/** Largest distance of two numbers at the same place, over the largest number. */
export function relativeDistance(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let [distance, size] = [0, 0];
  for (let index = 0; index < a.length; index++) {
    const [left = Number.NaN, right = Number.NaN] = [a[index], b[index]];
    if (!(Number.isFinite(left) && Number.isFinite(right))) return Number.POSITIVE_INFINITY;
    distance = Math.max(distance, Math.abs(left - right));
    size = Math.max(size, Math.abs(right));
  }
  return distance / size;
}
