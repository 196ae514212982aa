/** A chat request of the OpenAI protocol as an engine's request. */
import { PixelwrightError } from '../../errors.ts';
import type { Constraint, EngineRequest, PromptMessage, PromptPart, Sampling } from '../engine.ts';
import { pictureFromUri } from './chat-pictures.ts';
import { type ChatJson, type ChatMessage, type ChatPart, chatSchema } from './chat-schema.ts';
import { checked } from './checked.ts';
import { present } from './present.ts';
import type { WantedModel } from './wanted-model.ts';

export interface ChatCall {
  readonly request: EngineRequest;
  /** Absent from clients that are not ours. */
  readonly wanted: WantedModel | undefined;
  readonly idleMinutes: number | undefined;
  readonly stream: boolean;
  /** Our own client: it is told every part. */
  readonly ours: boolean;
  readonly includeUsage: boolean;
  /** A client of llama-server's dialect that wants to see prefill. */
  readonly returnProgress: boolean;
}

/** @throws PixelwrightError `option-invalid` with the place of the fault; those of `pictureFromUri`. */
export async function chatCall(body: unknown, signal: AbortSignal): Promise<ChatCall> {
  const json = checked(chatSchema, body, 'The chat request');
  refuseUnknown(json);
  const messages: PromptMessage[] = [];
  for (const [index, message] of json.messages.entries()) {
    messages.push(await promptMessage(message, `messages[${index}]`, signal));
  }
  const limits = [json.max_completion_tokens, json.max_tokens, json.n_predict];
  const request = present({
    messages,
    constraint: constraint(json),
    sampling: sampling(json),
    maxTokens: limits.find((limit) => limit !== undefined && limit > 0),
    stop: typeof json.stop === 'string' ? [json.stop] : json.stop,
    speculation: json.pixelwright?.speculation,
  });
  return {
    request,
    wanted: json.pixelwright?.model,
    idleMinutes: json.pixelwright?.idleMinutes,
    stream: json.stream ?? false,
    ours: json.pixelwright !== undefined,
    includeUsage: json.stream_options?.include_usage ?? false,
    returnProgress: json.return_progress ?? false,
  };
}

/** What would change the answer if it were ignored. */
function refuseUnknown({ n = 1, tools = [], logprobs = false }: ChatJson): void {
  const field = n !== 1 ? 'n' : tools.length > 0 ? 'tools' : logprobs ? 'logprobs' : undefined;
  if (field === undefined) return;
  throw new PixelwrightError('option-invalid', `The chat request asks for "${field}", which is not built.`, {
    next: `Leave "${field}" out.`,
  });
}

async function promptMessage(
  { role, content }: ChatMessage,
  where: string,
  signal: AbortSignal,
): Promise<PromptMessage> {
  const ourRole = role === 'developer' ? 'system' : role;
  if (content === null) return { role: ourRole, parts: [] };
  if (typeof content === 'string') return { role: ourRole, parts: [{ type: 'text', text: content }] };
  const parts: PromptPart[] = [];
  for (const [index, part] of content.entries()) {
    parts.push(await promptPart(part, `${where}.content[${index}]`, signal));
  }
  return { role: ourRole, parts };
}

async function promptPart(part: ChatPart, where: string, signal: AbortSignal): Promise<PromptPart> {
  if (part.type === 'text') return part;
  if (part.type === 'image_url') return await pictureFromUri(part.image_url, where, signal);
  const frames = [];
  for (const [index, { image_url, seconds }] of part.frames.entries()) {
    frames.push({ image: await pictureFromUri(image_url, `${where}.frames[${index}]`, signal), seconds });
  }
  return { type: 'video', frames };
}

/** @throws PixelwrightError `option-invalid` for a grammar and a schema together. */
function constraint({ grammar, json_schema, response_format: format }: ChatJson): Constraint | undefined {
  const schema =
    format?.type === 'json_schema'
      ? format.json_schema.schema
      : format?.type === 'json_object'
        ? (format.schema ?? json_schema ?? { type: 'object' })
        : json_schema;
  const rules = grammar === '' ? undefined : grammar;
  if (schema !== undefined && rules !== undefined) {
    throw new PixelwrightError('option-invalid', 'The chat request has both a grammar and a JSON schema.', {
      next: 'Leave one of them out.',
    });
  }
  if (rules !== undefined) return { kind: 'grammar', grammar: rules };
  return schema === undefined ? undefined : { kind: 'json-schema', schema };
}

/** Undefined where the client says nothing, so that the engine's own defaults hold. */
function sampling(json: ChatJson): Sampling | undefined {
  const values: Sampling = present({
    temperature: json.temperature,
    topP: json.top_p,
    // -1 and 0 switch it off, by server.
    topK: json.top_k === undefined ? undefined : Math.max(0, json.top_k),
    minP: json.min_p,
    presencePenalty: json.presence_penalty,
    frequencyPenalty: json.frequency_penalty,
    repetitionPenalty: json.repeat_penalty ?? json.repetition_penalty,
    dryMultiplier: json.dry_multiplier,
    // -1 asks llama-server for a random one.
    seed: json.seed === undefined || json.seed < 0 ? undefined : json.seed,
  });
  return Object.keys(values).length === 0 ? undefined : values;
}
