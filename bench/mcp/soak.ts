/**
 * `npm run soak:mcp`: eight clients, 500 mixed calls, some of them cancelled, on one engine with a tiny model.
 * Every call must end, memory must stay flat, and one engine host must have served all.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import sharp from 'sharp';
import { z } from 'zod';
import { tinyModel } from '../../test/models/index.ts';

const clients = 8;
const calls = Number(process.argv[2] ?? 500);
const cancelledShare = 0.3;
/** The host's memory after a fifth of the calls, when all that it keeps is there, against that at the end. */
const mostGrowth = 1.2;
/**
 * Of one server. Its JavaScript heap stays at 25 MB; what the allocators of the picture libraries keep settles
 * after about ten conversions, which few servers reach here.
 */
const mostServerBytes = 400e6;

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const run = promisify(execFile);

/** The same sequence each time, so that a failure can be repeated. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Call {
  readonly name: string;
  readonly arguments: Record<string, unknown>;
  /** Whether an answer without a cancel is an error. */
  readonly fails?: true;
}

const kinds: readonly { readonly weight: number; readonly call: (random: () => number) => Call }[] = [
  { weight: 30, call: () => ({ name: 'engine_status', arguments: {} }) },
  { weight: 20, call: () => ({ name: 'describe_image', arguments: { image: 'absent.png' }, fails: true }) },
  { weight: 10, call: () => ({ name: 'describe_image', arguments: { picture: 'a.png' }, fails: true }) },
  {
    weight: 30,
    call: (random) => ({
      name: 'describe_image',
      arguments: {
        image: random() < 0.5 ? 'a.png' : 'b.png',
        maxTokens: 16,
        seed: Math.floor(random() * 1e6),
      },
    }),
  },
  {
    weight: 8,
    call: () => ({ name: 'ask_image', arguments: { image: 'a.png', question: 'What?', maxTokens: 16 } }),
  },
  {
    weight: 2,
    call: () => ({ name: 'ui_to_code', arguments: { image: 'b.png', strategy: 'measured', inline: true } }),
  },
];

function draw(random: () => number): Call {
  let at = random() * kinds.reduce((sum, { weight }) => sum + weight, 0);
  for (const { weight, call } of kinds) {
    at -= weight;
    if (at < 0) return call(random);
  }
  return { name: 'engine_status', arguments: {} };
}

interface Tally {
  answered: number;
  refused: number;
  cancelled: number;
  /** Longest time from a cancel to its end, in milliseconds. */
  slowestCancelMs: number;
  readonly wrong: string[];
}

async function one(client: Client, random: () => number, tally: Tally): Promise<void> {
  const { fails, ...call } = draw(random);
  const abort = new AbortController();
  let cancelledAt: number | undefined;
  const cancels = random() < cancelledShare;
  const timer = setTimeout(() => {
    cancelledAt = performance.now();
    abort.abort();
  }, random() * 400);
  if (!cancels) clearTimeout(timer);
  try {
    const { isError } = await client.callTool(call, { signal: abort.signal, timeout: 120_000 });
    if (isError === true) tally.refused += 1;
    else tally.answered += 1;
    if ((isError === true) !== (fails === true)) tally.wrong.push(`${call.name}: ${JSON.stringify(call)}`);
  } catch (error) {
    if (cancelledAt === undefined) tally.wrong.push(`${call.name}: ${String(error)}`);
    else {
      tally.cancelled += 1;
      tally.slowestCancelMs = Math.max(tally.slowestCancelMs, performance.now() - cancelledAt);
    }
  } finally {
    clearTimeout(timer);
  }
}

const statusSchema = z.object({
  pid: z.number(),
  memory: z.object({ residentBytes: z.number() }),
  requests: z.object({ running: z.number(), served: z.number() }),
});

