/** Finds out which server answers, which models it has, and what it tells about them. */
import { type ZodType, z } from 'zod';
import { PixelwrightError } from '../../errors.ts';
import { answerError } from './answer-error.ts';
import type { ServerAddress } from './base-url.ts';
import type { Dialect } from './dialects.ts';
import type { Http } from './http.ts';
import { pixelwrightOwner } from './pixelwright.ts';

export interface ServedModel {
  readonly id: string;
  readonly contextSize?: number | undefined;
  readonly vision?: boolean | undefined;
  /** In memory; undefined where the server does not tell. */
  readonly loaded?: boolean | undefined;
}

export interface ServerFacts {
  readonly dialect: Dialect;
  readonly version?: string | undefined;
  readonly models: readonly ServedModel[];
}

const propsSchema = z.looseObject({
  default_generation_settings: z.looseObject({ n_ctx: z.number().optional() }),
  modalities: z.looseObject({ vision: z.boolean().optional() }).optional(),
  build_info: z.string().optional(),
});
const versionSchema = z.looseObject({ version: z.string() });
const listSchema = z.looseObject({
  data: z.array(
    z.looseObject({
      id: z.string(),
      owned_by: z.string().nullish(),
      max_model_len: z.number().nullish(),
      /** Our own host. */
      pixelwright: z
        .object({ vision: z.boolean().optional(), loaded: z.boolean().optional() })
        .optional()
        .catch(undefined),
    }),
  ),
});
const lmStudioSchema = z.looseObject({
  data: z.array(
    z.looseObject({
      id: z.string(),
      type: z.string(),
      state: z.string(),
      max_context_length: z.number().optional(),
      loaded_context_length: z.number().optional(),
    }),
  ),
});
const runningSchema = z.looseObject({
  models: z.array(z.looseObject({ name: z.string(), context_length: z.number().optional() })),
});

/** One look at one address of the server. */
interface Probe<T> {
  readonly status: number;
  /** The body, where it has the expected form. */
  readonly value: T | undefined;
  readonly fault: PixelwrightError;
}

/**
 * Asks the cheap addresses that only one kind of server has, all at once.
 * @param wanted the dialect, or `auto`.
 * @throws PixelwrightError `engine-unavailable`, `not-allowed`, `network`.
 */
export async function discover(
  http: Http,
  address: ServerAddress,
  wanted: Dialect | 'auto',
  signal: AbortSignal,
): Promise<ServerFacts> {
  const look = <T>(url: string, schema: ZodType<T>) => probe(http, address, url, schema, signal);
  const only = <T>(dialect: Dialect, url: string, schema: ZodType<T>) =>
    wanted === 'auto' || wanted === dialect ? look(address.root + url, schema) : undefined;
  const [list, props, lmStudio, ollama, vllm] = await Promise.all([
    look(`${address.api}/models`, listSchema),
    only('llama-server', '/props', propsSchema),
    only('lmstudio', '/api/v0/models', lmStudioSchema),
    only('ollama', '/api/version', versionSchema),
    only('vllm', '/version', versionSchema),
  ]);
  const listed = list.value?.data ?? [];

  if ((wanted === 'auto' || wanted === 'pixelwright') && listed[0]?.owned_by === pixelwrightOwner) {
    const models = listed.map(({ id, max_model_len: length, pixelwright }) => ({
      id,
      contextSize: length ?? undefined,
      vision: pixelwright?.vision,
      loaded: pixelwright?.loaded,
    }));
    return { dialect: 'pixelwright', models };
  }
  if (props?.value) {
    const { default_generation_settings: settings, modalities, build_info } = props.value;
    const models = listed.map(({ id }) => ({
      id,
      contextSize: settings.n_ctx,
      vision: modalities?.vision,
      loaded: true,
    }));
    return { dialect: 'llama-server', version: build_info, models };
  }
  if (lmStudio?.value) return { dialect: 'lmstudio', models: lmStudio.value.data.flatMap(lmStudioModel) };
  if (ollama?.value) {
    const running = await look(`${address.root}/api/ps`, runningSchema);
    const models = listed.map(({ id }) => {
      const found = running.value?.models.find(({ name }) => name === id);
      return { id, contextSize: found?.context_length, loaded: found !== undefined };
    });
    return { dialect: 'ollama', version: ollama.value.version, models };
  }
  // A wrong key is told now. Other servers may refuse an address that they do not know, so `/props`
  // counts only where llama-server is known to answer.
  const ownProps = wanted === 'llama-server' || listed.some((model) => model.owned_by === 'llamacpp');
  const refused = (found: Probe<unknown> | undefined) => found?.status === 401 || found?.status === 403;
  if (props && (props.status === 503 || (ownProps && refused(props)))) throw props.fault;
  if (!list.value && list.status !== 404) throw list.fault;

  const models = listed.map(({ id, max_model_len: length }) => ({
    id,
    contextSize: length ?? undefined,
    loaded: true,
  }));
  if (vllm?.value) return { dialect: 'vllm', version: vllm.value.version, models };
  if (!list.value && wanted === 'auto') throw list.fault;
  return { dialect: wanted === 'auto' ? 'openai' : wanted, models };
}

function lmStudioModel(model: z.infer<typeof lmStudioSchema>['data'][number]): ServedModel[] {
  if (model.type === 'embeddings') return [];
  const contextSize = model.loaded_context_length ?? model.max_context_length;
  return [{ id: model.id, contextSize, vision: model.type === 'vlm', loaded: model.state === 'loaded' }];
}

async function probe<T>(
  http: Http,
  address: ServerAddress,
  url: string,
  schema: ZodType<T>,
  signal: AbortSignal,
): Promise<Probe<T>> {
  const answer = await http.get(url, signal);
  const value = answer.status === 200 ? schema.safeParse(parseJson(answer.body)).data : undefined;
  return { status: answer.status, value, fault: answerError(address, answer, '') };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    // Not JSON is an answer too: this is another kind of server.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * The model to ask for: the wanted one, else the one in memory, else the only one.
 * @throws PixelwrightError `model-missing` if none is there or the choice is the user's.
 */
export function chooseModel(facts: ServerFacts, wanted: string | undefined, label: string): ServedModel {
  if (wanted !== undefined) {
    const same = facts.models.find(({ id }) => id === wanted || id === `${wanted}:latest`);
    return same ?? { id: wanted };
  }
  const loaded = facts.models.filter((model) => model.loaded);
  const [candidate, ...others] = loaded.length > 0 ? loaded : facts.models;
  if (candidate === undefined) {
    throw new PixelwrightError('model-missing', `The model server at ${label} lists no model.`, {
      next: 'Load a vision model there (ollama pull, lms load), or name one with --model-name.',
    });
  }
  const seeing = [candidate, ...others].filter((model) => model.vision);
  const [onlySeeing] = seeing;
  if (seeing.length === 1 && onlySeeing) return onlySeeing;
  if (others.length === 0) return candidate;
  const names = [candidate, ...others].map(({ id }) => id).join(', ');
  throw new PixelwrightError('model-missing', `The model server at ${label} has several models: ${names}.`, {
    next: 'Name the one to use with --model-name.',
  });
}
