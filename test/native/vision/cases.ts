/** The pictures whose embeddings llama.cpp's own server was asked for; the recorder and the tests read this list. */
import type { PictureRecipe } from '../parity/pictures.ts';

export interface EmbeddingCase {
  readonly name: string;
  readonly picture: PictureRecipe;
  /** Type of the tiny projector's matrices. */
  readonly projector: 'f32' | 'f16' | 'q8_0';
  /** As `--image-min-tokens` and `--image-max-tokens`. */
  readonly budget?: { readonly minTokens: number; readonly maxTokens: number };
}

export const embeddingCases: readonly EmbeddingCase[] = [
  { name: 'whole tokens', picture: { width: 128, height: 96, seed: 1 }, projector: 'f32' },
  {
    name: 'sides that are no multiples of 32',
    picture: { width: 150, height: 117, seed: 3 },
    projector: 'f32',
  },
  { name: 'matrices of 16 bits', picture: { width: 150, height: 117, seed: 3 }, projector: 'f16' },
  { name: 'quantised matrices', picture: { width: 96, height: 130, seed: 4 }, projector: 'q8_0' },
  { name: 'so small that it is enlarged', picture: { width: 41, height: 30, seed: 5 }, projector: 'f32' },
  { name: 'narrow', picture: { width: 31, height: 401, seed: 6 }, projector: 'f32' },
  {
    name: 'as large as the position grid',
    picture: { width: 256, height: 256, seed: 7 },
    projector: 'f16',
  },
  {
    name: 'so large that it is shrunk',
    picture: { width: 1203, height: 777, seed: 8 },
    projector: 'f32',
    budget: { minTokens: 8, maxTokens: 40 },
  },
  {
    name: 'enlarged to a least number of tokens',
    picture: { width: 133, height: 90, seed: 9 },
    projector: 'f16',
    budget: { minTokens: 48, maxTokens: 256 },
  },
];
