/** The request of a task: its prompt and settings, with what the caller asked for instead. */
import type { ModelSettings } from '../tasks/define-task.ts';
import type { EngineRequest, PromptMessage } from './engine.ts';

export interface RequestChoices {
  readonly maxTokens?: number | undefined;
  readonly seed?: number | undefined;
}

/** @param choices of the caller; what is absent is the task's own. */
export function taskRequest(
  { model }: { readonly model: ModelSettings },
  messages: readonly PromptMessage[],
  { maxTokens = model.maxTokens, seed }: RequestChoices = {},
): EngineRequest {
  const sampling = seed === undefined ? model.sampling : { ...model.sampling, seed };
  return { messages, sampling, maxTokens };
}
