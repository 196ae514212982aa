/** What a description of something on a screen says about its words. */

export interface WantedWords {
  /** Words that should stand there, lower case; empty where the description names none. */
  readonly words: readonly string[];
  /** The description is about something to click or fill in, so that the box around the words is meant. */
  readonly control: boolean;
}

const controls = new Set(
  'button btn field input box textbox checkbox tab link menu item card chip badge dropdown select toggle switch option icon'.split(
    ' ',
  ),
);

/** Words that say what kind of thing it is, or nothing. */
const fillers = new Set(
  'a an the this that which of in on at to for with and or is are says saying reads labelled labeled named called titled text word words label heading title headline line entry element area section page screen image picture primary secondary main'.split(
    ' ',
  ),
);

/** "the Save button" means the word "save" on a control; what stands in quotes is taken as it is. */
export function wantedWords(target: string): WantedWords {
  const all = wordsOf(target);
  const control = all.some((word) => controls.has(word));
  const quoted = /["“”„«»]([^"“”„«»]+)["“”„«»]|(?:^|\s)['‘]([^'’]+)['’](?=\s|$)/u.exec(target);
  const inside = quoted?.[1] ?? quoted?.[2];
  if (inside !== undefined && wordsOf(inside).length > 0) return { words: wordsOf(inside), control };
  return { words: all.filter((word) => !controls.has(word) && !fillers.has(word)), control };
}

/** Letters and figures, lower case, in one form; Chinese characters stand alone, as they have no blanks. */
export function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKC').toLowerCase();
  return plain.match(/\p{Script=Han}|[\p{L}\p{N}\p{M}]+(?:['’.@-][\p{L}\p{N}\p{M}]+)*/gu) ?? [];
}
