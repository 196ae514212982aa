/** Records what llama.cpp's own server says to the cases; run by hand: `npm run parity:record -- --llama-server PATH`. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { buildLlamaServer, sourceVersion } from '../../../bench/engine/llama-server/build.ts';
import { type CompletionStep, complete } from '../../../bench/engine/llama-server/completion.ts';
import {
  type LlamaServer,
  mediaMarker,
  startLlamaServer,
} from '../../../bench/engine/llama-server/server.ts';
import { cpuVariants, linkShippedLibraries } from '../../../bench/engine/llama-server/shipped-libraries.ts';
import {
  answerTokens,
  mostTries,
  type ParityCase,
  parityCases,
  parityModel,
  smallestMargin,
  topTokens,
} from './cases.ts';
import { type Candidate, type Fixture, writeFixture } from './fixture.ts';
import { pngOf } from './pictures.ts';

/** What was heard on one CPU variant, turn by turn. */
type Heard = Readonly<Record<string, readonly HeardTurn[]>>;

interface HeardTurn {
  readonly text: string;
  readonly prompt: string;
  readonly promptTokens: number;
  readonly answer: string;
  readonly tokens: readonly number[];
  readonly top: readonly (readonly Candidate[])[];
}

/** Processors with AVX2 alone and with AVX-512 round differently; these two stand for nearly all others. */
const recordedVariants = ['skylakex', 'haswell'];

/** One thread, so that sums are taken in one order; everything else is the server's default but the warm-up. */
const flags = ['-t', '1', '-c', '4096', '-np', '1', '-fa', 'on', '-cram', '0', '--no-warmup'];

/** Texts of all turns by case, chosen by the first record and kept by those of other variants. */
type Texts = ReadonlyMap<string, readonly string[]>;

async function ask(server: LlamaServer, prompt: string, pictures: readonly string[], signal: AbortSignal) {
  const done = await complete(server.baseUrl, {
    prompt,
    pictures,
    maxTokens: answerTokens,
    ignoreEnd: true,
    probabilities: topTokens,
    signal,
  });
  const tokens = done.steps.map(({ token }) => token);
  const top = done.steps.map((step) => step.top.map(rounded));
  return { prompt, promptTokens: done.promptTokens, answer: done.text, tokens, top };
}

function rounded({ id, logprob }: CompletionStep['top'][number]): Candidate {
  return [id, Number(logprob.toFixed(5))];
}

/** Whether the best token leads clearly at every step, is the one taken, and the answer is whole letters. */
function isSafe({ answer, tokens, top }: Omit<HeardTurn, 'text'>): boolean {
  const isClear = top.every(([first, second], step) => {
    if (!(first && second)) return false;
    return first[0] === tokens[step] && first[1] - second[1] >= smallestMargin;
  });
  return tokens.length === answerTokens && isClear && !answer.includes('\uFFFD');
}

