/** The process that `ours.ts` starts: loads the native engine with the settings of its argument, then does jobs. */
import process from 'node:process';
import { z } from 'zod';
import { loadNativeEngine, type NativeEngine } from '../../shared/engine/native/native-engine.ts';
import { userTurn } from '../../shared/tasks/prompt.ts';
import { pngOf } from '../../test/native/parity/pictures.ts';
import type { Outcome } from './contestant.ts';

const settingsSchema = z.object({
  model: z.string(),
  projector: z.string(),
  threads: z.number(),
  contextSize: z.number(),
  parallel: z.number(),
});

const jobSchema = z.object({
  pictures: z.array(z.object({ width: z.number(), height: z.number(), seed: z.number() })),
  text: z.string(),
  maxTokens: z.number(),
  answer: z.string(),
  hints: z.array(z.string()).optional(),
});

type Job = z.infer<typeof jobSchema>;

async function outcomeOf(engine: NativeEngine, job: Job, signal: AbortSignal): Promise<Outcome> {
  const forcedTokens = [...(await engine.tokenise(job.answer))].slice(0, job.maxTokens);
  const pictures = await Promise.all(job.pictures.map(pngOf));
  const images = pictures.map((bytes) => ({ type: 'image', bytes, mediaType: 'image/png' }) as const);
  const start = performance.now();
  let [encodeFrom, encodeTo, firstTokenMs]: (number | undefined)[] = [];
  let before = 0;
  const parts = engine.stream(
    {
      messages: [userTurn(images, job.text)],
      maxTokens: forcedTokens.length,
      sampling: { temperature: 0 },
      forcedTokens,
      ignoreEnd: true,
      unguarded: true,
      ...(job.hints === undefined ? {} : { speculation: { texts: job.hints } }),
    },
    { signal },
  );
  for await (const part of parts) {
    const now = performance.now() - start;
    if (part.type === 'stage-progress' && part.stage === 'encoding') {
      // A part tells of a step that is done: it began when the part before was told.
      encodeFrom ??= before;
      encodeTo = now;
    }
    before = now;
    if (part.type === 'text-delta') firstTokenMs ??= now;
    if (part.type !== 'finish') continue;
    const { usage } = part;
    if (usage === undefined || firstTokenMs === undefined)
      throw new Error('The engine told no usage or no text.');
    return {
      promptTokens: usage.promptTokens,
      cachedPromptTokens: usage.cached?.promptTokens ?? 0,
      completionTokens: usage.completionTokens,
      firstTokenMs,
      lastTokenMs: now,
      ...(encodeFrom === undefined || encodeTo === undefined ? {} : { encodeMs: encodeTo - encodeFrom }),
      ...(usage.draft === undefined ? {} : { draft: usage.draft }),
    };
  }
  throw new Error('The stream ended without its last part.');
}

const send = (message: unknown): void => {
  process.send?.(message);
};

const settings = settingsSchema.parse(JSON.parse(process.argv[2] ?? ''));
const ended = new AbortController();
const { projector, ...options } = settings;
const engine = await loadNativeEngine(
  { ...options, mmproj: projector, device: 'cpu' },
  { signal: ended.signal },
);
process.once('disconnect', () => {
  ended.abort();
  void engine.close();
});
process.on('message', (message) => {
  const { id, job } = z.object({ id: z.number(), job: jobSchema }).parse(message);
  outcomeOf(engine, job, ended.signal).then(
    (outcome) => send({ id, outcome }),
    (error: unknown) =>
      send({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
send({ ready: true });
