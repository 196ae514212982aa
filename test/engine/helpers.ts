/** Short forms for tests of engines. */
import { onTestFinished } from 'vitest';
import type { Engine, EnginePart, EngineRequest } from '../../shared/engine/engine.ts';
import { createOpenAiEngine, type OpenAiEngineOptions } from '../../shared/engine/openai/openai-engine.ts';
import { PixelwrightError } from '../../shared/errors.ts';

export const ask: EngineRequest = {
  messages: [{ role: 'user', parts: [{ type: 'text', text: 'Say hello.' }] }],
};

export const never = new AbortController().signal;

/** An engine that retries without waiting, closed at the end of the test. */
export function engineAt(baseUrl: string, options: Partial<OpenAiEngineOptions> = {}): Engine {
  const engine = createOpenAiEngine({ baseUrl, retryDelaysMs: [0, 0], ...options });
  onTestFinished(() => engine.close());
  return engine;
}

export async function readAll(parts: AsyncIterable<EnginePart>): Promise<EnginePart[]> {
  const all: EnginePart[] = [];
  for await (const part of parts) all.push(part);
  return all;
}

export function textOf(parts: readonly EnginePart[]): string {
  return parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('');
}

/** The error that work fails with. @throws Error if it succeeds or fails with another class. */
export async function failure(work: Promise<unknown>): Promise<PixelwrightError> {
  const outcome = await work.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in outcome && outcome.error instanceof PixelwrightError) return outcome.error;
  throw new Error('Expected a PixelwrightError.', { cause: outcome });
}
