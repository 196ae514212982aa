/** Pictures and engines for the tests of the pipelines. */
import sharp from 'sharp';
import { onTestFinished } from 'vitest';
import {
  createContext,
  type Engine,
  mergeSettings,
  openEngine,
  type PictureSource,
  type ProgressEvent,
  type RunContext,
} from '../../shared/index.ts';
import {
  delta,
  event,
  finish,
  type RecordedRequest,
  type ScriptedServer,
  serveChat,
  stream,
} from '../engine/scripted-server.ts';

/** A PNG of what an SVG draws, in a font that is installed. */
export async function drawn(width: number, height: number, inside: string): Promise<PictureSource> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="DejaVu Sans"><rect width="${width}" height="${height}" fill="#fff"/>${inside}</svg>`;
  return { kind: 'bytes', name: 'drawn.png', bytes: await sharp(Buffer.from(svg)).png().toBuffer() };
}

export const text = (words: string, x: number, y: number, size = 16, fill = '#111'): string =>
  `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}">${words}</text>`;

export const box = (x: number, y: number, width: number, height: number, fill: string): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"/>`;

export interface Scripted {
  readonly engine: Engine;
  readonly server: ScriptedServer;
}

/** An engine whose model writes what the script says. @param reason why it ends: `length` is its limit. */
export async function scripted(
  answer: string | ((request: RecordedRequest) => string | Promise<string>),
  reason = 'stop',
): Promise<Scripted> {
  const server = await serveChat(async (response, request) => {
    const words = typeof answer === 'string' ? answer : await answer(request);
    const usage = { choices: [], usage: { prompt_tokens: 1100, completion_tokens: 20 } };
    await stream([delta(words), finish(reason), event(usage), event('[DONE]')])(response, request);
  });
  return { server, engine: await engineAt(server) };
}

export async function engineAt(server: ScriptedServer): Promise<Engine> {
  const engine = await openEngine(mergeSettings({ baseUrl: server.url }));
  if (engine === undefined) throw new Error('A base URL gives an engine.');
  onTestFinished(() => engine.close());
  return engine;
}

export interface Watched extends RunContext {
  readonly events: readonly ProgressEvent[];
  cancel(): void;
}

export function watched(): Watched {
  const controller = new AbortController();
  const events: ProgressEvent[] = [];
  const context = createContext(controller.signal, { progress: (event) => events.push(event) });
  return { ...context, events, cancel: () => controller.abort() };
}
