/** The engine that the settings ask for, and what to tell a user who has none. */
import { builtTargets, type Settings, type Target } from '../config.ts';
import type { Engine } from '../engine/engine.ts';
import { createOpenAiEngine } from '../engine/openai/openai-engine.ts';
import { PixelwrightError } from '../errors.ts';
import { type Log, silentLog } from '../log.ts';

/** How to get a model; every host says it in these words. */
export const howToGetAModel =
  'Run "pixelwright models pull" once, or give the address of an OpenAI-compatible server with a vision model (llama-server, Ollama, LM Studio, vLLM) with --base-url URL or PIXELWRIGHT_BASE_URL.';

/**
 * The engine that the settings ask for: a server, or the engine host of this machine with the model that is
 * installed. Nothing is started or loaded before the first request. The caller closes it.
 * @returns undefined where `auto` finds neither.
 * @throws PixelwrightError `option-invalid`, `model-missing`, `model-corrupt` for a model that was named.
 */
export async function openEngine(settings: Settings, log: Log = silentLog): Promise<Engine | undefined> {
  const { engine, baseUrl } = settings;
  if (engine === 'server' || (engine === 'auto' && baseUrl !== undefined)) return serverEngine(settings, log);
  const { createHostEngine, findModel, wantedModel } = await import('./native.ts');
  const found = await findModel(settings);
  if (found === undefined) {
    if (engine === 'native') throw noModel('The native engine');
    return undefined;
  }
  log.debug(`Model: ${found.name} (${found.model})`);
  return createHostEngine({
    model: wantedModel(found, settings),
    idleMinutes: settings.engineIdleMinutes,
    log,
  });
}

/** The client of the server at the base URL. @throws PixelwrightError `option-invalid` without one. */
export function serverEngine(settings: Settings, log: Log): Engine {
  const { baseUrl, apiKey, modelName } = settings;
  if (baseUrl === undefined) {
    throw new PixelwrightError(
      'option-invalid',
      'The engine "server" needs the address of one, and none is set.',
      {
        next: 'Give it with --base-url URL or PIXELWRIGHT_BASE_URL.',
        details: { setting: 'baseUrl' },
      },
    );
  }
  return createOpenAiEngine({
    baseUrl,
    log,
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(modelName === undefined ? {} : { model: modelName }),
  });
}

/** One line for a user whose `auto` falls back to measuring; nothing where that is what they asked for. */
export function noModelNote(settings: Settings, engine: Engine | undefined): string | undefined {
  if (engine !== undefined || settings.strategy !== 'auto') return undefined;
  return `No model is installed: the page is measured from the pixels. ${howToGetAModel}`;
}

/** @throws PixelwrightError `model-missing`. */
export function requireEngine(engine: Engine | undefined, purpose: string): Engine {
  if (engine !== undefined) return engine;
  throw noModel(purpose);
}

function noModel(purpose: string): PixelwrightError {
  return new PixelwrightError('model-missing', `${purpose} needs a model, and none is installed.`, {
    next: howToGetAModel,
  });
}

/** @throws PixelwrightError `option-invalid` for a target that this version cannot make yet. */
export function requireBuilt(target: Target): void {
  if (builtTargets.includes(target)) return;
  throw new PixelwrightError(
    'option-invalid',
    `The target ${target} is not built yet; this version makes ${builtTargets.join(', ')}.`,
    {
      next: `Use --to ${builtTargets[0]}, or leave --to out.`,
      details: { target, built: builtTargets },
    },
  );
}
