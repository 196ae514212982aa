/**
 * How long the engine keeps the event loop of its process busy while it works: `tsx bench/engine/event-loop.ts`,
 * with `--quick` on the tiny model, `--only NAME` for one case, `--tokens N` for the length of the answers.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  loadNativeEngine,
  type NativeEngine,
  type NativeRequest,
} from '../../shared/engine/native/native-engine.ts';
import { type ImagePart, userTurn } from '../../shared/tasks/prompt.ts';
import { pngOf } from '../../test/native/parity/pictures.ts';
import { loadWarning } from './machine.ts';
import { benchModelPair } from './model-pair.ts';

/** Milliseconds. */
export interface Stretch {
  /** The longest that a timer had to wait beyond its time, other programs' use of the processor included. */
  readonly delay: number;
  /** The most processor time that the main thread used between two timers: what the engine answers for. Linux only. */
  readonly busy: number | undefined;
  /** The mean of the same, of the hundredth part of intervals with the most. */
  readonly busyHundredth: number | undefined;
}

const interval = 1;

/** Watches the event loop while `work` runs. */
export async function watchEventLoop(work: () => Promise<void>): Promise<Stretch> {
  const clock = mainThreadClock();
  let [delay, last, lastCpu] = [0, performance.now(), clock?.()];
  const busy: number[] = [];
  const sample = (): void => {
    const [now, cpu] = [performance.now(), clock?.()];
    delay = Math.max(delay, now - last - interval);
    if (cpu !== undefined && lastCpu !== undefined) busy.push(cpu - lastCpu);
    [last, lastCpu] = [now, cpu];
  };
  const timer = setInterval(sample, interval);
  try {
    await work();
    sample();
  } finally {
    clearInterval(timer);
    clock?.close();
  }
  const worst = busy.sort((a, b) => b - a).slice(0, Math.max(1, Math.ceil(busy.length / 100)));
  const mean = worst.reduce((sum, value) => sum + value, 0) / worst.length;
  return clock === undefined
    ? { delay, busy: undefined, busyHundredth: undefined }
    : { delay, busy: worst[0] ?? 0, busyHundredth: mean };
}

/** Processor time of the main thread in milliseconds; undefined where the system does not tell it. */
function mainThreadClock(): ((() => number) & { readonly close: () => void }) | undefined {
  if (process.platform !== 'linux') return undefined;
  // "run time, waiting time, slices", the times in nanoseconds; the main thread has the number of its process.
  const file = openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
  const buffer = Buffer.alloc(128);
  const now = (): number => {
    const length = readSync(file, buffer, 0, buffer.length, 0);
    return Number(buffer.toString('latin1', 0, length).split(' ')[0]) / 1e6;
  };
  return Object.assign(now, { close: () => closeSync(file) });
}

interface Case {
  readonly name: string;
  /** All at once. */
  readonly requests: (picture: ImagePart) => readonly NativeRequest[];
}

const streams = (tokens: number, more: Partial<NativeRequest>, count = 8): NativeRequest[] =>
  Array.from({ length: count }, (_, index) => ({
    messages: [userTurn([], `Write page ${index}.`)],
    maxTokens: tokens,
    ignoreEnd: true,
    unguarded: true,
    ...more,
  }));

const json = `root ::= "[" item ("," item)* "]"
item ::= "{\\"box\\":[" [0-9]{1,4} "," [0-9]{1,4} "],\\"text\\":\\"" [^"\\\\\\x00-\\x1f]{1,40} "\\"}"`;

const page = '<section class="card"><h2>Title</h2><p>Some words of it.</p></section>\n'.repeat(60);

const cases = (tokens: number): readonly Case[] => [
  { name: 'greedy', requests: () => streams(tokens, { sampling: { temperature: 0 } }) },
  { name: 'sampled', requests: () => streams(tokens, {}) },
  { name: 'dry', requests: () => streams(tokens, { sampling: { dryMultiplier: 0.8, presencePenalty: 1 } }) },
  { name: 'whole-vocabulary', requests: () => streams(tokens, { sampling: { topK: 0 } }) },
  {
    name: 'speculation',
    requests: () => streams(tokens, { sampling: { temperature: 0 }, speculation: { texts: [page] } }),
  },
  {
    name: 'grammar',
    requests: () => streams(tokens, { ignoreEnd: false, constraint: { kind: 'grammar', grammar: json } }),
  },
  {
    name: 'picture',
    requests: (picture) => [
      ...streams(tokens, {}, 7),
      { messages: [userTurn([picture], 'What is it?')], maxTokens: 2, sampling: { temperature: 0 } },
    ],
  },
  {
    name: 'long-prompt',
    requests: () => [
      ...streams(tokens, {}, 7),
      { messages: [userTurn([], page.repeat(2))], maxTokens: 2, sampling: { temperature: 0 } },
    ],
  },
];

/** Runs the requests at once, each to its end. */
async function runAll(
  engine: NativeEngine,
  requests: readonly NativeRequest[],
  signal: AbortSignal,
): Promise<void> {
  await Promise.all(
    requests.map(async (request) => {
      for await (const part of engine.stream(request, { signal })) if (part.type === 'finish') return;
    }),
  );
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true },
      tokens: { type: 'string', default: '32' },
      threads: { type: 'string', default: '1' },
      model: { type: 'string' },
      mmproj: { type: 'string' },
    },
  });
  const warning = loadWarning();
  if (warning) process.stdout.write(`${warning}\n`);
  const { name, model, projector } = await benchModelPair({
    quick: values.quick,
    model: values.model,
    projector: values.mmproj,
  });
  const { signal } = new AbortController();
  const engine = await loadNativeEngine(
    { model, mmproj: projector, device: 'cpu', threads: Number(values.threads), contextSize: 8192 },
    { signal },
  );
  const bytes = await pngOf({ width: 1920, height: 1080, seed: 1 });
  const picture: ImagePart = { type: 'image', mediaType: 'image/png', bytes };
  process.stdout.write(`${name}; milliseconds\n`);
  const chosen = cases(Number(values.tokens)).filter((each) => values.only?.includes(each.name) ?? true);
  const idle = { name: 'nothing', work: () => new Promise<void>((resolve) => setTimeout(resolve, 2000)) };
  const works = chosen.map(({ name: title, requests }) => ({
    name: title,
    work: () => runAll(engine, requests(picture), signal),
  }));
  for (const { name: title, work } of [idle, ...works]) {
    const { delay, busy, busyHundredth } = await watchEventLoop(work);
    const figures = [busy, busyHundredth, delay].map((value) =>
      value === undefined ? '–' : value.toFixed(1),
    );
    const [most, hundredth, waited] = figures;
    process.stdout.write(
      `${title}: busy ${most} at most, ${hundredth} in the worst hundredth; timers late by ${waited} at most\n`,
    );
  }
  await engine.close();
}

// Also imported for its functions.
if (process.argv[1]?.endsWith('event-loop.ts')) await main();
