/** The recorded embeddings: a list of what they belong to, and the numbers in a file of their own. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const listFile = fileURLToPath(new URL('reference.json', import.meta.url));
const numbersFile = fileURLToPath(new URL('reference.f32', import.meta.url));

const listSchema = z.object({
  about: z.object({
    command: z.string(),
    libraries: z.string(),
  }),
  cases: z.array(
    z.object({
      name: z.string(),
      /** The CPU variant that computed them: processors with AVX2 alone and with AVX-512 round differently. */
      variant: z.string(),
      tokens: z.int(),
      /** Floats of one token. */
      size: z.int(),
      /** Hex SHA-256 of the projector file. */
      projector: z.string(),
    }),
  ),
});

export type ReferenceList = z.infer<typeof listSchema>;

export interface Reference {
  readonly tokens: number;
  readonly size: number;
  readonly projector: string;
  readonly embeddings: Float32Array;
}

/** By the names of the cases; one for each variant. */
export async function readReference(): Promise<ReadonlyMap<string, readonly Reference[]>> {
  const { cases } = listSchema.parse(JSON.parse(await readFile(listFile, 'utf8')));
  const bytes = await readFile(numbersFile);
  const found = new Map<string, Reference[]>();
  let at = 0;
  for (const { name, tokens, size, projector } of cases) {
    const embeddings = new Float32Array(tokens * size);
    for (let index = 0; index < embeddings.length; index++)
      embeddings[index] = bytes.readFloatLE(at + index * 4);
    at += embeddings.byteLength;
    found.set(name, [...(found.get(name) ?? []), { tokens, size, projector, embeddings }]);
  }
  if (at !== bytes.length) throw new Error(`${numbersFile} has ${bytes.length} bytes, the list names ${at}.`);
  return found;
}

export async function writeReference(list: ReferenceList, numbers: readonly Uint8Array[]): Promise<void> {
  await replace(listFile, `${JSON.stringify(list, null, 2)}\n`);
  await replace(numbersFile, Buffer.concat(numbers));
}

async function replace(file: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, content);
  await rename(temporary, file);
}
