/** The engine that the settings ask for, and what to tell a user who has none. */
import { builtTargets, type Settings, type Target } from '../config.ts';
import type { Engine } from '../engine/engine.ts';
import { createOpenAiEngine } from '../engine/openai/openai-engine.ts';
import { PixelwrightError } from '../errors.ts';
import { type Log, silentLog } from '../log.ts';

/** How to get a model in this version; every host says it in these words. */
export const howToGetAModel =
  'Start an OpenAI-compatible server with a vision model (llama-server, Ollama, LM Studio, vLLM) and give its address with --base-url URL or PIXELWRIGHT_BASE_URL; a model that runs inside pixelwright is still to come.';

/** An engine for `baseUrl`, or none. The caller closes it. */
export function engineFromSettings(settings: Settings, log: Log = silentLog): Engine | undefined {
  if (settings.baseUrl === undefined) return undefined;
  return createOpenAiEngine({
    baseUrl: settings.baseUrl,
    log,
    ...(settings.apiKey === undefined ? {} : { apiKey: settings.apiKey }),
    ...(settings.modelName === undefined ? {} : { model: settings.modelName }),
  });
}

/** One line for a user whose `auto` falls back to measuring; nothing where that is what they asked for. */
export function noModelNote(settings: Settings): string | undefined {
  if (settings.baseUrl !== undefined || settings.strategy !== 'auto') return undefined;
  return `No model is installed: the page is measured from the pixels. ${howToGetAModel}`;
}

/** @throws PixelwrightError `model-missing`. */
export function requireEngine(engine: Engine | undefined, purpose: string): Engine {
  if (engine !== undefined) return engine;
  throw new PixelwrightError('model-missing', `${purpose} needs a model, and none is configured.`, {
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
