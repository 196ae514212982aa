/** What somebody else saw on a page, to be measured: words and rough places in, exact facts out. */
import type { Rect } from '../../geometry.ts';
import type { PageBox, PagePicture, Separator, TextLine } from '../page-facts.ts';

/** One text of one element: a word, a line, or a paragraph of several visual lines. */
export interface GivenText {
  /** Words in reading order; white space and line breaks count as one space. */
  readonly text: string;
  /** Rough place in CSS pixels; may be off by a few pixels, may include padding. */
  readonly box?: Rect;
  /** Indices of measured lines whose ink is this text's; a line may be shared by texts that stand side by side. */
  readonly lines: readonly number[];
  /** Indices of measured pictures whose ink may be letters of this text. */
  readonly pictures: readonly number[];
}

/** Something without words: where it roughly is, and what it is said to be. */
export interface GivenThing {
  readonly kind: 'picture' | 'icon' | 'box' | 'divider';
  readonly box: Rect;
}

export interface Given {
  readonly texts: readonly GivenText[];
  readonly things: readonly GivenThing[];
}

export type MeasuredThing =
  | { readonly list: 'pictures'; readonly item: PagePicture }
  | { readonly list: 'boxes'; readonly item: PageBox }
  | { readonly list: 'separators'; readonly item: Separator };

/** Answers to what was given, in its order. */
export interface GivenFacts {
  /** The lines of each given text in reading order; none where there is no ink for it. */
  readonly texts: readonly (readonly TextLine[])[];
  /** Indices of the measured pictures that turned out to be letters of each text. */
  readonly pictures: readonly (readonly number[])[];
  /** What was found at each place; undefined where there is nothing. */
  readonly things: readonly (MeasuredThing | undefined)[];
  /**
   * One entry a measured line: fitted anew together with the others; undefined where a given text took its place.
   * What is left of a line of which a text took only a part is in `rest`.
   */
  readonly lines: readonly (TextLine | undefined)[];
  readonly rest: readonly TextLine[];
  /** Indices of measured separators that are underlines of given texts, or strokes through them. */
  readonly decorations: readonly number[];
}
