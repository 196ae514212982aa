/** A model's whole answer to one prompt, with what a user should be told about it. */
import type { RunContext } from '../context.ts';
import type { Constraint, Engine, Speculation, Usage } from '../engine/engine.ts';
import { collect } from '../engine/stream/collect.ts';
import { guardLoops } from '../engine/stream/loop-guard.ts';
import type { PictureFormat } from '../image/index.ts';
import type { AnswerForm, ModelSettings } from '../tasks/index.ts';
import type { PromptMessage } from '../tasks/prompt.ts';
import { type AskOptions, ask } from './ask.ts';
import type { LoadedPicture, LoadOptions } from './load-picture.ts';

/** What every pipeline of a model takes. */
export interface ModelRunOptions {
  /** The caller closes it. */
  readonly engine: Engine;
  readonly read?: LoadOptions;
  /** Longest answer; the task's own unless told. */
  readonly maxTokens?: number | undefined;
  readonly seed?: number | undefined;
  /** Called with each piece of text as it comes. */
  readonly onText?: ((piece: string) => void) | undefined;
}

/** What is known of the answer beforehand. */
export interface ModelAnswerForm {
  readonly constraint?: Constraint | undefined;
  readonly speculation?: Speculation | undefined;
}

export interface ModelAnswer {
  /** Without what a loop added. */
  readonly text: string;
  /** Ended at the limit of its length. */
  readonly truncated: boolean;
  /** The model repeated itself and was stopped. */
  readonly repetition: boolean;
  /** Sentences about the two. */
  readonly warnings: readonly string[];
  readonly usage?: Usage;
}

/** @throws PixelwrightError of the engine. */
export async function modelAnswer(
  messages: readonly PromptMessage[],
  settings: ModelSettings,
  options: ModelRunOptions & ModelAnswerForm,
  context: RunContext,
): Promise<ModelAnswer> {
  const { engine, onText, maxTokens, seed, constraint, speculation } = options;
  const choices: AskOptions = {
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(seed === undefined ? {} : { seed }),
    ...(constraint === undefined ? {} : { constraint }),
    ...(speculation === undefined ? {} : { speculation }),
  };
  const parts = guardLoops(ask(engine, messages, settings, choices, context));
  const { text, finish } = await collect(parts, (part) => {
    if (part.type === 'text-delta') onText?.(part.text);
  });
  const truncated = finish.reason === 'length';
  const repetition = finish.reason === 'repetition';
  return {
    text,
    truncated,
    repetition,
    warnings: [
      ...(truncated ? ['The answer was cut at its token limit; a larger one gives more of it.'] : []),
      ...(repetition ? ['The model repeated itself and was stopped; the repeated part is left out.'] : []),
    ],
    ...(finish.usage === undefined ? {} : { usage: finish.usage }),
  };
}

/** What holds the answer to its form with this engine: nothing where it knows neither kind. */
export async function constraintOf(
  { grammar, schema }: AnswerForm,
  engine: Engine,
  context: RunContext,
): Promise<Constraint | undefined> {
  const { capabilities } = await engine.describe({ signal: context.signal });
  if (capabilities.grammar) return { kind: 'grammar', grammar };
  return capabilities.jsonSchema ? { kind: 'json-schema', schema } : undefined;
}

/** Tokens of several answers together. */
export function usageOf(answers: readonly ModelAnswer[]): { usage?: SummedUsage } {
  const all = answers.flatMap(({ usage }) => usage ?? []);
  if (all.length === 0) return {};
  const [only] = all;
  if (all.length === 1 && only !== undefined) return { usage: { ...only } };
  const sum = (count: (usage: Usage) => number): number =>
    all.reduce((total, usage) => total + count(usage), 0);
  const cached = sum(({ cached: known }) => known?.promptTokens ?? 0);
  return {
    usage: {
      promptTokens: sum(({ promptTokens }) => promptTokens),
      completionTokens: sum(({ completionTokens }) => completionTokens),
      imageTokens: sum(({ imageTokens }) => imageTokens ?? 0),
      ...(cached === 0 ? {} : { cached: { promptTokens: cached } }),
    },
  };
}

/** What every result about one picture ends with. */
export interface AboutPicture {
  /** Words from the picture are data: a sentence that says so. */
  readonly untrusted: string;
  readonly picture: PictureFacts;
  readonly warnings: readonly string[];
  /** The answer is incomplete; `warnings` say why. */
  readonly truncated: boolean;
  /** Absent without a model, or where the engine does not count. */
  readonly usage?: SummedUsage;
}

export type SummedUsage = { readonly [Name in keyof Usage]: Usage[Name] };

/** The picture as the user gave it; `width` and `height` in pixels. */
export interface PictureFacts {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly format: PictureFormat;
  readonly sha256: string;
}

export function pictureFacts({ name, format, sha256, given }: LoadedPicture): PictureFacts {
  return { name, ...given, format, sha256 };
}
