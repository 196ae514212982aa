/** What happens when a model's answer is not what was asked for. */
import { PixelwrightError } from '../errors.ts';
import type { Method } from '../tasks/index.ts';
import type { ModelAnswer } from './model-answer.ts';

/** More of an answer helps nobody to see what went wrong. */
const shownCharacters = 2000;

export function noSuchAnswer(expected: string, { text, usage }: ModelAnswer): PixelwrightError {
  const shown = text.trim().slice(0, shownCharacters);
  return new PixelwrightError(
    'output-invalid',
    `Expected a list of ${expected} from the model; it wrote ${shown === '' ? 'nothing' : 'something else'}.`,
    {
      next: 'Use a vision model such as Qwen3-VL, or the method "measured", which needs no model.',
      details: { answer: shown, ...(usage === undefined ? {} : { usage }) },
    },
  );
}

/**
 * The warning with which `auto` goes on without the model after its answer was of no use.
 * @throws `error` where something else went wrong, or a model was asked for.
 */
export function withoutModelAfter(error: unknown, method: Method): string {
  if (method === 'auto' && error instanceof PixelwrightError && error.code === 'output-invalid')
    return `The model's answer was of no use, so this is measured without it. ${error.message}`;
  throw error;
}
