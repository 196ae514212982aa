/** What a prompt is made of. Tasks assemble these; engines send them. */

export interface TextPart {
  readonly type: 'text';
  readonly text: string;
}

/** An encoded picture. PNG and JPEG are what every known server can decode. */
export interface ImagePart {
  readonly type: 'image';
  readonly bytes: Uint8Array;
  readonly mediaType: 'image/png' | 'image/jpeg';
}

/** Frames of a film in order, each with its time from the start, in seconds. */
export interface VideoPart {
  readonly type: 'video';
  readonly frames: readonly { readonly image: ImagePart; readonly seconds: number }[];
}

export type PromptPart = TextPart | ImagePart | VideoPart;

export interface PromptMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly parts: readonly PromptPart[];
}

/** How the next token is drawn. What is absent is left to the engine's default. */
export interface Sampling {
  /** 0 takes the likeliest token always. */
  readonly temperature?: number;
  /** 0..1. */
  readonly topP?: number;
  /** Whole number; 0 switches it off. */
  readonly topK?: number;
  /** 0..1. */
  readonly minP?: number;
  /** -2..2; above 0 makes a token that has occurred less likely. */
  readonly presencePenalty?: number;
  /** 1 is neutral; above 1 divides the likelihood of tokens that have occurred. */
  readonly repetitionPenalty?: number;
  /** -2..2; above 0 makes a token less likely the more often it has occurred. */
  readonly frequencyPenalty?: number;
  /** Strength of DRY, which makes it less likely to go on with a sequence that has occurred; 0 switches it off. */
  readonly dryMultiplier?: number;
  /** The same seed on the same engine, model and request repeats a run. */
  readonly seed?: number;
}

/** One user turn: the pictures first, then the words, as vision models are trained. */
export function userTurn(images: readonly ImagePart[], text: string): PromptMessage {
  return { role: 'user', parts: [...images, { type: 'text', text }] };
}

/** What a prompt says about a picture that is sent in tiles. */
export function tileLines(images: readonly ImagePart[]): string[] {
  return images.length > 1 ? [`The ${images.length} images are parts of one picture, in order.`] : [];
}

/**
 * Text from a user that is safe to stand in a prompt. Servers read control tokens such as
 * `<|im_end|>` wherever they stand, so a user's text could otherwise end its own turn.
 */
export function quoted(text: string): string {
  return text.replaceAll('<|', '< |').replaceAll('|>', '| >').trim();
}
