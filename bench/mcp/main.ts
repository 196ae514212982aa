/** `npm run bench:mcp`: our server beside the most used other one, on the same inputs; writes the README's table. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import sharp from 'sharp';
import { markdownTable, replaceBetween } from '../readme.ts';
import { type Contestant, ours, theirs } from './contestants.ts';
import { type Input, makeInputs } from './inputs.ts';
import { startModelServer } from './model-server.ts';

const runs = 5;

interface Figures {
  readonly startMs: number;
  readonly refusalMs: number;
  readonly listBytes: number;
  readonly tools: number;
  readonly described: string;
  readonly refused: readonly string[];
  readonly accepted: number;
}

/** A client whose server has started, and the milliseconds from its start to the list of its tools. */
async function connect({ command, env }: Contestant, folder: string) {
  const client = new Client({ name: 'bench', version: '1' });
  const [program = '', ...args] = command;
  const start = performance.now();
  await client.connect(
    new StdioClientTransport({
      command: program,
      args,
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', HOME: folder, PIXELWRIGHT_HOME: folder, ...env },
      stderr: 'ignore',
    }),
  );
  const { tools } = await client.listTools();
  return { client, tools, startMs: performance.now() - start };
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

async function times(work: () => Promise<number>): Promise<number> {
  const all: number[] = [];
  for (let run = 0; run < runs; run += 1) all.push(await work());
  return median(all);
}

async function measure(contestant: Contestant, folder: string, inputs: readonly Input[]): Promise<Figures> {
  const startMs = await times(async () => {
    const { client, startMs } = await connect(contestant, folder);
    await client.close();
    return startMs;
  });
  const { client, tools } = await connect(contestant, folder);
  try {
    const refusalMs = await times(async () => {
      const start = performance.now();
      const { isError } = await client.callTool(contestant.call(path.join(folder, 'absent.png')));
      if (isError !== true) throw new Error(`${contestant.name} did not refuse a path that is not there.`);
      return performance.now() - start;
    });
    const refused: string[] = [];
    for (const { what, reference } of inputs) {
      const answer = await client.callTool(contestant.call(reference));
      const understood = answer.isError !== true && JSON.stringify(answer).includes('blue rectangle');
      if (!understood) refused.push(what);
    }
    const kinds = [
      [tools.some(({ annotations }) => annotations?.readOnlyHint !== undefined), 'annotations'],
      [tools.some(({ outputSchema }) => outputSchema !== undefined), 'output schema'],
    ] as const;
    return {
      startMs,
      refusalMs,
      listBytes: JSON.stringify(tools).length,
      tools: tools.length,
      described: kinds.flatMap(([has, what]) => (has ? [what] : [])).join(', ') || 'neither',
      refused,
      accepted: inputs.length - refused.length,
    };
  } finally {
    await client.close();
  }
}

const folder = await mkdtemp(path.join(tmpdir(), 'pixelwright-bench-'));
const blue = { width: 64, height: 64, channels: 3, background: '#3060c0' } as const;
const png = await sharp({ create: blue }).png().toBuffer();
const model = await startModelServer(png);
try {
  const inputs = await makeInputs(folder, png, `${model.url}/picture.png`);
  const contestants = [ours(model.url), await theirs(model.url)];
  const figures: Figures[] = [];
  for (const contestant of contestants) figures.push(await measure(contestant, folder, inputs));
  const row = (what: string, of: (one: Figures) => string): string[] => [what, ...figures.map(of)];
  const table = markdownTable(
    ['', ...contestants.map(({ name }) => name)],
    [
      row('from start to the list of tools', ({ startMs }) => `${Math.round(startMs)} ms`),
      row('to refuse a path that is not there', ({ refusalMs }) => `${Math.round(refusalMs)} ms`),
      row('forms of a picture that are understood', ({ accepted }) => `${accepted} of ${inputs.length}`),
      row('not understood', ({ refused }) => refused.join(', ') || 'none'),
      row('tools, and size of their list', ({ tools, listBytes }) => `${tools}, ${listBytes} bytes`),
      row('annotations, output schema', ({ described }) => described),
    ],
  );
  process.stdout.write(`${table}\n`);
  const readme = new URL('../../README.md', import.meta.url);
  await writeFile(readme, replaceBetween(await readFile(readme, 'utf8'), 'mcp-bench', table));
} finally {
  await model.close();
  await rm(folder, { recursive: true, force: true });
}
