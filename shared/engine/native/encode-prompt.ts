/** A prompt's segments as entries of a sequence. */
import type { ImagePart } from '../engine.ts';
import type { PromptSegment } from './prompt/index.ts';
import { type Entry, imageEntry, type PromptImage, tokenEntry } from './scheduler/entries.ts';

export interface PromptVocabulary {
  tokenise(text: string): Promise<Int32Array>;
  control(name: string): number;
}

/** Finds out how many tokens a picture, or a pair of frames, takes. */
export type DescribeImage = (
  frames: readonly [ImagePart] | readonly [ImagePart, ImagePart],
) => Promise<PromptImage>;

export async function encodePrompt(
  segments: readonly PromptSegment[],
  vocabulary: PromptVocabulary,
  describe: DescribeImage,
): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const segment of segments) {
    if (segment.kind === 'control') entries.push(tokenEntry(vocabulary.control(segment.name)));
    else if (segment.kind === 'text') {
      for (const id of await vocabulary.tokenise(segment.text)) entries.push(tokenEntry(id));
    } else if (segment.kind === 'image') entries.push(imageEntry(await describe([segment.image])));
    else entries.push(imageEntry(await describe(segment.frames)));
  }
  return entries;
}
