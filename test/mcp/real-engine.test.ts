/** Every tool on the native engine with a tiny model, whose words are random: what holds whatever it says. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Pipeline, pipelines } from '../../shared/index.ts';
import { card } from '../cli/samples.ts';
import { until } from '../host/helpers.ts';
import { place, stdioClient, textOf, tinyFlags } from './client.ts';

/** What is needed beside the picture; a task that is not here needs nothing more. */
const needed: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  ask_image: { question: 'What colour is it?', moreImages: ['b.png'] },
  extract_data: {
    schema: { type: 'object', properties: { title: { type: 'string' } }, required: ['title'] },
  },
  locate: { target: 'Hello', method: 'model' },
  extract_text: { method: 'model' },
};

/** The first argument is the picture; short answers, because random words have no end. */
function givenTo({ task }: Pipeline): Record<string, unknown> {
  const fields = Object.keys(task.input.shape);
  const pictures = { image: 'a.png', expected: 'a.png', actual: 'b.png' };
  const all = { ...pictures, maxTokens: 24, ...needed[task.name] };
  return Object.fromEntries(Object.entries(all).filter(([name]) => fields.includes(name)));
}

const pictures = async () => ({ 'a.png': await card(), 'b.png': await card('Other page') });
const pictureSchema = z.object({ width: z.literal(360), height: z.literal(160), format: z.literal('png') });

it('every tool gives what its schema says, or says why the model gave nothing', {
  timeout: 180_000,
}, async () => {
  const client = await stdioClient(await place(await pictures()), await tinyFlags());
  await client.listTools();
  for (const pipeline of pipelines) {
    const { name, output } = pipeline.task;
    const answer = await client.callTool({ name, arguments: givenTo(pipeline) }, { timeout: 120_000 });
    if (answer.isError === true) {
      // Random words are no page and no data; anything else would be a fault.
      expect(textOf(answer), name).toMatch(/^(output-invalid|truncated|repetition): /);
      continue;
    }
    const parsed = output.parse(answer.structuredContent);
    expect(answer.structuredContent, name).toEqual(parsed);
    expect(textOf(answer), name).not.toBe('');
    const { picture = parsed['expected'], report } = parsed;
    const facts = picture ?? z.object({ picture: z.unknown() }).parse(report).picture;
    expect(pictureSchema.safeParse(facts).success, name).toBe(true);
  }
});

describe('one engine', () => {
  it('is shared by two servers, and its state is told', { timeout: 180_000 }, async () => {
    const home = await place(await pictures());
    const flags = await tinyFlags();
    const clients = [await stdioClient(home, flags), await stdioClient(home, flags, '2025-11-25')];
    const call = { name: 'describe_image', arguments: { image: 'a.png', maxTokens: 16, seed: 3 } };
    const answers = await Promise.all(clients.map(async (client) => await client.callTool(call)));
    const texts = answers.map(({ structuredContent }) => structuredContent?.['text' as never]);
    expect(texts[0]).toBe(texts[1]);
    for (const client of clients) {
      const { structuredContent } = await client.callTool({ name: 'engine_status', arguments: {} });
      expect(structuredContent).toMatchObject({
        ready: true,
        engine: 'native',
        loaded: true,
        device: expect.stringContaining('CPU'),
        host: { memoryBytes: expect.any(Number), running: 0 },
      });
    }
  });

  it('stops writing when the client cancels', { timeout: 180_000 }, async () => {
    const client = await stdioClient(await place(await pictures()), await tinyFlags());
    const running = async (): Promise<unknown> => {
      const { structuredContent } = await client.callTool({ name: 'engine_status', arguments: {} });
      const { host } = z
        .object({ host: z.object({ running: z.number() }).optional() })
        .parse(structuredContent);
      return host?.running ?? 0;
    };
    const abort = new AbortController();
    const endless = { image: 'a.png', maxTokens: 3000 };
    const call = client.callTool(
      { name: 'describe_image', arguments: endless },
      {
        signal: abort.signal,
        timeout: 120_000,
      },
    );
    const ended = expect(call).rejects.toThrow();
    await until(async () => (await running()) === 1);
    abort.abort();
    await ended;
    await until(async () => (await running()) === 0);
  });
});
