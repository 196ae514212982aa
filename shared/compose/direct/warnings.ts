/** What a person should know about a page that a model wrote. */
import type { FinishPart } from '../../engine/engine.ts';
import type { PixelwrightError } from '../../errors.ts';
import type { ExtractedPage } from './extract.ts';
import type { Reference } from './references.ts';
import type { RepairedPage } from './repair.ts';

export interface Outcome {
  readonly extracted: ExtractedPage;
  readonly repaired: RepairedPage;
  readonly finish: FinishPart | undefined;
  /** What ended the stream before its finish. */
  readonly broken: PixelwrightError | undefined;
}

/** One sentence each, the gravest first. */
export function warningsFor({ extracted, repaired, finish, broken }: Outcome): string[] {
  const { references, leftOpen } = repaired;
  return [
    ...ending(extracted, finish, broken),
    ...(leftOpen > 0
      ? [`${count(leftOpen, 'element was', 'elements were')} left open and closed here.`]
      : []),
    ...extracted.leftOut.map(
      (language) => `A separate block of ${language || 'code'} was left out of the page.`,
    ),
    ...list(references, 'remote', 'The page loads from the network'),
    ...list(references, 'missing', 'The page refers to files that do not exist'),
  ];
}

function ending(
  { closed }: ExtractedPage,
  finish: FinishPart | undefined,
  broken: PixelwrightError | undefined,
): string[] {
  if (finish?.reason === 'repetition') {
    return ['The model repeated itself and was stopped; the repeated part is left out.'];
  }
  if (closed) return [];
  if (broken) return [`The page is not complete. ${broken.message}`];
  if (finish?.reason === 'length') {
    return ['The page is not complete: the model reached its limit of tokens. Allow more with --max-tokens.'];
  }
  return ['The page is not complete: the model stopped in the middle of it.'];
}

function list(references: readonly Reference[], kind: Reference['kind'], sentence: string): string[] {
  const urls = references
    .filter((reference) => reference.kind === kind)
    .map(({ url, by }) => `${url} (${by})`);
  if (urls.length === 0) return [];
  const shown = urls.slice(0, 5).join(', ');
  return [`${sentence}: ${shown}${urls.length > 5 ? `, and ${urls.length - 5} more` : ''}.`];
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
