/** Speed and memory of the native engine beside llama.cpp's own server, both on the same model; `--write` puts the table into the README. */
import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { replaceBetween } from '../readme.ts';
import type { Contestant, EngineSettings } from './contestant.ts';
import { buildLlamaServer } from './llama-server/build.ts';
import { linkShippedLibraries, shippedFolder } from './llama-server/shipped-libraries.ts';
import { loadWarning } from './machine.ts';
import { measure, type Series } from './measure.ts';
import { benchModelPair } from './model-pair.ts';
import { bundleOurSide, ourContestant } from './ours.ts';
import { referenceContestant } from './reference.ts';
import { report } from './report.ts';
import { scenarios } from './scenarios.ts';

const help = `npm run bench:engine -- [options]
  --threads N         threads of both sides; may be given several times (default: 1 and 2)
  --only NAME         one scenario: ${scenarios.map(({ name }) => name).join(', ')}, cold; may be given several times
  --rounds N          runs of each scenario instead of its own number
  --quick             the tiny model and one round: whether it works, not how fast it is
  --llama-server PATH a built llama-server; without it one is built (git, cmake, compiler; minutes)
  --model FILE --mmproj FILE  a model of one's own instead of random weights in the shape of Qwen3-VL-2B
  --without-ours      the two references alone
  --write             puts the table into the README
`;

const readme = new URL('../../README.md', import.meta.url);

const { values } = parseArgs({
  options: {
    threads: { type: 'string', multiple: true, default: ['1', '2'] },
    only: { type: 'string', multiple: true },
    rounds: { type: 'string' },
    quick: { type: 'boolean', default: false },
    'llama-server': { type: 'string' },
    model: { type: 'string' },
    mmproj: { type: 'string' },
    'without-ours': { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function wholeNumber(text: string, flag: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new RangeError(`Expected a whole number above 0 for ${flag}, got ${JSON.stringify(text)}.`);
}

async function contestantsFor(
  program: string,
  bundle: string,
  settings: EngineSettings,
): Promise<Contestant[]> {
  const native = referenceContestant({ name: 'llama-server', program, settings });
  const shipped =
    shippedFolder() === undefined
      ? []
      : [
          referenceContestant({
            name: 'llama-server on the shipped libraries',
            program,
            libraries: await linkShippedLibraries(),
            settings,
          }),
        ];
  const ours = values['without-ours'] ? [] : [ourContestant(bundle, settings)];
  return [...ours, native, ...shipped];
}

async function main(signal: AbortSignal): Promise<void> {
  const warning = loadWarning();
  if (warning) process.stderr.write(`${warning}\n`);
  const program = values['llama-server'] ?? (await buildLlamaServer(signal));
  const bundle = values['without-ours'] ? '' : await bundleOurSide();
  const pair = await benchModelPair({ quick: values.quick, model: values.model, projector: values.mmproj });
  const wanted = values.only;
  const chosen = scenarios.filter(({ name }) => wanted === undefined || wanted.includes(name));
  const isCold = wanted === undefined || wanted.includes('cold');
  const rounds = values.quick
    ? 1
    : values.rounds === undefined
      ? undefined
      : wholeNumber(values.rounds, '--rounds');
  const byThreads = new Map<number, Series>();
  let names: string[] = [];
  for (const threads of values.threads.map((text) => wholeNumber(text, '--threads'))) {
    const settings = { ...pair, threads, contextSize: 8192, parallel: 4 };
    const contestants = await contestantsFor(program, bundle, settings);
    names = contestants.map(({ name }) => name);
    const series = await measure(contestants, {
      scenarios: chosen,
      ...(rounds === undefined ? {} : { rounds }),
      coldStarts: isCold ? (rounds ?? 3) : 0,
      withMemory: wanted === undefined,
      signal,
    });
    byThreads.set(threads, series);
  }
  const table = report(names, byThreads);
  const note = `${pair.name} on ${cpus()[0]?.model ?? 'an unknown processor'}, ${cpus().length} cores; medians, and medians of the ratios of interleaved runs (above 1: ours is better).`;
  process.stdout.write(`${[note, ...(warning ? [warning] : []), table].join('\n\n')}\n`);
  if (values.write) {
    await writeFile(
      readme,
      replaceBetween(await readFile(readme, 'utf8'), 'engine-speed', `${note}\n\n${table}`),
    );
  }
}

if (values.help) process.stdout.write(help);
else {
  const ended = new AbortController();
  // The servers would outlive us otherwise.
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => ended.abort());
  await main(ended.signal);
}
