/** The native engine on the tiny pair, and what a test hears from it. */
import type {
  EnginePart,
  FinishPart,
  ImagePart,
  PrefillProgressPart,
  PromptMessage,
  PromptPart,
} from '../../../shared/engine/engine.ts';
import {
  loadNativeEngine,
  type NativeEngine,
  type NativeEngineOptions,
  type NativeRequest,
} from '../../../shared/engine/native/native-engine.ts';
import { tinyModel } from '../../models/index.ts';
import { type PictureRecipe, pngOf } from '../parity/pictures.ts';

/** The caller closes it. One thread, on the processor, so that a run repeats itself. */
export async function openEngine(options: Partial<NativeEngineOptions> = {}): Promise<NativeEngine> {
  const pair = await tinyModel();
  return await loadNativeEngine(
    { ...pair, device: 'cpu', threads: 1, contextSize: 4096, ...options },
    { signal: new AbortController().signal },
  );
}

export const text = (words: string): PromptPart => ({ type: 'text', text: words });

export const user = (...parts: readonly PromptPart[]): PromptMessage => ({ role: 'user', parts });

export const assistant = (words: string): PromptMessage => ({ role: 'assistant', parts: [text(words)] });

export async function picture(recipe: PictureRecipe): Promise<ImagePart> {
  return { type: 'image', mediaType: 'image/png', bytes: await pngOf(recipe) };
}

/** A request with the likeliest tokens; 24 of them unless told otherwise. */
export function greedy(parts: readonly PromptPart[], more: Partial<NativeRequest> = {}): NativeRequest {
  return { messages: [user(...parts)], sampling: { temperature: 0 }, maxTokens: 24, ...more };
}

export interface Answer {
  readonly text: string;
  readonly parts: readonly EnginePart[];
  readonly finish: FinishPart;
}

export interface AskOptions {
  readonly signal?: AbortSignal;
  /** Hears each part before the next one is asked for. */
  readonly onPart?: (part: EnginePart) => void;
}

export async function ask(
  engine: NativeEngine,
  request: NativeRequest,
  { signal = new AbortController().signal, onPart }: AskOptions = {},
): Promise<Answer> {
  const parts: EnginePart[] = [];
  for await (const part of engine.stream(request, { signal })) {
    parts.push(part);
    onPart?.(part);
  }
  const finish = parts.at(-1);
  if (finish?.type !== 'finish') throw new Error('the stream ended without a finish part');
  return { text: textOf(parts), parts, finish };
}

export function textOf(parts: readonly EnginePart[]): string {
  return parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('');
}

export function progressOf(parts: readonly EnginePart[]): PrefillProgressPart[] {
  return parts.filter((part) => part.type === 'prefill-progress');
}

/** A stream that a test advances part by part. */
export interface OpenStream {
  /** Reads until a part of this kind has come. @throws Error if the stream ends before. */
  until(type: EnginePart['type']): Promise<void>;
  /** The rest. */
  rest(): Promise<EnginePart[]>;
  readonly parts: readonly EnginePart[];
  leave(): Promise<void>;
}

export function open(engine: NativeEngine, request: NativeRequest, signal?: AbortSignal): OpenStream {
  const stream = engine.stream(request, { signal: signal ?? new AbortController().signal });
  const iterator = stream[Symbol.asyncIterator]();
  const parts: EnginePart[] = [];
  const next = async (): Promise<EnginePart | undefined> => {
    const { done, value } = await iterator.next();
    if (done) return undefined;
    parts.push(value);
    return value;
  };
  return {
    parts,
    async until(type) {
      for (;;) {
        const part = await next();
        if (part === undefined) throw new Error(`the stream ended before ${type} came`);
        if (part.type === type) return;
      }
    },
    async rest() {
      while ((await next()) !== undefined);
      return parts;
    },
    async leave() {
      await iterator.return?.();
    },
  };
}

export interface Recording {
  readonly tokens: readonly number[];
  /** Of each token: the logits that it was drawn from. */
  readonly logits: readonly Float32Array[];
  /** How far the likeliest token led the next one, where it led least. */
  readonly margin: number;
  readonly answer: Answer;
}

/** Answers and keeps what each token was drawn from. */
export async function record(
  engine: NativeEngine,
  request: NativeRequest,
  options?: AskOptions,
): Promise<Recording> {
  const tokens: number[] = [];
  const logits: Float32Array[] = [];
  const onDraw: NativeRequest['onDraw'] = (drawn) => {
    tokens.push(drawn.token);
    logits.push(drawn.logits.slice());
  };
  const answer = await ask(engine, { ...request, onDraw }, options);
  return { tokens, logits, margin: Math.min(...logits.map(lead)), answer };
}

function lead(logits: Float32Array): number {
  const [first = 0, second = 0] = logits.toSorted().reverse();
  return first - second;
}

/**
 * How far two equal computations may lie apart: batches of other sizes are summed in another order. Measured
 * up to 0.005 on a processor with AVX-512, while one other digit in the prompt makes 0.1 at least.
 */
export const tolerance = 0.05;

/**
 * Answers again with the tokens of a recording, whatever is likeliest now, since a tie that falls the other
 * way would make all that follows incomparable. @returns the largest of the steps' differences between
 * logits (root of the mean square).
 */
export async function replay(
  engine: NativeEngine,
  request: NativeRequest,
  { tokens, logits }: Recording,
  options?: AskOptions,
): Promise<{ readonly difference: number; readonly answer: Answer }> {
  const again = await record(engine, { ...request, forcedTokens: tokens }, options);
  if (again.tokens.join() !== tokens.join()) throw new Error('the forced tokens were not taken');
  const differences = again.logits.map((values, step) =>
    distance(values, logits[step] ?? values.map(() => Number.NaN)),
  );
  return { difference: Math.max(...differences), answer: again.answer };
}

export function distance(a: Float32Array, b: Float32Array): number {
  return Math.sqrt(a.reduce((sum, value, id) => sum + (value - (b[id] ?? 0)) ** 2, 0) / a.length);
}
