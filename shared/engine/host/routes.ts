/** What the host answers at each of its addresses. */
import { PixelwrightError } from '../../errors.ts';
import { version } from '../../version.ts';
import { pixelwrightOwner } from '../openai/pixelwright.ts';
import type { Handler } from './host-server.ts';
import type { ModelSlot } from './model-slot.ts';
import { type Health, type HostStatus, hostProtocol } from './protocol.ts';
import type { Requests } from './requests.ts';
import { sendJson } from './send.ts';
import { modelName, type WantedModel } from './wanted-model.ts';

export interface RoutesOptions {
  readonly slot: ModelSlot;
  readonly requests: Requests;
  /** @throws PixelwrightError `model-missing`. */
  readonly defaultModel: () => Promise<WantedModel>;
  /** Known once the port is. */
  readonly baseUrl: () => string;
  readonly startedAt: Date;
  readonly foreground: boolean;
  /** Somebody was here. */
  readonly touch: () => void;
  readonly stop: () => void;
}

export function routes(options: RoutesOptions): Readonly<Record<string, Handler>> {
  const { requests, touch, stop } = options;
  return {
    'GET /health': (_, response, proof) => {
      touch();
      const health: Health = {
        status: 'ok',
        pid: process.pid,
        version,
        protocol: hostProtocol,
        ...(proof === undefined ? {} : { proof }),
      };
      sendJson(response, 200, health);
    },
    'GET /status': async (_, response) => sendJson(response, 200, await status(options)),
    'GET /v1/models': async (_, response) => sendJson(response, 200, await models(options)),
    'POST /v1/chat/completions': requests.chat,
    'POST /describe': requests.describe,
    'POST /stop': (_, response) => {
      sendJson(response, 200, { stopping: true, pid: process.pid });
      response.once('close', stop);
    },
  };
}

async function status({
  slot,
  requests,
  baseUrl,
  startedAt,
  foreground,
}: RoutesOptions): Promise<HostStatus> {
  const { idleMs } = requests;
  const model = await loadedModel(slot);
  return {
    pid: process.pid,
    version,
    protocol: hostProtocol,
    baseUrl: baseUrl(),
    foreground,
    startedAt: startedAt.toISOString(),
    uptimeSeconds: Math.round(process.uptime()),
    ...(idleMs === undefined ? {} : { idleSeconds: Math.round(idleMs / 1000) }),
    ...(model === undefined ? {} : { model }),
    requests: { running: requests.running, waiting: slot.waiting, served: requests.served },
    memory: { residentBytes: process.memoryUsage.rss() },
    idleMinutes: slot.idleMs / 60_000,
  };
}

async function loadedModel(slot: ModelSlot): Promise<HostStatus['model']> {
  const { current } = slot;
  if (current === undefined) return undefined;
  const { wanted } = current;
  const base = { ...wanted, name: modelName(wanted) };
  if (!current.isReady) return { ...base, state: 'loading' };
  const { signal } = new AbortController();
  const engine = await current.ready(signal, () => {});
  const { name, contextSize } = await engine.describe({ signal });
  return { ...base, state: 'ready', engine: name, ...(contextSize === undefined ? {} : { contextSize }) };
}

/** The model in memory, else the one that would be loaded; none is an empty list and no error. */
async function models({ slot, defaultModel }: RoutesOptions): Promise<object> {
  const loaded = await loadedModel(slot);
  const wanted = slot.current?.wanted ?? (await unlessMissing(defaultModel()));
  if (wanted === undefined) return { object: 'list', data: [] };
  const model = {
    id: modelName(wanted),
    object: 'model',
    created: 0,
    owned_by: pixelwrightOwner,
    ...(loaded?.contextSize === undefined ? {} : { max_model_len: loaded.contextSize }),
    pixelwright: { vision: wanted.mmproj !== undefined, loaded: loaded?.state === 'ready' },
  };
  return { object: 'list', data: [model] };
}

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof PixelwrightError && error.code === 'model-missing') return undefined;
    throw error;
  }
}
