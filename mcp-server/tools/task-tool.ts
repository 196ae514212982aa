/** The tool of a task: everything about it is derived from the task's constant and what runs it. */
import type { CallToolResult, ServerContext } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { Engine, OutputFolder, Pipeline, ProgressEvent, Settings } from '../../shared/index.ts';
import { loadCore } from '../load-core.ts';
import { type Progress, startProgress } from '../progress.ts';
import type { Services } from '../services.ts';
import { watchedEngine } from '../watched-engine.ts';
import { answerText } from './answer-text.ts';
import { checkArguments } from './arguments.ts';
import { linkTo, openAnswerFolder, saveFiles } from './save-files.ts';
import type { Tool } from './tool.ts';

const folderField = z.string().min(1).optional().describe('Folder to write into.');

/** What an answer of another schema still is: a set of names and values. */
const anyRecord = z.record(z.string(), z.unknown());

export function taskTool(pipeline: Pipeline): Tool {
  const { task, makesFiles } = pipeline;
  const { name, title, description, output } = task;
  const input = makesFiles ? task.input.extend({ folder: folderField }) : task.input;
  return {
    name,
    title,
    description,
    input,
    output,
    annotations: {
      title,
      // What is only for tools that change something is left out of the others, as the protocol has it.
      ...(makesFiles
        ? { readOnlyHint: false, destructiveHint: false, idempotentHint: true }
        : { readOnlyHint: true }),
      // Pictures may be fetched by their address.
      openWorldHint: true,
    },
    call: async (given, services, context) => await callTask(pipeline, input, given, services, context),
  };
}

async function callTask(
  pipeline: Pipeline,
  schema: z.ZodObject,
  given: unknown,
  services: Services,
  context: ServerContext,
): Promise<CallToolResult> {
  const { task, makesFiles } = pipeline;
  const { folder: named, ...input } = anyRecord.parse(checkArguments(task.name, schema, given));
  const progress = startProgress(context);
  const { stemOf } = await loadCore();
  const stem = stemOf(String(Object.values(input)[0] ?? task.name));
  let folder: OutputFolder | undefined;
  try {
    if (makesFiles) {
      folder = await openAnswerFolder(typeof named === 'string' ? named : undefined, stem, services);
    }
    const run = await runTask(pipeline, input, stem, services, progress, context);
    const { signal } = context.mcpReq;
    const files = folder && run.files ? await saveFiles(run.files, folder, stem, signal) : undefined;
    const output = task.output.parse({ ...run.output, ...(files === undefined ? {} : { files }) });
    const plain = anyRecord.parse(output);
    const [main] = files ?? [];
    return {
      structuredContent: plain,
      content: [
        { type: 'text', text: answerText(plain, files) },
        ...(main === undefined ? [] : [linkTo(main)]),
      ],
    };
  } finally {
    progress.stop();
    await folder?.close();
  }
}

async function runTask(
  pipeline: Pipeline,
  input: Readonly<Record<string, unknown>>,
  name: string,
  services: Services,
  progress: Progress,
  { mcpReq }: ServerContext,
) {
  const { settings, log, roots, workingFolder } = services;
  const { createContext, loadOptions } = await loadCore();
  const engine = wantsEngine(pipeline, input) ? await services.engine() : undefined;
  const tell = ({ message, stage }: ProgressEvent): void => {
    // What the engine does is told part by part.
    if (stage !== 'model' || engine === undefined) progress.tell(message);
  };
  return await pipeline.run(
    withLimit(pipeline, input, settings),
    {
      engine: engine && watched(engine, progress),
      read: { ...loadOptions(settings), roots, baseDirectory: workingFolder },
      name,
    },
    createContext(mcpReq.signal, { limits: settings, log, progress: tell }),
  );
}

const watched = (engine: Engine, progress: Progress): Engine => watchedEngine(engine, progress.tell);

/** No model is looked for where the caller wants the pixels measured. */
function wantsEngine({ model }: Pipeline, input: Readonly<Record<string, unknown>>): boolean {
  if (model === 'unused') return false;
  return model === 'needed' || ![input['strategy'], input['method']].includes('measured');
}

/** The user's own limit holds where the caller gives none. */
function withLimit({ task }: Pipeline, input: Readonly<Record<string, unknown>>, { maxTokens }: Settings) {
  const takesOne = 'maxTokens' in task.input.shape && input['maxTokens'] === undefined;
  return takesOne && maxTokens !== undefined ? { ...input, maxTokens } : input;
}
