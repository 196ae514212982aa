/** The tool `engine_status`: whether a model is there and loaded, and what to do if not; loads nothing. */
import { z } from 'zod';
import type { HostReport } from '../../shared/index.ts';
import { PixelwrightError, pipelines, type Settings, version } from '../../shared/start.ts';
import { loadCore } from '../load-core.ts';
import type { Services } from '../services.ts';
import { checkArguments } from './arguments.ts';
import type { Tool } from './tool.ts';

const input = z.object({});
const output = z.object({
  ready: z.boolean(),
  engine: z.enum(['native', 'server', 'none']),
  model: z.string().optional(),
  loaded: z.boolean().optional(),
  device: z.string().optional(),
  host: z.object({ memoryBytes: z.number(), running: z.number(), waiting: z.number() }).optional(),
  worksNow: z.array(z.string()),
  next: z.string(),
  version: z.string(),
});
type Status = z.output<typeof output>;

const title = 'What works now';

export const engineStatus: Tool = {
  name: 'engine_status',
  title,
  description:
    'Tells whether a model is installed and loaded, and what to do next. Use when a tool says model-missing or is slow. Do not use for pictures.',
  input,
  output,
  annotations: { title, readOnlyHint: true, openWorldHint: false },
  call: async (given, services, { mcpReq }) => {
    checkArguments('engine_status', input, given);
    const status = await statusOf(services, mcpReq.signal);
    return { structuredContent: status, content: [{ type: 'text', text: status.next }] };
  },
};

const names = (needs: readonly string[]): string[] =>
  pipelines.filter(({ model }) => needs.includes(model)).map(({ task }) => task.name);

async function statusOf({ settings, environment }: Services, signal: AbortSignal): Promise<Status> {
  const everything = names(['needed', 'optional', 'unused']);
  if (usesServer(settings)) {
    const model = settings.modelName === undefined ? {} : { model: settings.modelName };
    const next = `Requests go to the server at ${settings.baseUrl}. Call the tool that you need.`;
    return { ready: true, engine: 'server', ...model, worksNow: everything, next, version };
  }
  const { hostReport, howToGetAModel } = await loadCore();
  const { name, problem } = await installed(settings);
  if (name === undefined) {
    const worksNow = names(['optional', 'unused']);
    const next =
      problem ?? `No model is installed, so only these tools work: ${worksNow.join(', ')}. ${howToGetAModel}`;
    return { ready: false, engine: 'none', worksNow, next, version };
  }
  const host = await hostReport({ signal, environment });
  return { ready: true, engine: 'native', model: name, worksNow: everything, ...hostParts(host), version };
}

const usesServer = ({ engine, baseUrl }: Settings): boolean =>
  engine === 'server' || (engine === 'auto' && baseUrl !== undefined);

/** A model that is named but broken or absent is what the user must know, not a fault of this call. */
async function installed(settings: Settings): Promise<{ name?: string; problem?: string }> {
  const { findModel } = await loadCore();
  try {
    const found = await findModel(settings);
    return found === undefined ? {} : { name: found.name };
  } catch (error) {
    if (!(error instanceof PixelwrightError)) throw error;
    return { problem: [error.message, error.next ?? ''].join(' ').trim() };
  }
}

function hostParts(report: HostReport | undefined): Pick<Status, 'loaded' | 'next'> & Partial<Status> {
  if (report?.status.model === undefined) {
    const next = 'A model is installed. Call the tool that you need: the first call loads the model.';
    return { loaded: false, next };
  }
  const { model, memory, requests } = report.status;
  const { running, waiting } = requests;
  const loaded = model.state === 'ready';
  return {
    loaded,
    ...(model.engine === undefined ? {} : { device: model.engine }),
    host: { memoryBytes: memory.residentBytes, running, waiting },
    next: loaded ? 'The model is in memory. Call the tool that you need.' : 'The model is being loaded.',
  };
}
