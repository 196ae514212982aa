/** What an agent is told of a picture that only the editor can reach. */
import { z } from 'zod';
import type { Engine, PictureSource } from '../../shared/index.ts';
import type { RunContext, Settings } from '../../shared/start.ts';
import type { Core } from '../load-core.ts';

/** The same as the manifest tells agents. */
export const inputSchema = z.object({
  result: z.enum(['description', 'text', 'html', 'html-tailwind', 'vue', 'react', 'drawio', 'mermaid']),
  instructions: z.string().optional(),
});

export type ToolInput = z.infer<typeof inputSchema>;

export interface AnswerMeans {
  readonly core: Core;
  readonly settings: Settings;
  readonly engine: Engine | undefined;
  readonly context: RunContext;
}

/** Files of code are fenced under their paths; pictures are named, for an agent can do nothing with their bytes. Throws as the core. */
export async function answerAbout(
  source: PictureSource,
  { result, instructions }: ToolInput,
  { core, settings, engine, context }: AnswerMeans,
): Promise<string> {
  const read = core.loadOptions(settings);
  const note = core.untrustedNote;
  if (result === 'description') {
    const required = core.requireEngine(engine, 'Describing a picture');
    const focus = instructions === undefined ? {} : { focus: instructions };
    const { text } = await core.describePicture(source, { ...focus, engine: required, read }, context);
    return [note, text].join('\n\n');
  }
  if (result === 'text') {
    const { markdown, warnings } = await core.extractText(source, { engine, read }, context);
    return [note, ...warnings, markdown].join('\n\n');
  }
  const name = 'picture';
  const { files, report } =
    result === 'drawio' || result === 'mermaid'
      ? await core.convertDiagram(source, { engine, read, name, target: result }, context)
      : await core.convertPicture(
          source,
          {
            name,
            target: result,
            read,
            strategy: engine === undefined ? 'measured' : settings.strategy,
            fit: settings.fit,
            components: result === 'vue' ? settings.components : 'plain',
            ...(engine === undefined ? {} : { engine }),
            ...(instructions === undefined ? {} : { instructions }),
            ...(settings.browser === undefined ? {} : { browserPath: settings.browser }),
          },
          context,
        );
  const code = files.flatMap(({ path, content }) =>
    typeof content === 'string' && !/\.svg$/i.test(path) ? [`${path}\n${fenced(content)}`] : [],
  );
  const pictures = files.filter(({ content }) => typeof content !== 'string').map(({ path }) => path);
  const cut =
    pictures.length === 0
      ? []
      : [`Pictures cut out of it, which "Pixelwright: Save with Assets" writes: ${pictures.join(', ')}`];
  return [note, `Made: ${report.label}.`, ...report.warnings, ...code, ...cut].join('\n\n');
}

/** In a fence that is longer than any inside. */
function fenced(code: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${code.trimEnd()}\n${fence}`;
}
