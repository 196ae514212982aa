/** The strategy `direct`, from a picture to candidates: the model writes the page itself. */
import { composeDirect, type DirectPage } from '../../compose/direct/direct.ts';
import type { Engine } from '../../engine/engine.ts';
import { PixelwrightError } from '../../errors.ts';
import { uiToCode } from '../../tasks/index.ts';
import { type AskOptions, ask, imageParts } from '../ask.ts';
import type { OutputFile } from '../write-output.ts';
import type { Candidate, Conversion } from './candidate.ts';

/** What our pages name as their generator; a page that carries it may be replaced by a later run. */
export const generator = 'pixelwright';

/**
 * Has the model write the page, which may quote the draft and what was read.
 *
 * @param count samples, drawn side by side with seeds that follow each other.
 * @throws PixelwrightError as `composeDirect`, if no sample is a page; `option-invalid` for a target but HTML.
 */
export async function directCandidates(
  draft: Candidate,
  engine: Engine,
  count: number,
  conversion: Conversion,
): Promise<Candidate[]> {
  requireHtml(conversion);
  const { measured, context } = conversion;
  const images = await imageParts(measured.picture, uiToCode.model, context);
  const { strategy, seed = uiToCode.model.sampling.seed ?? 1 } = conversion.options;
  // Beside other candidates all are compared with the picture first, and changed afterwards.
  const instructions = strategy === 'direct' ? conversion.options.instructions : undefined;
  const { width, height } = measured.facts;
  const input = { image: measured.picture.name, target: 'html', strategy: 'direct', inline: true } as const;
  const messages = uiToCode.prompt({ ...input, instructions }, { images, pageSize: { width, height } });
  const outcomes = await Promise.allSettled(
    Array.from({ length: count }, async (_, index): Promise<Candidate> => {
      const choices = {
        ...conversion.options,
        ...(count === 1 ? {} : { seed: seed + index }),
        speculation: { texts: quotable(draft) },
      };
      const name = index === 0 ? 'direct' : `direct ${index + 1}`;
      const page = await written(engine, messages, choices, conversion, index === 0);
      return candidateOf(name, page, conversion);
    }),
  );
  const pages = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined && (pages.length === 0 || !isPageless(failed.reason))) throw failed.reason;
  return pages;
}

/** The model answered, but not with a page: another sample, or another strategy, may do better. */
export const isPageless = (error: unknown): error is PixelwrightError =>
  error instanceof PixelwrightError && (error.code === 'output-invalid' || error.code === 'truncated');

function requireHtml({ options }: Conversion): void {
  if (options.target === 'html') return;
  throw new PixelwrightError(
    'option-invalid',
    `Expected the target html for pages that the model writes; got ${options.target}.`,
    { next: 'Use --strategy perceived, which makes every target, or --to html.' },
  );
}

function candidateOf(name: string, page: DirectPage, { measured, options }: Conversion): Candidate {
  const { warnings, truncated, repetition, usage } = page;
  return {
    strategy: 'direct',
    name,
    facts: measured.facts,
    page: [{ path: `${options.name}.html`, mediaType: 'text/html', role: 'page', content: page.html }],
    warnings,
    truncated,
    repetition,
    ...(usage === undefined ? {} : { usage }),
  };
}

/** Texts of the draft: its page, with the words that were recognised, and its style. */
function quotable({ page }: Candidate): string[] {
  return page.flatMap(({ content }: OutputFile) => (typeof content === 'string' ? [content] : []));
}

async function written(
  engine: Engine,
  messages: Parameters<typeof ask>[1],
  choices: AskOptions,
  { options, context }: Conversion,
  isShown: boolean,
): Promise<DirectPage> {
  const parts = ask(engine, messages, uiToCode.model, choices, context);
  for await (const part of composeDirect(parts, { signal: context.signal, generator })) {
    if (part.type === 'draft' && isShown) options.onText?.(part.code);
    if (part.type === 'page') return part.page;
  }
  throw new PixelwrightError('output-invalid', 'Expected a page from the model; its stream held none.');
}