async function recordCase(
  server: LlamaServer,
  { name, turns }: ParityCase,
  texts: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<HeardTurn[]> {
  const recorded: HeardTurn[] = [];
  const pictures: string[] = [];
  let said = '';
  for (const [index, turn] of turns.entries()) {
    for (const recipe of turn.pictures) pictures.push((await pngOf(recipe)).toString('base64'));
    const fixed = texts?.[index];
    const tries = fixed === undefined ? numbered(turn.text) : [fixed];
    for (const text of tries) {
      const marks = mediaMarker.repeat(turn.pictures.length);
      const prompt = `${said}<|im_start|>user\n${marks}${text}<|im_end|>\n<|im_start|>assistant\n`;
      const done = await ask(server, prompt, pictures, signal);
      if (fixed === undefined && !isSafe(done)) continue;
      recorded.push({ text, ...done });
      said = `${prompt}${done.answer}<|im_end|>\n`;
      break;
    }
    if (recorded.length === index) {
      throw new Error(
        `Expected the best token to lead by ${smallestMargin} at each step; in "${name}", turn ${index + 1}, it does not for ${mostTries} numberings.`,
      );
    }
  }
  return recorded;
}

function numbered(text: string): string[] {
  return Array.from({ length: mostTries }, (_, index) => `${index + 1}. ${text}`);
}

async function recordAll(
  program: string,
  libraries: string,
  texts: Texts,
  signal: AbortSignal,
): Promise<[Heard, string]> {
  const { model, mmproj: projector } = await parityModel();
  const server = await startLlamaServer({ program, libraries, model, projector, flags, signal });
  try {
    const cases: Record<string, HeardTurn[]> = {};
    for (const one of parityCases) {
      cases[one.name] = await recordCase(server, one, texts.get(one.name), signal);
    }
    const properties = z.object({ build_info: z.string() });
    const answer = await fetch(`${server.baseUrl}/props`, { signal });
    return [cases, properties.parse(await answer.json()).build_info];
  } finally {
    await server.close();
  }
}

/**
 * The largest difference of a log-probability.
 * @throws Error if the tokens differ: then the margins are too small to be recorded.
 */
function difference(variant: string, a: Heard, b: Heard): number {
  let largest = 0;
  for (const [name, turns] of Object.entries(a)) {
    for (const [turn, { tokens, top }] of turns.entries()) {
      const other = b[name]?.[turn];
      if (tokens.join() !== other?.tokens.join()) {
        throw new Error(
          `Expected the same tokens on ${variant}; in "${name}", turn ${turn + 1}, they differ.`,
        );
      }
      for (const [id, logprob, step] of top.flatMap((row, at) =>
        row.map(([best, value]) => [best, value, at] as const),
      )) {
        const match = other.top[step]?.find(([otherId]) => otherId === id);
        if (match) largest = Math.max(largest, Math.abs(match[1] - logprob));
      }
    }
  }
  return Number(largest.toFixed(5));
}

async function sha256(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}

async function main(signal: AbortSignal): Promise<void> {
  const { values } = parseArgs({ options: { 'llama-server': { type: 'string' } } });
  const program = values['llama-server'] ?? (await buildLlamaServer(signal));
  const heard = new Map<string, Heard>();
  let [server, texts]: [string, Texts] = ['', new Map()];
  for (const variant of [...recordedVariants, ...(await cpuVariants())]) {
    if (heard.has(variant)) continue;
    try {
      const [cases, version] = await recordAll(program, await linkShippedLibraries(variant), texts, signal);
      server = version;
      texts = new Map(Object.entries(cases).map(([name, turns]) => [name, turns.map(({ text }) => text)]));
      heard.set(variant, cases);
    } catch (error) {
      // This machine may lack the instructions of a variant; those that are recorded it must have.
      if (recordedVariants.includes(variant)) throw error;
      process.stderr.write(`${variant} does not run here: ${String(error).slice(0, 200)}\n`);
    }
  }
  await writeFixture({
    about: {
      command: 'npm run parity:record',
      server,
      libraries: `@node-llama-cpp ${sourceVersion}`,
      flags,
      ...(await modelHashes()),
      variants: comparisons(heard),
    },
    cases: merged(heard),
  });
}

async function modelHashes(): Promise<{ model: string; projector: string }> {
  const { model, mmproj } = await parityModel();
  return { model: await sha256(model), projector: await sha256(mmproj) };
}

function comparisons(heard: ReadonlyMap<string, Heard>): Fixture['about']['variants'] {
  const rows: Fixture['about']['variants'] = {};
  for (const [variant, cases] of heard) {
    const distances = recordedVariants.flatMap((nearest) => {
      const recorded = heard.get(nearest);
      return recorded ? [{ nearest, largestDifference: difference(variant, recorded, cases) }] : [];
    });
    const [best] = distances.toSorted((a, b) => a.largestDifference - b.largestDifference);
    if (best) rows[variant] = best;
    process.stderr.write(`${variant}: ${JSON.stringify(best)}\n`);
  }
  return rows;
}

function merged(heard: ReadonlyMap<string, Heard>): Fixture['cases'] {
  const cases: Fixture['cases'] = {};
  for (const { name } of parityCases) {
    const turns = heard.get(recordedVariants[0] ?? '')?.[name] ?? [];
    cases[name] = turns.map(({ tokens, top: _, ...turn }, index) => {
      const top: Record<string, [number, number][][]> = {};
      for (const variant of recordedVariants) {
        const rows = heard.get(variant)?.[name]?.[index]?.top ?? [];
        top[variant] = rows.map((row) => row.map(([id, logprob]) => [id, logprob]));
      }
      return { ...turn, tokens: [...tokens], top };
    });
  }
  return cases;
}

await main(new AbortController().signal);
