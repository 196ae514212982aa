/** Loading and closing: what is told, what is refused, and that nothing is left behind. */
import { copyFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadNativeEngine, type NativeEngineOptions } from '../../../shared/engine/native/native-engine.ts';
import { writeGguf } from '../../models/gguf-writer.ts';
import { tinyModel } from '../../models/index.ts';
import { visionMetadata } from '../../models/metadata.ts';
import { tinyShape, visionTensors } from '../../models/shapes.ts';
import type { ModelPair } from '../../models/tiny.ts';
import { ask, greedy, open, picture, text } from './helpers.ts';

let folder = '';
let pair: ModelPair;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'pixelwright-engine-'));
  pair = await tinyModel();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const never = (): AbortSignal => new AbortController().signal;

async function load(
  options: Partial<NativeEngineOptions>,
  signal = never(),
  onProgress?: (fraction: number) => void,
) {
  return await loadNativeEngine(
    { ...pair, device: 'cpu', threads: 1, contextSize: 512, ...options },
    { signal, ...(onProgress ? { onProgress } : {}) },
  );
}

describe('a loaded engine', () => {
  it('tells what it is', async () => {
    const engine = await load({ contextSize: 700 });
    expect(await engine.describe({ signal: never() })).toEqual({
      name: 'pixelwright on CPU',
      model: expect.stringMatching(/^tiny-.*\.gguf \(qwen3vl /),
      // llama.cpp rounds to whole blocks of cells.
      contextSize: 768,
      capabilities: { grammar: true, jsonSchema: true, vision: true },
    });
    expect(engine.status).toEqual({ running: 0, waiting: 0, usedCells: 0, cells: 768, device: 'CPU' });
    await engine.close();
  });

  it('tells its progress, which never falls and ends at 1', async () => {
    const heard: number[] = [];
    const engine = await load({}, never(), (fraction) => heard.push(fraction));
    await engine.close();
    expect(heard.length).toBeGreaterThan(2);
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
    expect(heard.at(-1)).toBe(1);
  });

  it('without a projector answers texts and refuses pictures and films', async () => {
    const engine = await load({ mmproj: undefined });
    const { capabilities } = await engine.describe({ signal: never() });
    expect(capabilities.vision).toBe(false);
    expect((await ask(engine, greedy([text('Hello')]))).finish.usage?.completionTokens).toBe(24);
    const image = await picture({ width: 64, height: 64, seed: 1 });
    const refusal = {
      code: 'model-missing',
      message: expect.stringContaining('projector'),
      next: expect.stringContaining('--mmproj'),
    };
    await expect(ask(engine, greedy([image, text('What?')]))).rejects.toMatchObject(refusal);
    const film = { type: 'video' as const, frames: [{ image, seconds: 0 }] };
    await expect(ask(engine, greedy([film]))).rejects.toMatchObject(refusal);
    await engine.close();
  });

  it('refuses a grammar that is none, and goes on', async () => {
    const engine = await load({});
    const request = greedy([text('Hello')], { constraint: { kind: 'grammar', grammar: 'root ::= (' } });
    await expect(ask(engine, request)).rejects.toMatchObject({
      code: 'option-invalid',
      message: expect.stringContaining('grammar'),
      next: expect.any(String),
    });
    expect((await ask(engine, greedy([text('Hello')]))).finish.reason).toBe('length');
    await engine.close();
  });
});

describe('closing', () => {
  it('during a stream ends it with an error', async () => {
    const engine = await load({});
    const stream = open(engine, greedy([text('Hello')], { maxTokens: 400, ignoreEnd: true }));
    await stream.until('text-delta');
    const closed = engine.close();
    await expect(stream.rest()).rejects.toMatchObject({
      code: 'cancelled',
      message: 'The engine was closed.',
    });
    await closed;
    expect(engine.status).toMatchObject({ running: 0, waiting: 0 });
  });

  it('twice, and after all was read, is nothing special', async () => {
    const engine = await load({});
    await ask(engine, greedy([text('Hello')]));
    const [first, second] = [engine.close(), engine.close()];
    await first;
    await second;
    await engine.close();
  });

  it('while requests are being prepared waits for their native calls', async () => {
    const engine = await load({});
    const image = await picture({ width: 640, height: 480, seed: 1 });
    const long = 'Some words, tokenised off the main thread. '.repeat(3000);
    const requests = [
      greedy([text(long)]),
      greedy([image, text('What?')]),
      greedy([text('Hello')], { speculation: { texts: [long] } }),
    ];
    const streams = Promise.allSettled(requests.map((request) => ask(engine, request)));
    const tokens = engine.tokenise(long);
    const closed = engine.close();
    for (const outcome of await streams) {
      const code = expect.stringMatching(/^(cancelled|engine-unavailable|input-too-large)$/);
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code } });
    }
    expect((await tokens).length).toBeGreaterThan(1000);
    await closed;
  });

  it('leaves an engine that refuses requests', async () => {
    const engine = await load({});
    const before = open(engine, greedy([text('Hello')]));
    await engine.close();
    const refusal = { code: 'engine-unavailable', message: 'The engine was closed.' };
    await expect(ask(engine, greedy([text('Hello')]))).rejects.toMatchObject(refusal);
    await expect(before.rest()).rejects.toMatchObject(refusal);
    await expect(engine.tokenise('Hello')).rejects.toMatchObject(refusal);
  });

  it('of one engine leaves another alone', async () => {
    const [one, two] = [await load({}), await load({})];
    const answer = ask(two, greedy([text('Hello')], { maxTokens: 100, ignoreEnd: true }));
    await ask(one, greedy([text('Hello')]));
    await one.close();
    expect((await answer).finish.usage?.completionTokens).toBe(100);
    await two.close();
  });
});

