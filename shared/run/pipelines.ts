/** Every task that can be run, with what runs it: MCP tools and the like are derived from this list. */
import { z } from 'zod';
import { builtTargets } from '../config.ts';
import type { RunContext } from '../context.ts';
import type { Engine } from '../engine/engine.ts';
import * as tasks from '../tasks/index.ts';
import { describeImage, type Task, uiToCode, untrustedNote } from '../tasks/index.ts';
import type { LoadOptions } from './load-picture.ts';
import type { OutputFile } from './write-output.ts';

/** Loaded late: whoever lists tasks needs none of what runs them, and a server must start at once. */
const load = async () => await import('./task-functions.ts');

/** What a task is run with, beside its input. */
export interface PipelineRequest {
  /** Undefined where there is no model: a task that cannot do without throws `model-missing`. The caller closes it. */
  readonly engine: Engine | undefined;
  readonly read: LoadOptions;
  /** Stem of the files, for a task that makes some. */
  readonly name: string;
}

export interface PipelineResult {
  /** As the task's output schema says; `files` may be left out of it, where they are given below. */
  readonly output: Readonly<Record<string, unknown>>;
  /** What the task made, the main file first. */
  readonly files?: readonly OutputFile[];
}

export interface Pipeline {
  readonly task: Pick<Task, 'name' | 'title' | 'description' | 'input' | 'output'>;
  /** `optional`: without one the result is measured. */
  readonly model: 'needed' | 'optional' | 'unused';
  readonly makesFiles: boolean;
  /** @param input is checked by the task's schema. Throws ZodError for another, else as the task's function. */
  run(input: unknown, request: PipelineRequest, context: RunContext): Promise<PipelineResult>;
}

/** Gives the runner the type of its task's input. */
function pipeline<Input extends z.ZodObject, Output extends z.ZodObject>(
  task: Task<Input, Output>,
  parts: Pick<Pipeline, 'model' | 'makesFiles'>,
  run: (input: z.output<Input>, request: PipelineRequest, context: RunContext) => Promise<PipelineResult>,
): Pipeline {
  return {
    ...parts,
    task,
    run: async (input, request, context) => await run(task.input.parse(input), request, context),
  };
}

const reference = (text: string) => ({ kind: 'reference', reference: text }) as const;

/** The shapes of zod hold undefined where ours leave a key out. */
type Present<Value> = { [Key in keyof Value]: Exclude<Value[Key], undefined> };

function present<Value extends object>(value: Value): Present<Value> {
  // Object.fromEntries forgets the types of the keys; only undefined values are gone.
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Present<Value>;
}

const describe = pipeline(
  describeImage,
  { model: 'needed', makesFiles: false },
  async ({ image, ...choices }, { engine, read }, context) => {
    const { requireEngine, describePicture } = await load();
    const required = requireEngine(engine, 'Describing a picture');
    const options = { ...present(choices), engine: required, read };
    const description = await describePicture(reference(image), options, context);
    return { output: { untrusted: untrustedNote, ...description } };
  },
);

/** Shows only the targets that can be made: an agent would try the others. */
const buildable = {
  ...uiToCode,
  input: uiToCode.input.extend({
    target: z
      .enum(uiToCode.input.shape.target.unwrap().options.filter((target) => builtTargets.includes(target)))
      .default('html')
      .describe(uiToCode.input.shape.target.description ?? ''),
  }),
};

const convert = pipeline(
  buildable,
  { model: 'optional', makesFiles: true },
  async ({ image, ...choices }, { engine, read, name }, context) => {
    const { convertPicture } = await load();
    const options = { ...present(choices), ...present({ engine }), read, name };
    const { files, report } = await convertPicture(reference(image), options, context);
    return { output: { strategy: report.strategy, report }, files };
  },
);

const diagram = pipeline(
  tasks.imageToDiagram,
  { model: 'optional', makesFiles: true },
  async ({ image, ...choices }, { engine, read, name }, context) => {
    const { convertDiagram } = await load();
    const { files, report } = await convertDiagram(
      reference(image),
      { ...choices, engine, read, name },
      context,
    );
    const { kind, method, label: _, ...rest } = report;
    return { output: { kind, method, report: rest }, files };
  },
);

const ask = pipeline(
  tasks.askImage,
  { model: 'needed', makesFiles: false },
  async ({ image, moreImages, ...choices }, { engine, read }, context) => {
    const { requireEngine, askImage } = await load();
    const required = requireEngine(engine, 'Answering a question about a picture');
    const options = { ...choices, moreImages: moreImages?.map(reference), engine: required, read };
    return { output: { ...(await askImage(reference(image), options, context)) } };
  },
);

const text = pipeline(
  tasks.extractText,
  { model: 'optional', makesFiles: false },
  async ({ image, ...choices }, { engine, read }, context) => ({
    output: {
      ...(await (await load()).extractText(reference(image), { ...choices, engine, read }, context)),
    },
  }),
);

const data = pipeline(
  tasks.extractData,
  { model: 'needed', makesFiles: false },
  async ({ image, ...choices }, { engine, read }, context) => {
    const { requireEngine, extractData } = await load();
    const required = requireEngine(engine, 'Extracting data');
    return {
      output: { ...(await extractData(reference(image), { ...choices, engine: required, read }, context)) },
    };
  },
);

const find = pipeline(
  tasks.locate,
  { model: 'optional', makesFiles: false },
  async ({ image, ...choices }, { engine, read }, context) => ({
    output: { ...(await (await load()).locate(reference(image), { ...choices, engine, read }, context)) },
  }),
);

const compare = pipeline(
  tasks.compareImages,
  { model: 'unused', makesFiles: true },
  async ({ expected, actual, differenceImage }, { read, name }, context) => {
    const { compareImages } = await load();
    const options = { read, name, differenceImage };
    const { files, ...output } = await compareImages(
      reference(expected),
      reference(actual),
      options,
      context,
    );
    return { output, files };
  },
);

/** In the order in which hosts list them. */
export const pipelines: readonly Pipeline[] = [describe, ask, text, data, convert, diagram, find, compare];
