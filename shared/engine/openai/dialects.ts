/** What each server understands beyond the common protocol. */
import { PixelwrightError } from '../../errors.ts';
import type { Constraint, EngineCapabilities, Sampling } from '../engine.ts';

/** `openai` is the common protocol and nothing else. */
export const dialects = ['pixelwright', 'llama-server', 'vllm', 'ollama', 'lmstudio', 'openai'] as const;
export type Dialect = (typeof dialects)[number];

export const dialectNames: Readonly<Record<Dialect, string>> = {
  pixelwright: 'Pixelwright',
  'llama-server': 'llama-server',
  vllm: 'vLLM',
  ollama: 'Ollama',
  lmstudio: 'LM Studio',
  openai: 'OpenAI-compatible server',
};

export function capabilities(dialect: Dialect): Omit<EngineCapabilities, 'vision'> {
  return { grammar: ['pixelwright', 'llama-server', 'vllm'].includes(dialect), jsonSchema: true };
}

type SamplingFields = Readonly<Partial<Record<keyof Sampling, string>>>;

const common: SamplingFields = {
  temperature: 'temperature',
  topP: 'top_p',
  presencePenalty: 'presence_penalty',
  seed: 'seed',
};

/** A server's names; what is absent is ignored there (Ollama's `/v1` drops `top_k` without a word). */
export const samplingFields: Readonly<Record<Dialect, SamplingFields>> = {
  pixelwright: {
    ...common,
    topK: 'top_k',
    minP: 'min_p',
    repetitionPenalty: 'repeat_penalty',
    frequencyPenalty: 'frequency_penalty',
    dryMultiplier: 'dry_multiplier',
  },
  'llama-server': { ...common, topK: 'top_k', minP: 'min_p', repetitionPenalty: 'repeat_penalty' },
  vllm: { ...common, topK: 'top_k', minP: 'min_p', repetitionPenalty: 'repetition_penalty' },
  ollama: common,
  lmstudio: { ...common, topK: 'top_k', repetitionPenalty: 'repeat_penalty' },
  openai: common,
};

/**
 * The request fields that hold the model to a form.
 * @param version of vLLM, which renamed its field in 0.11.
 * @throws PixelwrightError `option-invalid` for a grammar where the server knows none.
 */
export function constraintFields(
  constraint: Constraint,
  dialect: Dialect,
  version: string | undefined,
): Record<string, unknown> {
  if (constraint.kind === 'json-schema') {
    // The one form that all of them read; llama-server's manual shows others that its code ignores.
    const json_schema = { name: 'answer', strict: true, schema: constraint.schema };
    return { response_format: { type: 'json_schema', json_schema } };
  }
  if (dialect === 'llama-server' || dialect === 'pixelwright') return { grammar: constraint.grammar };
  if (dialect === 'vllm') {
    return isBefore(version, 0, 11)
      ? { guided_grammar: constraint.grammar }
      : { structured_outputs: { grammar: constraint.grammar } };
  }
  throw new PixelwrightError(
    'option-invalid',
    `${dialectNames[dialect]} cannot hold a model to a grammar, only to a JSON schema.`,
    { next: 'Use llama-server or vLLM for this task.', details: { dialect } },
  );
}

function isBefore(version: string | undefined, major: number, minor: number): boolean {
  const match = /^v?(\d+)\.(\d+)/.exec(version ?? '');
  if (!match) return false;
  const [ours, theirs] = [Number(match[1]) * 1000 + Number(match[2]), major * 1000 + minor];
  return ours < theirs;
}
