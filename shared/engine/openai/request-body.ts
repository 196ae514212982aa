/** The JSON body of a chat request, in the dialect of the server. */
import type { EngineRequest, ImagePart, PromptMessage, PromptPart, Sampling } from '../engine.ts';
import { constraintFields, type Dialect, samplingFields } from './dialects.ts';

export interface BodyTarget {
  readonly dialect: Dialect;
  readonly version?: string | undefined;
  readonly model: string;
  /** Fields for our own host alone. */
  readonly extension?: Readonly<Record<string, unknown>>;
}

/** @throws PixelwrightError `option-invalid` if the server cannot hold the model to the wanted form. */
export function requestBody(request: EngineRequest, target: BodyTarget): Record<string, unknown> {
  const { messages, constraint, sampling, maxTokens, stop, speculation } = request;
  const ours = target.dialect === 'pixelwright';
  return {
    model: target.model,
    messages: messages.map(({ role, parts }) => message(role, parts, ours)),
    stream: true,
    stream_options: { include_usage: true },
    ...(target.dialect === 'llama-server' ? { return_progress: true } : {}),
    ...(ours ? { pixelwright: { ...target.extension, ...(speculation && { speculation }) } } : {}),
    ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
    ...(stop === undefined || stop.length === 0 ? {} : { stop: [...stop] }),
    ...(sampling === undefined ? {} : samplingBody(sampling, target.dialect)),
    ...(constraint === undefined ? {} : constraintFields(constraint, target.dialect, target.version)),
  };
}

/** Names of the sampling values that the server has no field for. */
export function droppedSampling(sampling: Sampling | undefined, dialect: Dialect): string[] {
  return Object.keys(sampling ?? {}).filter((name) => !(name in samplingFields[dialect]));
}

function samplingBody(sampling: Sampling, dialect: Dialect): Record<string, number> {
  const fields: Readonly<Record<string, string>> = samplingFields[dialect];
  const entries = Object.entries(sampling).flatMap(([name, value]: [string, number | undefined]) => {
    const field = fields[name];
    return field === undefined || value === undefined ? [] : [[field, value] as const];
  });
  return Object.fromEntries(entries);
}

function message(
  role: PromptMessage['role'],
  parts: readonly PromptPart[],
  ours: boolean,
): Record<string, unknown> {
  const [only] = parts;
  // Some chat templates take a list from users alone.
  if (parts.length === 1 && only?.type === 'text') return { role, content: only.text };
  return { role, content: parts.flatMap((value) => part(value, ours)) };
}

function part(value: PromptPart, ours: boolean): Record<string, unknown>[] {
  if (value.type === 'text') return [{ type: 'text', text: value.text }];
  if (value.type === 'image') return [picture(value)];
  if (ours) {
    const frames = value.frames.map(({ image, seconds }) => ({ ...picture(image), seconds }));
    return [{ type: 'pixelwright_video', frames }];
  }
  // No other server's protocol knows films; the model is trained on frames with their times written before them.
  return value.frames.flatMap(({ image, seconds }) => [
    { type: 'text', text: `<${seconds.toFixed(1)} seconds>` },
    picture(image),
  ]);
}

function picture({ bytes, mediaType }: ImagePart): Record<string, unknown> {
  const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return { type: 'image_url', image_url: { url: `data:${mediaType};base64,${base64}` } };
}