const folder = await mkdtemp(path.join(tmpdir(), 'pixelwright-soak-'));
const env = { PATH: process.env['PATH'] ?? '', HOME: folder, PIXELWRIGHT_HOME: path.join(folder, 'home') };
const host = async () => {
  const { stdout } = await run(process.execPath, [cli, 'status', '--json'], { cwd: folder, env });
  return statusSchema.parse(JSON.parse(stdout));
};
/** Resident bytes. */
const memory = async (pids: readonly number[]): Promise<number> => {
  const { stdout } = await run('ps', ['-o', 'rss=', '-p', pids.join(',')]);
  const kilobytes = stdout.trim().split(/\s+/).map(Number);
  return kilobytes.reduce((sum, each) => sum + each * 1024, 0);
};

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);

try {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  for (const [name, size] of [
    ['a.png', 160],
    ['b.png', 224],
  ] as const) {
    const picture = sharp({ create: { width: size, height: size, channels: 3, background: '#36c', noise } });
    await writeFile(path.join(folder, name), await picture.png().toBuffer());
  }
  const { model, mmproj } = await tinyModel();
  const flags = [
    '--model',
    model,
    '--mmproj',
    mmproj,
    '--device',
    'cpu',
    '--threads',
    '1',
    '--context-size',
    '8192',
  ];
  const servers = await Promise.all(
    Array.from({ length: clients }, async (_, index) => {
      const mode = index % 2 === 0 ? 'legacy' : ({ pin: '2026-07-28' } as const);
      const client = new Client({ name: 'soak', version: '1' }, { versionNegotiation: { mode } });
      const transport = new StdioClientTransport({
        command: process.execPath,
        args: [cli, 'mcp', ...flags],
        cwd: folder,
        env,
        stderr: 'ignore',
      });
      await client.connect(transport);
      return { client, pid: transport.pid ?? 0 };
    }),
  );
  const tally: Tally = { answered: 0, refused: 0, cancelled: 0, slowestCancelMs: 0, wrong: [] };
  const start = performance.now();
  const work = async (count: number, seed: number): Promise<void> => {
    await Promise.all(
      servers.map(async ({ client }, index) => {
        const random = randomNumbers(seed + index);
        for (let call = index; call < count; call += clients) await one(client, random, tally);
      }),
    );
  };
  await work(calls / 5, 1);
  const first = await host();
  const before = await memory([first.pid]);
  await work((calls * 4) / 5, 1001);
  const last = await host();
  const after = await memory([first.pid]);
  const each = await Promise.all(servers.map(async ({ pid }) => await memory([pid])));
  const largest = Math.max(...each);
  const seconds = (performance.now() - start) / 1000;
  const growth = after / before;
  const failures = [
    ...tally.wrong,
    ...(tally.answered + tally.refused + tally.cancelled === calls ? [] : ['calls are missing']),
    ...(first.pid === last.pid ? [] : ['there was more than one engine host']),
    ...(last.requests.running === 0 ? [] : [`${last.requests.running} requests still run`]),
    ...(growth <= mostGrowth ? [] : [`the host grew by ${Math.round((growth - 1) * 100)} %`]),
    ...(largest <= mostServerBytes ? [] : [`a server holds ${megabytes(largest)} MB`]),
  ];
  process.stdout.write(
    `${calls} calls of ${clients} clients in ${seconds.toFixed(0)} s: ${tally.answered} answered, ${tally.refused} refused, ${tally.cancelled} cancelled (slowest in ${tally.slowestCancelMs.toFixed(0)} ms); host ${megabytes(before)} → ${megabytes(after)} MB, largest server ${megabytes(largest)} MB; one host, ${last.requests.served} requests served.\n`,
  );
  for (const failure of failures) process.stdout.write(`FAILED: ${failure}\n`);
  process.exitCode = failures.length === 0 ? 0 : 1;
  await Promise.all(servers.map(({ client }) => client.close()));
} finally {
  await run(process.execPath, [cli, 'stop', '--force'], { cwd: folder, env });
  await rm(folder, { recursive: true, force: true });
}
