/** Asks a hub which files a repository has, how large they are, and which SHA-256 each has. */
import { z } from 'zod';
import { PixelwrightError } from '../../errors.ts';
import type { CatalogueEntry } from './catalogue.ts';
import type { HubAnswer, HubClient } from './hub-client.ts';
import { connectionError } from './hub-errors.ts';
import { type Part, pickFile } from './pick-file.ts';

export interface HubFile {
  readonly name: string;
  readonly bytes: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** A listing is tens of kilobytes; a server that sends more does not send a listing. */
const mostListingBytes = 4 * 1024 * 1024;

/** The hub's tree: `size` of a large file is its own, `lfs.oid` its SHA-256 (some mirrors write `sha256:` before it). */
const treeSchema = z.array(
  z.looseObject({
    type: z.string(),
    path: z.string(),
    size: z.number().int().nonnegative().optional(),
    lfs: z.looseObject({ oid: z.string(), size: z.number().int().positive() }).nullish(),
  }),
);

const repositoryPage = ({ address }: HubClient, entry: CatalogueEntry): string =>
  `${address.base}/${entry.repository}`;

/** Where a file of the repository is downloaded from. */
export const fileUrl = (client: HubClient, entry: CatalogueEntry, name: string): string =>
  `${repositoryPage(client, entry)}/resolve/${encodeURIComponent(entry.revision)}/${encodeURIComponent(name)}`;

export { repositoryPage };

/**
 * The GGUF files of the entry's repository.
 * @throws PixelwrightError `network`, `not-allowed`, `model-missing`, `cancelled`.
 */
export async function listRepository(
  client: HubClient,
  entry: CatalogueEntry,
  signal: AbortSignal,
): Promise<HubFile[]> {
  const url = `${client.address.base}/api/models/${entry.repository}/tree/${encodeURIComponent(entry.revision)}`;
  const text = await client.retrying(
    async () => {
      const headers = { accept: 'application/json' };
      return await readText(await client.get(url, repositoryPage(client, entry), signal, headers), signal);
    },
    signal,
    { retries: 2 },
  );
  return parseTree(text, url).flatMap(({ type, path, lfs }) => {
    const sha256 = lfs?.oid.replace(/^sha256:/, '').toLowerCase();
    const whole = type === 'file' && /\.gguf$/i.test(path) && !/[\\/]/.test(path);
    if (!whole || !lfs || sha256 === undefined || !/^[0-9a-f]{64}$/.test(sha256)) return [];
    return [{ name: path, bytes: lfs.size, sha256 }];
  });
}

/** The file of a listing that is that part. @throws PixelwrightError `model-missing` with what is there. */
export function requirePart(files: readonly HubFile[], part: Part, entry: CatalogueEntry): HubFile {
  const file = pickFile(files, part);
  if (file !== undefined) return file;
  const what = part.role === 'model' ? 'model' : 'vision file (mmproj)';
  const names = files.map(({ name }) => name);
  throw new PixelwrightError(
    'model-missing',
    `Expected a ${what} in ${part.quantisation} in ${entry.repository}; the hub lists ${names.join(', ') || 'no GGUF file with a checksum'}.`,
    { next: 'Choose another quantisation, or another hub with --model-hub.', details: { files: names } },
  );
}

async function readText(answer: HubAnswer, signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of answer.body) {
      // undici's body gives buffers where no encoding is set.
      const piece = chunk as Buffer;
      bytes += piece.length;
      if (bytes > mostListingBytes) throw noListing(answer.url, `more than ${mostListingBytes} bytes`);
      chunks.push(piece);
    }
  } catch (error) {
    if (error instanceof PixelwrightError || signal.aborted) throw error;
    throw connectionError(answer.url, error);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseTree(text: string, url: string): z.infer<typeof treeSchema> {
  try {
    const tree = treeSchema.safeParse(JSON.parse(text));
    if (tree.success) return tree.data;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw noListing(url, /^\s*</.test(text) ? 'a web page' : JSON.stringify(text.slice(0, 80)));
}

function noListing(url: string, came: string): PixelwrightError {
  return new PixelwrightError('network', `Expected a listing of files from ${url}; got ${came}.`, {
    next: 'Correct the address of the hub (HF_ENDPOINT, --model-hub); a network with a login page must be entered in a browser first.',
  });
}
