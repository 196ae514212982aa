/** An engine's parts in the words of the OpenAI protocol. */
import type { FinishPart, FinishReason, PrefillProgressPart, StageProgressPart, Usage } from '../engine.ts';

/** What every chunk of one answer has in common. */
export interface AnswerHead {
  readonly id: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly model: string;
}

/** OpenAI has no word for a loop; a client must take the answer for incomplete, and so it is. */
const reasons: Readonly<Record<FinishReason, string>> = {
  stop: 'stop',
  length: 'length',
  repetition: 'length',
  'content-filter': 'content_filter',
  other: 'stop',
};

const chunk = (head: AnswerHead, choices: readonly object[], fields: object = {}) => ({
  ...head,
  object: 'chat.completion.chunk',
  choices,
  ...fields,
});

const choice = (delta: object, finishReason: string | null = null) => ({
  index: 0,
  delta,
  finish_reason: finishReason,
});

export function textChunk(head: AnswerHead, text: string, first: boolean): object {
  return chunk(head, [choice({ ...(first ? { role: 'assistant' } : {}), content: text })]);
}

/** A chunk of ours; the empty delta is for libraries that read one from every chunk. */
export function progressChunk(head: AnswerHead, part: StageProgressPart | PrefillProgressPart): object {
  return chunk(head, [choice({})], { pixelwright: part });
}

/** In llama-server's words. */
export function prefillChunk(head: AnswerHead, { processed, total }: PrefillProgressPart): object {
  return chunk(head, [choice({})], { prompt_progress: { processed, total, cache: 0, time_ms: 0 } });
}

/** @param ours our own client is told everything. */
export function finishChunk(head: AnswerHead, part: FinishPart, ours: boolean): object {
  const fields = { ...timingFields(part), ...(ours ? { pixelwright: part } : {}) };
  return chunk(head, [choice({}, reasons[part.reason])], fields);
}

export function usageChunk(head: AnswerHead, usage: Usage): object {
  return chunk(head, [], { usage: usageFields(usage) });
}

/** The answer to a client that does not stream. */
export function wholeAnswer(head: AnswerHead, text: string, part: FinishPart): object {
  const message = { role: 'assistant', content: text };
  return {
    ...head,
    object: 'chat.completion',
    choices: [{ index: 0, message, finish_reason: reasons[part.reason] }],
    ...(part.usage === undefined ? {} : { usage: usageFields(part.usage) }),
    ...timingFields(part),
    pixelwright: part,
  };
}

function usageFields({ promptTokens, completionTokens, cached, draft }: Usage): object {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    ...(cached === undefined ? {} : { prompt_tokens_details: { cached_tokens: cached.promptTokens } }),
    ...(draft === undefined
      ? {}
      : {
          completion_tokens_details: {
            accepted_prediction_tokens: draft.accepted,
            rejected_prediction_tokens: draft.proposed - draft.accepted,
          },
        }),
  };
}

/** llama-server's `timings`: what was computed, without what was cached. */
function timingFields({ usage, timings: { prefillMs, decodeMs } }: FinishPart): object {
  if (usage === undefined) return {};
  const cached = usage.cached?.promptTokens ?? 0;
  return {
    timings: {
      cache_n: cached,
      prompt_n: usage.promptTokens - cached,
      ...(prefillMs === undefined ? {} : { prompt_ms: prefillMs }),
      predicted_n: usage.completionTokens,
      ...(decodeMs === undefined ? {} : { predicted_ms: decodeMs }),
    },
  };
}
