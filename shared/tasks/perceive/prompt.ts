/** Task of a model in `ui_to_code`: it says what the measured things of a region are, and what belongs together. */
import type { Rect } from '../../geometry.ts';
import type { AnswerForm, ModelSettings } from '../define-task.ts';
import { jsonSampling } from '../fields.ts';
import { type ImagePart, type PromptMessage, quoted, userTurn } from '../prompt.ts';
import { groupKinds, headingNames, leafKinds } from './answer-kinds.ts';
import { answerForm } from './form.ts';
import type { Mark } from './marks.ts';
import type { PageRegion } from './regions.ts';

/** Small models read and point well at 1024 to 2048 image tokens. */
export const perceiveSettings: ModelSettings = {
  sampling: jsonSampling,
  maxTokens: 4096,
  imageTokens: { min: 1024, max: 2048 },
};

/** Where a region lies. */
export interface RegionPlace {
  /** From 0. */
  readonly index: number;
  readonly count: number;
  /** CSS pixels. */
  readonly page: { readonly width: number; readonly height: number };
  /** From CSS pixels of the page to 0..1000 of what the model is shown. */
  toRegion(rect: Rect): readonly [number, number, number, number];
}

/** Longer texts are cut in the prompt: the model must recognise the mark, not read it. */
const longestShown = 60;

export function perceivePrompt(region: PageRegion, place: RegionPlace, image: ImagePart): PromptMessage[] {
  const texts = region.marks.map(({ lines }) => lines.join(' '));
  const isRepeated = (index: number): boolean =>
    texts.some((text, other) => other !== index && text === texts[index]);
  const lines = [
    placeLine(region, place),
    ...(region.marks.length === 0 ? [] : ['Measured on it, in reading order:']),
    ...region.marks.map((mark, index) => `${index + 1} ${described(mark, place, isRepeated(index))}`),
    ...instructions,
  ];
  return [userTurn([image], lines.join('\n'))];
}

const instructions: readonly string[] = [
  'Say what each of these is and what belongs together. Answer with compact JSON only, like',
  '[{"header":[{"icon":1},{"h1":2},{"nav":[{"link":3},{"link":4}]}]},{"main":[5,{"list":[6,7]},{"table":[[8,9],[10,11]]},{"field":[{"label":12},{"input":13}]}]}]',
  'A number alone is text; in a list it is an item, in a table the cell of a row.',
  'Behind a number with ? write the words that you read: {"link":[3,"words"]}.',
  'For what has no number write its box, 0 to 1000, and its words: {"link":[x1,y1,x2,y2,"words"]}.',
  'Add a state where there is one: {"radio":14,"is":"checked"}.',
  `Kinds: ${[...groupKinds, ...headingNames, 'table', ...leafKinds].join(' ')}.`,
  'Use each number once, in reading order.',
];

function placeLine({ box }: PageRegion, { index, count, page }: RegionPlace): string {
  const size = `a page of ${Math.round(page.width)}×${Math.round(page.height)} px`;
  if (count === 1) return `This is ${size}.`;
  return `This is part ${index + 1} of ${count} of ${size}, from y=${Math.round(box.y)} to y=${Math.round(box.y + box.height)}.`;
}

function described(mark: Mark, place: RegionPlace, isRepeated: boolean): string {
  const [x1, y1, x2, y2] = place
    .toRegion(mark.box)
    .map((value) => Math.min(1000, Math.max(0, Math.round(value))));
  const middle = `${Math.round(((x1 ?? 0) + (x2 ?? 0)) / 2)},${Math.round(((y1 ?? 0) + (y2 ?? 0)) / 2)}`;
  if (mark.kind !== 'text') return `${mark.kind} at ${middle}`;
  // Where words are to be read, all of the place is told.
  if (!mark.sure) return `? at ${x1},${y1},${x2},${y2}`;
  return `${JSON.stringify(shown(mark.lines.join(' ')))}${isRepeated ? ` at ${middle}` : ''}`;
}

/** Words from a picture are data: they may neither end the turn nor the line. */
function shown(text: string): string {
  const plain = quoted(text.replace(/[\p{Cc}\u2028\u2029]/gu, ' '));
  return plain.length <= longestShown ? plain : `${plain.slice(0, longestShown)}…`;
}

/** What the answer about a region is held to. */
export function perceiveForm({ marks }: PageRegion): AnswerForm {
  const numbers = marks.map((_, index) => index + 1);
  return answerForm({ marks: numbers, sure: numbers.filter((number) => marks[number - 1]?.sure === true) });
}

/** Tokens that are enough for an answer about a region: its marks with their kinds and words, and what was not measured. */
export function longestAnswer({ marks }: PageRegion): number {
  const words = marks.flatMap(({ sure, lines }) => (sure ? [] : lines)).join(' ');
  return Math.min(perceiveSettings.maxTokens, 1536 + 14 * marks.length + Math.ceil(words.length / 2));
}