describe('loading', () => {
  it.each([0, 0.2, 0.6, 0.75, 0.95, 1])('cancelled at %f frees everything', async (at) => {
    const controller = new AbortController();
    if (at === 0) controller.abort();
    const loading = load({}, controller.signal, (fraction) => {
      if (fraction >= at) controller.abort();
    });
    await expect(loading).rejects.toMatchObject({ code: 'cancelled' });
    const engine = await load({});
    expect((await ask(engine, greedy([text('Hello')]))).finish.reason).toBe('length');
    await engine.close();
  });

  it('asks for files that are there', async () => {
    const absent = path.join(folder, 'absent.gguf');
    for (const name of ['model', 'mmproj'] as const) {
      await expect(load({ [name]: absent })).rejects.toMatchObject({
        code: 'model-missing',
        message: expect.stringContaining(absent),
        next: expect.any(String),
      });
      await expect(load({ [name]: folder })).rejects.toMatchObject({
        code: expect.stringMatching(/^model-/),
        message: expect.stringContaining(folder),
      });
    }
  });

  it.each(['model', 'mmproj'] as const)('refuses a corrupt %s', async (name) => {
    const file = path.join(folder, `corrupt-${name}.gguf`);
    const check = async (): Promise<void> => {
      await expect(load({ [name]: file })).rejects.toMatchObject({
        code: 'model-corrupt',
        message: expect.stringContaining(file),
        next: expect.any(String),
      });
    };
    await writeFile(file, '');
    await check();
    await writeFile(file, 'no model at all');
    await check();
    await copyFile(pair[name], file);
    await truncate(file, 400_000);
    await check();
    // The head alone, its number of tensors changed.
    const bytes = await readFile(pair[name]);
    bytes.writeUInt32LE(0xffffff, 8);
    await writeFile(file, bytes);
    await check();
  });

  it('refuses the files in the wrong order', async () => {
    await expect(load({ model: pair.mmproj })).rejects.toMatchObject({ code: 'model-corrupt' });
    await expect(load({ mmproj: pair.model })).rejects.toMatchObject({ code: 'model-corrupt' });
  });

  it('refuses the projector of a model of another size, with the sizes', async () => {
    const mmproj = path.join(folder, 'wider.gguf');
    const width = 2 * tinyShape.language.width;
    await writeGguf(
      mmproj,
      visionMetadata('Wider', 'f32', tinyShape.vision, width),
      visionTensors(tinyShape.vision, width).map(({ name, shape }) => {
        const bytes = 4 * shape.reduce((product, side) => product * side, 1);
        return { name, shape, type: 'f32', pieces: () => [new Uint8Array(bytes)] };
      }),
    );
    await expect(load({ mmproj })).rejects.toMatchObject({
      code: 'model-corrupt',
      message: expect.stringMatching(/gives 384 numbers for a token, and the model takes 192/),
    });
  });
});
