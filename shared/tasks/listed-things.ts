/** Reads a model's list of things with their places, complete or not, in the forms that models write. */
import { z } from 'zod';
import type { RelativeBox } from '../image/index.ts';

export interface ListedThing {
  /** Where it is; a point is a box without extent. */
  readonly place: RelativeBox;
  readonly isPoint: boolean;
  readonly words: string;
}

export interface ThingList {
  readonly things: readonly ListedThing[];
  /** Pieces that are no such thing, or end too early. */
  readonly broken: number;
}

const coordinate = z.number().min(0).max(1000);
const boxed = z.tuple([coordinate, coordinate, coordinate, coordinate]);
const pointed = z.tuple([coordinate, coordinate]);

/** Without a grammar, models also use the names of their other training sets. */
const thingSchema = z
  .object({
    bbox_2d: boxed.optional(),
    bbox: boxed.optional(),
    box_2d: boxed.optional(),
    point_2d: pointed.optional(),
    point: pointed.optional(),
    text_content: z.string().optional(),
    text: z.string().optional(),
    label: z.string().optional(),
  })
  .transform((value, context): ListedThing => {
    const words = value.text_content ?? value.text ?? value.label ?? '';
    const box = value.bbox_2d ?? value.bbox ?? value.box_2d;
    if (box !== undefined) return { place: box, isPoint: false, words };
    const point = value.point_2d ?? value.point;
    if (point !== undefined) return { place: [...point, ...point], isPoint: true, words };
    context.addIssue('Expected a box or a point.');
    return z.NEVER;
  });

/** Whatever stands around the things, such as a fence or a sentence, is passed over. */
export function listedThings(answer: string): ThingList {
  const things: ListedThing[] = [];
  let broken = 0;
  for (const piece of objectsIn(answer)) {
    const parsed = thingSchema.safeParse(parsedJson(piece));
    if (parsed.success) things.push(parsed.data);
    else broken += 1;
  }
  return { things, broken };
}

/** Texts of the outermost objects; one that is not closed reaches to the end. */
function objectsIn(text: string): string[] {
  const pieces: string[] = [];
  let depth = 0;
  let start = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') {
      // A sentence before the list may hold a lone quote; only inside of an object does one count.
      quoted = depth > 0;
    } else if (character === '{') {
      if (depth === 0) start = at;
      depth += 1;
    } else if (character === '}' && depth > 0) {
      depth -= 1;
      if (depth === 0) pieces.push(text.slice(start, at + 1));
    }
  }
  if (depth > 0) pieces.push(text.slice(start));
  return pieces;
}

/** @returns undefined for text that is no JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
