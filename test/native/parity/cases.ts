/** What is asked of both engines; the recorder and the test read the same list. */
import { type ModelPair, tinyModel } from '../../models/index.ts';
import type { PictureRecipe } from './pictures.ts';

export interface ParityTurn {
  readonly pictures: readonly PictureRecipe[];
  /** The recorder numbers it, with the first number for which the answer is decided clearly. */
  readonly text: string;
}

export interface ParityCase {
  readonly name: string;
  /** User turns in order; each is asked after the recorded answer to the one before. */
  readonly turns: readonly ParityTurn[];
}

const square: PictureRecipe = { width: 128, height: 96, seed: 1 };
const tall: PictureRecipe = { width: 64, height: 160, seed: 2 };
/** No side is a multiple of 32, so that it is scaled and padded. */
const uneven: PictureRecipe = { width: 150, height: 117, seed: 3 };

export const parityCases: readonly ParityCase[] = [
  { name: 'text', turns: [{ pictures: [], text: 'What is the capital of France?' }] },
  { name: 'one picture', turns: [{ pictures: [square], text: 'What is in this picture?' }] },
  {
    name: 'two pictures',
    turns: [{ pictures: [square, tall], text: 'What is different in the second one?' }],
  },
  { name: 'uneven sides', turns: [{ pictures: [uneven], text: 'Which colours are there?' }] },
  {
    name: 'follow-up question',
    turns: [
      { pictures: [square], text: 'What is in this picture?' },
      { pictures: [], text: 'And where is it?' },
    ],
  },
];

/** Numbers tried before a case is given up. */
export const mostTries = 60;

/** Tokens recorded per turn. */
export const answerTokens = 24;

/** Log-probabilities recorded per token. */
export const topTokens = 5;

/** How far the best token must lead the next, so that another CPU's rounding cannot change it. */
export const smallestMargin = 0.1;

/** 32-bit weights: with 16-bit ones the CPU variants differ by up to 0.2 in a log-probability, and hide mistakes. */
export async function parityModel(): Promise<ModelPair> {
  return await tinyModel({ language: 'f32', projector: 'f32' });
}
