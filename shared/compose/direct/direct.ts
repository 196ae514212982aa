/** The strategy `direct`: the model writes the page itself; here its stream becomes a page. */
import type { EnginePart, FinishPart, PrefillProgressPart, Usage } from '../../engine/engine.ts';
import { guardLoops } from '../../engine/stream/loop-guard.ts';
import { PixelwrightError, throwIfCancelled } from '../../errors.ts';
import { extractPage } from './extract.ts';
import { formatPage } from './format.ts';
import { repairPage } from './repair.ts';
import { warningsFor } from './warnings.ts';

export interface DirectOptions {
  readonly signal: AbortSignal;
  /** Value of the page's `<meta name="generator">`; absent: none is added. */
  readonly generator?: string;
}

/** The code so far, as the model writes it. It may go back when the model starts over. */
export interface DraftPart {
  readonly type: 'draft';
  readonly code: string;
}

export interface PagePart {
  readonly type: 'page';
  readonly page: DirectPage;
}

export interface DirectPage {
  /** A whole, formatted document, style included. */
  readonly html: string;
  /** The answer ended before the page did: the limit was reached, or the connection broke. */
  readonly truncated: boolean;
  /** The model was stopped because it repeated itself. */
  readonly repetition: boolean;
  readonly warnings: readonly string[];
  readonly usage?: Usage;
  /** All that the model said, the repeated part included. */
  readonly answer: string;
}

/** Characters between two drafts: a few lines, so that a panel moves and the cost stays small. */
const draftStep = 200;

/**
 * Reads a model's answer: yields prefill progress as it comes, drafts while it writes, and the page
 * last. A stream that breaks after some code still gives a page, marked as truncated.
 * @throws PixelwrightError `output-invalid` for an answer without a page, `truncated` if the answer
 *   ended before anything could be seen, `cancelled`, and whatever the engine throws.
 */
export async function* composeDirect(
  parts: AsyncIterable<EnginePart>,
  { signal, generator }: DirectOptions,
): AsyncGenerator<PrefillProgressPart | DraftPart | PagePart, void, undefined> {
  let answer = '';
  let drafted = 0;
  let finish: FinishPart | undefined;
  let broken: PixelwrightError | undefined;
  try {
    for await (const part of guardLoops(parts)) {
      if (part.type === 'prefill-progress') yield part;
      else if (part.type === 'finish') finish = part;
      else if (part.type === 'text-delta') {
        answer += part.text;
        if (answer.length - drafted < draftStep || !part.text.includes('\n')) continue;
        drafted = answer.length;
        const code = extractPage(answer, false)?.html;
        if (code) yield { type: 'draft', code };
      }
    }
  } catch (error) {
    broken = brokenStream(error);
    if (broken === undefined || extractPage(answer, false) === undefined) throw error;
  }
  throwIfCancelled(signal);
  yield { type: 'page', page: await composePage(answer, finish, broken, generator) };
}

/** Faults that leave what has come so far as good as it was. */
function brokenStream(error: unknown): PixelwrightError | undefined {
  const kept = error instanceof PixelwrightError && (error.code === 'truncated' || error.code === 'network');
  return kept ? error : undefined;
}

async function composePage(
  answer: string,
  finish: FinishPart | undefined,
  broken: PixelwrightError | undefined,
  generator: string | undefined,
): Promise<DirectPage> {
  const extracted = extractPage(answer.slice(0, finish?.repetition?.keep), finish?.reason === 'stop');
  if (extracted === undefined) throw noPage(answer, finish);
  const repaired = repairPage(extracted, generator);
  // A page that is closed was not truncated, whatever the limit cut off behind it.
  const truncated = !extracted.closed && finish?.reason !== 'repetition';
  if (repaired.empty) throw truncated ? endedTooSoon(answer) : noPage(answer, finish);
  const formatted = await formatPage(repaired.html);
  return {
    html: formatted.html,
    truncated,
    repetition: finish?.reason === 'repetition',
    warnings: [...warningsFor({ extracted, repaired, finish, broken }), ...formatted.warnings],
    ...(finish?.usage === undefined ? {} : { usage: finish.usage }),
    answer,
  };
}

function noPage(answer: string, finish: FinishPart | undefined): PixelwrightError {
  const came = answer.trim() === '' ? 'nothing' : `${answer.length} characters without a page`;
  return new PixelwrightError('output-invalid', `Expected HTML from the model; it answered ${came}.`, {
    next: 'Run again with another seed, use a model that writes code, or use the strategy measured.',
    details: { answer, reason: finish?.reason },
  });
}

function endedTooSoon(answer: string): PixelwrightError {
  return new PixelwrightError(
    'truncated',
    `The model's answer ended after ${answer.length} characters, before the page had anything to show.`,
    { next: 'Allow more tokens (--max-tokens), or use the strategy measured.', details: { answer } },
  );
}
