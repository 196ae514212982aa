/** The strategy `direct`, from a picture to files: the model writes the page itself. */
import { composeDirect, type DirectPage } from '../compose/direct/direct.ts';
import type { RunContext } from '../context.ts';
import type { Engine } from '../engine/engine.ts';
import { PixelwrightError } from '../errors.ts';
import { uiToCode } from '../tasks/index.ts';
import { ask, imageParts } from './ask.ts';
import type { ConvertOptions, ConvertResult, Measured } from './convert-result.ts';
import { pictureReport } from './convert-result.ts';

/** What our pages name as their generator; a page that carries it may be replaced by a later run. */
export const generator = 'pixelwright';

/** Has the model write the page, which may quote the draft and what was read. @throws PixelwrightError as `composeDirect`. */
export async function convertDirect(
  { picture, facts }: Measured,
  draft: ConvertResult,
  options: ConvertOptions,
  engine: Engine,
  context: RunContext,
): Promise<ConvertResult> {
  const { pixelRatio, width, height } = facts;
  const images = await imageParts(picture, uiToCode.model, context);
  const { instructions } = options;
  const input = {
    image: picture.name,
    target: 'html',
    strategy: 'direct',
    inline: true,
    instructions,
  } as const;
  const messages = uiToCode.prompt(input, { images, pageSize: { width, height } });
  const choices = { ...options, speculation: { texts: quotable(draft) } };
  const page = await written(ask(engine, messages, uiToCode.model, choices, context), options, context);
  return {
    files: [{ path: `${options.name}.html`, mediaType: 'text/html', role: 'page', content: page.html }],
    report: {
      strategy: 'direct',
      madeWithoutModel: false,
      label: 'written by the model',
      picture: pictureReport(picture, pixelRatio),
      warnings: [...picture.warnings, ...page.warnings],
      truncated: page.truncated,
      repetition: page.repetition,
      ...(page.usage === undefined ? {} : { usage: page.usage }),
    },
  };
}

/** Texts of the draft: its page, with the words that were recognised, and its style. */
function quotable({ files }: ConvertResult): string[] {
  return files.flatMap(({ content }) => (typeof content === 'string' ? [content] : []));
}

async function written(
  parts: ReturnType<typeof ask>,
  options: ConvertOptions,
  context: RunContext,
): Promise<DirectPage> {
  for await (const part of composeDirect(parts, { signal: context.signal, generator })) {
    if (part.type === 'draft') options.onText?.(part.code);
    if (part.type === 'page') return part.page;
  }
  throw new PixelwrightError('output-invalid', 'Expected a page from the model; its stream held none.');
}
