/** Time and peak memory of `convert` as a Markdown table; `--write` puts it into the README. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { createContext } from '../../shared/context.ts';
import { markdownTable, replaceBetween } from '../readme.ts';
import { longestBlock } from './event-loop.ts';
import { makePictures, type SpeedPicture } from './pictures.ts';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const hook = new URL('usage-hook.mjs', import.meta.url).href;
const readme = new URL('../../README.md', import.meta.url);

const usageSchema = z.object({ maxRSS: z.number(), userCPUTime: z.number(), systemCPUTime: z.number() });

interface Run {
  readonly seconds: number;
  /** Of all cores together; tells how busy the machine was with other things. */
  readonly cpuSeconds: number;
  readonly megabytes: number;
}

/** One conversion in a process of its own, start of Node included. */
async function convertOnce(picture: SpeedPicture, folder: string): Promise<Run> {
  const args = ['--import', hook, cli, 'convert', picture.file, '--strategy', 'measured', '--out', folder];
  const start = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  const pipe = child.stdio[3];
  if (!(pipe && 'read' in pipe && child.stderr)) throw new Error('The child has no pipes.');
  const [usage, messages, [code]] = await Promise.all([text(pipe), text(child.stderr), once(child, 'close')]);
  const seconds = (performance.now() - start) / 1000;
  if (code !== 0) throw new Error(`convert ended with ${code}:\n${messages}`);
  const { maxRSS, userCPUTime, systemCPUTime } = usageSchema.parse(JSON.parse(usage));
  return { seconds, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}

async function measure(pictures: readonly SpeedPicture[], runs: number, folder: string, signal: AbortSignal) {
  const rows: string[][] = [];
  for (const picture of pictures) {
    const done: Run[] = [];
    for (let count = 0; count < runs; count += 1) done.push(await convertOnce(picture, folder));
    const seconds = median(done.map((run) => run.seconds));
    const megapixels = (picture.width * picture.height) / 1e6;
    rows.push([
      picture.name,
      `${seconds.toFixed(2)} s`,
      `${(seconds / megapixels).toFixed(2)} s`,
      `${median(done.map((run) => run.cpuSeconds)).toFixed(2)} s`,
      `${Math.round(median(done.map((run) => run.megabytes)))} MB`,
      `${Math.round(await longestBlock(picture.file, signal))} ms`,
    ]);
    process.stderr.write(`${picture.name}: ${done.map((run) => run.seconds.toFixed(2)).join(' ')} s\n`);
  }
  return markdownTable(
    ['picture', 'time', 'per megapixel', 'processor time', 'peak memory', 'longest hold of the main thread'],
    rows,
  );
}

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, write: { type: 'boolean', default: false } },
});
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) throw new RangeError('--runs must be a whole number above 0.');
const folder = await mkdtemp(path.join(tmpdir(), 'pixelwright-speed-'));
try {
  const { signal } = new AbortController();
  const table = await measure(await makePictures(folder, createContext(signal)), runs, folder, signal);
  const note = `\`convert --strategy measured\`, start of Node included: medians of ${runs} runs on ${availableParallelism()} cores, Node ${process.versions.node}. The main thread is measured in a process that has converted once before.`;
  process.stdout.write(`${note}\n\n${table}\n`);
  if (values.write) {
    await writeFile(readme, replaceBetween(await readFile(readme, 'utf8'), 'speed', `${note}\n\n${table}`));
  }
} finally {
  await rm(folder, { recursive: true });
}
