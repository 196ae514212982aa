/** Raw completions of llama-server: the prompt as it is, token ids, log-probabilities, and when each token came. */
import { createParser } from 'eventsource-parser';
import { z } from 'zod';

export interface CompletionRequest {
  /** Already in the chat format; every `mediaMarker` stands for the next picture. */
  readonly prompt: string;
  /** PNG or JPEG files, base64. */
  readonly pictures?: readonly string[];
  readonly maxTokens: number;
  readonly ignoreEnd?: boolean;
  /** Says this token every time: a bias of 1000 on it. */
  readonly forcedToken?: number;
  /** How many of the best tokens to tell at each step. */
  readonly probabilities?: number;
  readonly signal: AbortSignal;
}

const logProbability = z.object({ id: z.number(), logprob: z.number() });

const chunkSchema = z.object({
  content: z.string().default(''),
  tokens: z.array(z.number()).default([]),
  stop: z.boolean().default(false),
  completion_probabilities: z
    .array(logProbability.extend({ top_logprobs: z.array(logProbability).default([]) }))
    .default([]),
  tokens_evaluated: z.number().optional(),
  timings: z
    .object({ cache_n: z.number(), prompt_n: z.number(), prompt_ms: z.number(), predicted_n: z.number() })
    .optional(),
});

export interface CompletionStep {
  readonly token: number;
  /** Milliseconds since the request was made. */
  readonly atMs: number;
  readonly top: readonly { readonly id: number; readonly logprob: number }[];
}

export interface Completion {
  readonly text: string;
  readonly steps: readonly CompletionStep[];
  readonly promptTokens: number;
  readonly cachedPromptTokens: number;
}

/** Greedy. @throws Error with the server's answer if it refuses. */
export async function complete(baseUrl: string, request: CompletionRequest): Promise<Completion> {
  const start = performance.now();
  const answer = await fetch(`${baseUrl}/completion`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(bodyOf(request)),
    signal: request.signal,
  });
  if (!(answer.ok && answer.body))
    throw new Error(`llama-server answered ${answer.status}: ${await answer.text()}`);
  const steps: CompletionStep[] = [];
  let [text, promptTokens, cachedPromptTokens] = ['', 0, 0];
  const parser = createParser({
    onEvent: ({ data }) => {
      const chunk = chunkSchema.parse(JSON.parse(data));
      const atMs = performance.now() - start;
      // The last message repeats what was sent before.
      if (chunk.stop) {
        promptTokens = chunk.tokens_evaluated ?? 0;
        cachedPromptTokens = chunk.timings?.cache_n ?? 0;
        return;
      }
      text += chunk.content;
      chunk.tokens.forEach((token, index) => {
        steps.push({ token, atMs, top: chunk.completion_probabilities[index]?.top_logprobs ?? [] });
      });
    },
  });
  const decoder = new TextDecoder();
  for await (const bytes of answer.body) parser.feed(decoder.decode(bytes, { stream: true }));
  return { text, steps, promptTokens, cachedPromptTokens };
}

function bodyOf(request: CompletionRequest): unknown {
  const pictures = request.pictures ?? [];
  return {
    prompt:
      pictures.length === 0 ? request.prompt : { prompt_string: request.prompt, multimodal_data: pictures },
    n_predict: request.maxTokens,
    ignore_eos: request.ignoreEnd ?? false,
    logit_bias: request.forcedToken === undefined ? [] : [[request.forcedToken, 1000]],
    n_probs: request.probabilities ?? 0,
    temperature: 0,
    cache_prompt: true,
    return_tokens: true,
    stream: true,
  };
}

/** The id of a text that is one token. @throws Error if it is more. */
export async function tokenOf(baseUrl: string, text: string, signal: AbortSignal): Promise<number> {
  const answer = await fetch(`${baseUrl}/tokenize`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ content: text }),
    signal,
  });
  const { tokens } = z.object({ tokens: z.array(z.number()) }).parse(await answer.json());
  const [token] = tokens;
  if (token === undefined || tokens.length !== 1) {
    throw new Error(`Expected ${JSON.stringify(text)} to be one token, it is ${tokens.length}.`);
  }
  return token;
}
