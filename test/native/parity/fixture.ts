/** The file that the recorder writes and the test reads. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** Best tokens of one step: ids and natural logarithms of their probabilities, best first. */
const topSchema = z.array(z.tuple([z.number().int(), z.number()]));

const turnSchema = z.object({
  /** What the user said in this turn. */
  text: z.string(),
  /** The raw prompt, whole conversation; `<__media__>` stands for a picture. */
  prompt: z.string(),
  /** Pictures' tokens included. */
  promptTokens: z.number().int(),
  /** The text of the answer, which the next turn's prompt repeats. */
  answer: z.string(),
  /** The answer's tokens, on every CPU variant. */
  tokens: z.array(z.number().int()),
  /** By CPU variant, for each token of the answer. */
  top: z.record(z.string(), z.array(topSchema)),
});

export const fixtureSchema = z.object({
  about: z.object({
    /** How to write this file again. */
    command: z.string(),
    /** As llama-server tells it. */
    server: z.string(),
    libraries: z.string(),
    flags: z.array(z.string()),
    /** SHA-256 of the model and its projector. */
    model: z.string(),
    projector: z.string(),
    /**
     * Which recorded variant comes nearest to each CPU variant of the libraries that ran on the recording machine,
     * and the largest difference of a log-probability between them, over all cases.
     */
    variants: z.record(z.string(), z.object({ nearest: z.string(), largestDifference: z.number() })),
  }),
  cases: z.record(z.string(), z.array(turnSchema)),
});

export type Fixture = z.infer<typeof fixtureSchema>;
/** Id and natural logarithm of the probability. */
export type Candidate = readonly [id: number, logProbability: number];

const file = fileURLToPath(new URL('recorded.json', import.meta.url));

export async function readFixture(): Promise<Fixture> {
  return fixtureSchema.parse(JSON.parse(await readFile(file, 'utf8')));
}

/** To be followed by `npm run format`, which puts a step on a line. */
export async function writeFixture(fixture: Fixture): Promise<void> {
  await writeFile(`${file}.tmp`, `${JSON.stringify(fixture, null, 2)}\n`);
  await rename(`${file}.tmp`, file);
}
