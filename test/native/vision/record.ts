/**
 * Records the vision tower's output of llama.cpp's own server on the shipped libraries; run by hand:
 * `npx tsx test/native/vision/record.ts --llama-server PATH`.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildLlamaServer, sourceVersion } from '../../../bench/engine/llama-server/build.ts';
import { complete } from '../../../bench/engine/llama-server/completion.ts';
import { mediaMarker, startLlamaServer } from '../../../bench/engine/llama-server/server.ts';
import { linkShippedLibraries } from '../../../bench/engine/llama-server/shipped-libraries.ts';
import { tinyModel } from '../../models/index.ts';
import { pngOf } from '../parity/pictures.ts';
import { type EmbeddingCase, embeddingCases } from './cases.ts';
import { type ReferenceList, writeReference } from './reference.ts';

type Entry = Omit<ReferenceList['cases'][number], 'variant'>;

/** The server writes there: two i32, tokens and floats of each, then the floats. */
const dumpVariable = 'MTMD_DEBUG_EMBEDDINGS';

async function record(
  program: string,
  libraries: string,
  dump: string,
  { name, picture, projector, budget }: EmbeddingCase,
  signal: AbortSignal,
): Promise<[Entry, Uint8Array]> {
  const pair = await tinyModel({ projector });
  const bounds = budget ?? { minTokens: 8, maxTokens: 4096 };
  const flags = ['-t', '1', '-c', '4096', '-np', '1', '--no-warmup'];
  if (budget !== undefined) {
    flags.push('--image-min-tokens', `${bounds.minTokens}`, '--image-max-tokens', `${bounds.maxTokens}`);
  }
  process.env[dumpVariable] = dump;
  const { model, mmproj } = pair;
  const server = await startLlamaServer({ program, libraries, model, projector: mmproj, flags, signal });
  try {
    const png = (await pngOf(picture)).toString('base64');
    await complete(server.baseUrl, { prompt: `${mediaMarker} What?`, pictures: [png], maxTokens: 1, signal });
  } finally {
    await server.close();
  }
  const bytes = await readFile(dump);
  await rm(dump);
  const [tokens, size] = [bytes.readInt32LE(0), bytes.readInt32LE(4)];
  const hash = createHash('sha256').update(await readFile(mmproj));
  return [{ name, tokens, size, projector: hash.digest('hex') }, bytes.subarray(8)];
}

const { signal } = new AbortController();
const { values } = parseArgs({ options: { 'llama-server': { type: 'string' } } });
const program = values['llama-server'] ?? (await buildLlamaServer(signal));
const folder = await mkdtemp(path.join(tmpdir(), 'pixelwright-record-'));
try {
  const cases: ReferenceList['cases'] = [];
  const numbers: Uint8Array[] = [];
  for (const variant of ['haswell', 'skylakex']) {
    const libraries = await linkShippedLibraries(variant);
    for (const each of embeddingCases) {
      const dump = path.join(folder, 'dump');
      const [entry, embeddings] = await record(program, libraries, dump, each, signal);
      process.stderr.write(`${variant}, ${entry.name}: ${entry.tokens} tokens of ${entry.size}\n`);
      cases.push({ ...entry, variant });
      numbers.push(embeddings);
    }
  }
  const about = {
    command: 'npx tsx test/native/vision/record.ts',
    libraries: `@node-llama-cpp ${sourceVersion}`,
  };
  await writeReference({ about, cases }, numbers);
} finally {
  await rm(folder, { recursive: true, force: true });
}
