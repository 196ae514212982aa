/** The jobs, and the figures that follow from how they went. Nothing a job asks for was asked before in its process. */
import { readFile } from 'node:fs/promises';
import type { Contestant, Job, Outcome, Running } from './contestant.ts';
import type { Figures } from './figures.ts';
import { peakMemory, processorTime } from './machine.ts';

export interface Scenario {
  readonly name: string;
  /** How many times it is run by each side; long ones less often. */
  readonly rounds: number;
  readonly run: (running: Running, round: number, signal: AbortSignal) => Promise<Figures>;
}

/** A text of about `words` tokens that differs from its first word on from every other round's. */
function words(round: number, count: number): string {
  const list = ['the', 'page', 'has', 'a', 'menu', 'and', 'two', 'columns', 'of', 'text'];
  return `${round} ${Array.from({ length: count }, (_, index) => list[(index * 7 + round) % list.length]).join(' ')}`;
}

const plainAnswer = words(0, 200);

function textJob(round: number, tokens: number, maxTokens: number): Job {
  return { pictures: [], text: words(round, tokens), maxTokens, answer: plainAnswer };
}

/** Tokens per second after the first one, whose time belongs to the prompt. */
function decodeRate(outcome: Outcome): number {
  return ((outcome.completionTokens - 1) * 1000) / (outcome.lastTokenMs - outcome.firstTokenMs);
}

async function prefill(running: Running, round: number, signal: AbortSignal): Promise<Figures> {
  const { done, work } = await worked(running, textJob(1000 + round, 500, 1), signal);
  const tokens = done.promptTokens - done.cachedPromptTokens;
  return { prefill: (tokens * 1000) / done.firstTokenMs, prefillWork: work };
}

/** Processor time, in seconds, tells the cost also where other programs take their share of the machine. */
async function worked(
  running: Running,
  job: Job,
  signal: AbortSignal,
): Promise<{ done: Outcome; work: number }> {
  const before = await processorTime(running.pid);
  const done = await running.run(job, signal);
  return { done, work: ((await processorTime(running.pid)) - before) / 1000 };
}

async function decode(running: Running, round: number, signal: AbortSignal): Promise<Figures> {
  const { done, work } = await worked(running, textJob(2000 + round, 20, 64), signal);
  return { decode: decodeRate(done), decodeWork: work };
}

async function smallPicture(running: Running, round: number, signal: AbortSignal): Promise<Figures> {
  const pictures = [{ width: 1024, height: 768, seed: 10 + round }];
  const ask = async (text: string) =>
    await worked(running, { pictures, text, maxTokens: 1, answer: plainAnswer }, signal);
  const { done: first, work } = await ask(`What is in picture ${round}?`);
  const { done: second } = await ask(`How many colours has picture ${round}?`);
  return {
    freshSmall: first.firstTokenMs / 1000,
    freshSmallWork: work,
    again: second.firstTokenMs / 1000,
    ...(first.encodeMs === undefined ? {} : { encodeSmall: first.encodeMs / 1000 }),
  };
}

async function largePicture(running: Running, round: number, signal: AbortSignal): Promise<Figures> {
  const pictures = [{ width: 1920, height: 1080, seed: 50 + round }];
  const job = { pictures, text: 'What is this?', maxTokens: 1, answer: plainAnswer };
  const { firstTokenMs, encodeMs } = await running.run(job, signal);
  const encoding = encodeMs === undefined ? {} : { encodeLarge: encodeMs / 1000 };
  return { freshLarge: firstTokenMs / 1000, ...encoding };
}

async function four(running: Running, round: number, signal: AbortSignal): Promise<Figures> {
  const start = performance.now();
  const jobs = [0, 1, 2, 3].map((index) => textJob(3000 + round * 4 + index, 30, 48));
  const done = await Promise.all(jobs.map((job) => running.run(job, signal)));
  const tokens = done.reduce((sum, outcome) => sum + outcome.completionTokens, 0);
  return { four: (tokens * 1000) / (performance.now() - start) };
}

const pages = ['pricing', 'login', 'faq', 'checkout', 'settings'];

/** Real pages of the fixtures; the hints are what a text recogniser would read off their pictures. */
async function code(running: Running, round: number, signal: AbortSignal): Promise<Figures> {
  const file = new URL(`../../test/fixtures/pages/${pages[round % pages.length]}.html`, import.meta.url);
  const answer = await readFile(file, 'utf8');
  const text = `Page ${round}. Analyze this screenshot and convert it to clean, functional and modern HTML code.`;
  const job = { pictures: [], text, maxTokens: 300, answer, hints: visibleTexts(answer) };
  const { done, work } = await worked(running, job, signal);
  if (done.draft) process.stderr.write(`  guessed ${done.draft.proposed}, right ${done.draft.accepted}\n`);
  return { code: decodeRate(done), codeWork: work };
}

function visibleTexts(html: string): string[] {
  const body = html.replace(/^[\s\S]*<body[^>]*>/, '').replace(/<(script|style)[\s\S]*?<\/\1>/g, '');
  return body
    .split(/<[^>]*>/)
    .map((piece) => piece.replace(/\s+/g, ' ').trim())
    .filter((piece) => piece !== '');
}

export const scenarios: readonly Scenario[] = [
  { name: 'prefill', rounds: 5, run: prefill },
  { name: 'decode', rounds: 5, run: decode },
  { name: 'four', rounds: 3, run: four },
  { name: 'code', rounds: 2, run: code },
  { name: 'picture', rounds: 2, run: smallPicture },
  { name: 'large-picture', rounds: 1, run: largePicture },
];

/** One short answer, not measured. */
export async function warmUp(running: Running, signal: AbortSignal): Promise<void> {
  await running.run(textJob(0, 8, 2), signal);
}

/** A process of its own each time; the files are in the system's cache, as on any second start of a day. */
export async function coldStart(contestant: Contestant, signal: AbortSignal): Promise<Figures> {
  const start = performance.now();
  const running = await contestant.start(signal);
  try {
    await running.run(textJob(1, 8, 1), signal);
    const cold = (performance.now() - start) / 1000;
    return { cold, coldWork: (await processorTime(running.pid)) / 1000 };
  } finally {
    await running.close();
  }
}

/** After all that the process has been asked to do. */
export async function memory(running: Running): Promise<Figures> {
  return { memory: (await peakMemory(running.pid)) / 1e6 };
}
