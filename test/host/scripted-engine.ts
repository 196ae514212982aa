/** An engine that does what the prompt says, so that hosts can be tested without a model. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine, EnginePart, EngineRequest, StreamOptions } from '../../shared/engine/engine.ts';
import { modelName, type WantedModel } from '../../shared/engine/host/wanted-model.ts';
import { PixelwrightError, throwIfCancelled } from '../../shared/errors.ts';

/** Loads in two steps. A model whose file is called `bad…` fails, one called `slow…` never gets ready. */
export async function loadScripted(
  wanted: WantedModel,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (fraction?: number) => void },
): Promise<Engine> {
  onProgress(0.5);
  await sleep(1);
  const name = modelName(wanted);
  if (name.startsWith('slow')) {
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  }
  throwIfCancelled(signal);
  if (name.startsWith('bad')) {
    throw new PixelwrightError('model-corrupt', `The model ${name} has no tensors.`, {
      next: 'Get it again.',
      details: { tensors: 0, name },
    });
  }
  onProgress(1);
  return new ScriptedEngine(name);
}

class ScriptedEngine implements Engine {
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  async describe() {
    return {
      name: 'scripted on CPU',
      model: this.#name,
      contextSize: 4096,
      capabilities: { grammar: true, jsonSchema: true, vision: true },
    };
  }

  async close(): Promise<void> {}

  async *stream(request: EngineRequest, { signal }: StreamOptions): AsyncGenerator<EnginePart> {
    const [verb = '', ...rest] = lastText(request).split(' ');
    throwIfCancelled(signal);
    yield { type: 'stage-progress', stage: 'encoding', fraction: 0.5 };
    yield { type: 'prefill-progress', processed: 7, total: 9 };
    if (verb === 'fail') throw failure;
    if (verb === 'mute') await sleep(60_000, undefined, { signal }).catch(() => throwIfCancelled(signal));
    if (verb === 'reflect') yield { type: 'text-delta', text: JSON.stringify(request, plainBytes) };
    for (let count = 0; verb === 'count'; count += 1) {
      yield { type: 'text-delta', text: `${count} ` };
      await sleep(5, undefined, { signal }).catch(() => throwIfCancelled(signal));
    }
    if (verb === 'abort') {
      yield { type: 'text-delta', text: 'last words' };
      await sleep(20);
      process.abort();
    }
    if (verb === 'loop') {
      yield { type: 'text-delta', text: 'once once once' };
      yield {
        type: 'finish',
        reason: 'repetition',
        repetition: { kind: 'exact', keep: 4, period: 5 },
        timings: { totalMs: 1 },
      };
      return;
    }
    for (const word of verb === 'say' ? rest : []) yield { type: 'text-delta', text: `${word} ` };
    yield {
      type: 'finish',
      reason: 'stop',
      usage: {
        promptTokens: 9,
        completionTokens: rest.length,
        imageTokens: 3,
        cached: { promptTokens: 7, images: 1 },
        draft: { proposed: 5, accepted: 4 },
      },
      timings: { firstTextMs: 1, totalMs: 2, prefillMs: 0.5, decodeMs: 0.25 },
    };
  }
}

export const failure = new PixelwrightError('input-too-large', 'The prompt of 9 tokens does not fit 8.', {
  next: 'Use a smaller picture.',
  details: { promptTokens: 9, contextSize: 8 },
});

function lastText({ messages }: EngineRequest): string {
  const texts = messages
    .flatMap(({ parts }) => parts)
    .flatMap((part) => (part.type === 'text' ? [part.text] : []));
  return texts.at(-1) ?? '';
}

/** For `JSON.stringify`: bytes by length and digest. */
export function plainBytes(_: string, value: unknown): unknown {
  if (!(value instanceof Uint8Array)) return value;
  return `${value.length} ${createHash('sha256').update(value).digest('hex').slice(0, 16)}`;
}
