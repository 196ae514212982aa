/** What a task is: one constant from which a tool, a command and a verb are derived. */
import type { z } from 'zod';
import type { ImagePart, PromptMessage, Sampling } from './prompt.ts';

/** What a prompt is about, beside the caller's input. */
export interface PromptSubject {
  /** As fitted to the budget; usually one, more for a long page in tiles from top to bottom. */
  readonly images: readonly ImagePart[];
  /** The images of each picture, where the caller gave several. */
  readonly pictures?: readonly (readonly ImagePart[])[];
  /** Size of the pictured page in CSS pixels. */
  readonly pageSize?: { readonly width: number; readonly height: number };
}

export interface ModelSettings {
  readonly sampling: Sampling;
  /** Longest answer, in tokens, unless the caller gives another. */
  readonly maxTokens: number;
  /** Tokens that the picture may take; one stands for 32×32 pixels with Qwen3-VL. */
  readonly imageTokens: { readonly min: number; readonly max: number };
}

/** The form that the model's answer is held to: the grammar where the engine knows GBNF, else the schema. */
export interface AnswerForm {
  /** Written the way the model was trained to write it; the start rule is `root`. */
  readonly grammar: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

export interface Task<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodObject = z.ZodObject> {
  /** `snake_case`; the name of the MCP tool. */
  readonly name: string;
  readonly title: string;
  /** For people and agents: "Use when …. Do not use for …". */
  readonly description: string;
  /** Flat, every field described. */
  readonly input: Input;
  /** What the pipeline of this task returns is valid under it. */
  readonly output: Output;
}

/** A task that a model can do, or only a model. */
export interface ModelTask<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodObject = z.ZodObject>
  extends Task<Input, Output> {
  readonly model: ModelSettings;
  /** Pure: the same input and pictures give the same messages. */
  prompt(input: z.output<Input>, subject: PromptSubject): PromptMessage[];
}

/** Gives a task its types. */
export function defineTask<Input extends z.ZodObject, Output extends z.ZodObject>(
  task: Task<Input, Output>,
): Task<Input, Output> {
  return task;
}

/** Gives a task of a model its types. */
export function defineModelTask<Input extends z.ZodObject, Output extends z.ZodObject>(
  task: ModelTask<Input, Output>,
): ModelTask<Input, Output> {
  return task;
}
