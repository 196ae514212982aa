/**
 * A process of its own for the leak test: rounds of requests, eight at a time, most of them given up at random
 * moments. Writes a line of JSON after each round, closes the engine, and has then to end by itself.
 */

import type { NativeEngine, NativeRequest } from '../../../shared/engine/native/native-engine.ts';
import { PixelwrightError } from '../../../shared/errors.ts';
import { type Random, randomFor } from '../../models/random.ts';
import { greedy, openEngine, picture, text } from './helpers.ts';

export interface Round {
  readonly finished: number;
  readonly cancelled: number;
  readonly left: number;
  readonly running: number;
  readonly waiting: number;
  /** Megabytes. */
  readonly resident: number;
}

const [rounds = 2, perRound = 100] = process.argv.slice(2).map(Number);
const atOnce = 8;
const random = randomFor('leaks');
const below = (limit: number): number => random() % limit;

/** All that a request can hold: pictures, grammars, guesses, penalties, long prompts. */
async function request(number: number): Promise<NativeRequest> {
  const kind = below(6);
  const more: Partial<NativeRequest> = { maxTokens: 5 + below(60), unguarded: below(2) === 0 };
  const question = text(`Question ${number} ${below(10)}`);
  if (kind === 0) return greedy([text(`${'Words of a long text. '.repeat(60 + below(60))}${number}`)], more);
  if (kind === 1) {
    const grammar = 'root ::= [a-z]+ ("," [a-z]+)*';
    return greedy([question], {
      ...more,
      sampling: { temperature: 1.2 },
      constraint: { kind: 'grammar', grammar },
    });
  }
  if (kind === 2)
    return greedy([question], { ...more, speculation: { texts: ['<div class="card"></div>'] } });
  if (kind === 3)
    return greedy([question], { ...more, sampling: { presencePenalty: 1, dryMultiplier: 0.8 } });
  // Every fourth picture is new.
  const seed = below(4) === 0 ? 100 + number : below(3);
  const image = await picture({ width: 96 + 64 * below(4), height: 160, seed });
  if (kind === 4) return greedy([image, question], more);
  const frames = [0, 1].map((seconds) => ({ image, seconds }));
  return greedy([{ type: 'video', frames }, question], more);
}

/** How a request ended: by itself, by its signal, or because its reader left. */
async function run(engine: NativeEngine, number: number): Promise<'finished' | 'cancelled' | 'left'> {
  const asked = await request(number);
  const way = (['finish', 'abort', 'abort', 'leave'] as const)[below(4)];
  const parts = below(25);
  const controller = new AbortController();
  // Between two parts as well as after one: some moments of the event loop later.
  if (way === 'abort') void laterBy(below(40), random).then(() => controller.abort());
  let seen = 0;
  try {
    for await (const part of engine.stream(asked, { signal: controller.signal })) {
      if (part.type === 'finish') return 'finished';
      if (way === 'leave' && seen++ >= parts) return 'left';
    }
  } catch (error) {
    if (error instanceof PixelwrightError && error.code === 'cancelled') return 'cancelled';
    throw error;
  }
  throw new Error(`request ${number} ended without a finish part`);
}

async function laterBy(turns: number, draw: Random): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
  if (draw() % 2 === 0) await Promise.resolve();
}

async function round(engine: NativeEngine, first: number): Promise<Round> {
  const counts = { finished: 0, cancelled: 0, left: 0 };
  let next = first;
  const worker = async (): Promise<void> => {
    while (next < first + perRound) counts[await run(engine, next++)]++;
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const { running, waiting } = engine.status;
  // Twice, with a turn between: memory outside V8's heap is given back by finalisers.
  for (let time = 0; time < 3; time++) {
    globalThis.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { ...counts, running, waiting, resident: process.memoryUsage().rss / 1e6 };
}

const engine = await openEngine({ contextSize: 2048, parallel: 6 });
for (let index = 0; index < rounds; index++) {
  process.stdout.write(`${JSON.stringify(await round(engine, index * perRound))}\n`);
}
await engine.close();
