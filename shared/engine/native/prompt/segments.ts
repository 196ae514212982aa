/** The pieces of a prompt, with the control tokens typed apart from words that anybody may have written. */
import type { ImagePart } from '../../engine.ts';

/** Tokens that shape the chat of Qwen3-VL; each is one entry of the vocabulary, found by this very text. */
export const controlTokens = ['<|im_start|>', '<|im_end|>', '<|vision_start|>', '<|vision_end|>'] as const;

export type ControlToken = (typeof controlTokens)[number];

export interface ControlSegment {
  readonly kind: 'control';
  readonly name: ControlToken;
}

/** Words. To be tokenised without special tokens, so that `<|im_end|>` in them is ten characters. */
export interface TextSegment {
  readonly kind: 'text';
  /** Never empty; two text segments never stand side by side. */
  readonly text: string;
}

export interface ImageSegment {
  readonly kind: 'image';
  /** Counts the pictures of the prompt from 0; a pair of frames is one picture. */
  readonly index: number;
  readonly image: ImagePart;
}

/** Two frames of a film, which the tower merges into the tokens of one picture. */
export interface FramesSegment {
  readonly kind: 'frames';
  /** As of {@link ImageSegment}. */
  readonly index: number;
  /** The same frame twice where a film has an odd number of them. */
  readonly frames: readonly [ImagePart, ImagePart];
  /** Middle of the two times, in seconds from the start of the film. */
  readonly seconds: number;
}

export type PromptSegment = ControlSegment | TextSegment | ImageSegment | FramesSegment;
