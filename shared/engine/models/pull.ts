/** Brings a model of the catalogue onto this machine: what is missing of model and projector. */
import { freemem } from 'node:os';
import path from 'node:path';
import { PixelwrightError, throwIfCancelled } from '../../errors.ts';
import type { Environment } from '../../home-folder.ts';
import { type Log, silentLog } from '../../log.ts';
import {
  type CatalogueEntry,
  nameOf,
  type ProjectorQuantisation,
  parseName,
  parseProjector,
  projectorQuantisations,
  type Quantisation,
} from './catalogue.ts';
import { chooseModel, defaultEntry, type FreeMemory } from './choose-model.ts';
import { requireSpace } from './disk-space.ts';
import { download } from './download.ts';
import { type FoundModel, findModel, isFile, localFiles } from './find-model.ts';
import { hubAddress } from './hub-address.ts';
import { HubClient } from './hub-client.ts';
import { fileUrl, type HubFile, listRepository, repositoryPage, requirePart } from './listing.ts';
import { withLock } from './lock.ts';
import { type Part, pickFile } from './pick-file.ts';
import { entryFolder, partPath, readReceipt, sizeOf } from './store-layout.ts';
import type { TransferProgress } from './transfer-meter.ts';

export interface PullOptions {
  readonly signal: AbortSignal;
  readonly environment?: Environment;
  /** The setting of that name. */
  readonly modelHub?: string | undefined;
  /** Decides where the name does not; without it as for a machine without a graphics processor. */
  readonly memory?: FreeMemory;
  readonly log?: Log;
  /** At most ten times a second, and once at the end of each file. */
  readonly onProgress?: (progress: TransferProgress) => void;
  /** A wait, in words. */
  readonly onNote?: (note: string) => void;
  /** Before the second, third, … try that brings nothing new, in milliseconds. */
  readonly retryDelaysMs?: readonly number[];
}

export interface PulledModel extends FoundModel {
  /** Files that were not here before, and are now. */
  readonly downloaded: readonly string[];
}

/**
 * Downloads what is missing; a model that is here already, in the store or in Hugging Face's cache, asks
 * nobody.
 * @param wanted `model`: name with or without a quantisation, the default if absent; `mmproj`: `Q8_0`, `F16`.
 * @throws PixelwrightError `option-invalid`, `network`, `not-allowed`, `model-missing`, `model-corrupt`,
 *   `output-not-writable`, `cancelled`.
 */
export async function pullModel(
  wanted: { readonly model?: string | undefined; readonly mmproj?: string | undefined },
  options: PullOptions,
): Promise<PulledModel> {
  const environment = options.environment ?? process.env;
  const { entry, quantisation, projector } = resolve(wanted, options.memory);
  const parts: readonly Part[] = [
    { role: 'model', quantisation },
    { role: 'mmproj', quantisation: projector },
  ];
  const missing = await missingParts(entry, parts, environment);
  const downloaded = missing.length === 0 ? [] : await pullParts(entry, missing, environment, options);
  const found = await findModel({ model: nameOf(entry, quantisation), mmproj: projector }, { environment });
  if (found !== undefined) return { ...found, downloaded };
  throw new PixelwrightError(
    'model-missing',
    `${nameOf(entry, quantisation)} was removed while it was downloaded.`,
  );
}

function resolve(
  wanted: { readonly model?: string | undefined; readonly mmproj?: string | undefined },
  memory: FreeMemory | undefined,
): { entry: CatalogueEntry; quantisation: Quantisation; projector: ProjectorQuantisation } {
  if (isFile(wanted.model)) {
    throw new PixelwrightError(
      'option-invalid',
      `Expected the name of a model to download; ${wanted.model} is a file.`,
      {
        next: 'Give a name, as "pixelwright models list" shows them.',
      },
    );
  }
  const named = wanted.model === undefined ? { entry: defaultEntry() } : parseName(wanted.model);
  const projector = wanted.mmproj === undefined ? undefined : parseProjector(wanted.mmproj);
  if (wanted.mmproj !== undefined && projector === undefined) {
    throw new PixelwrightError(
      'option-invalid',
      `Expected one of ${projectorQuantisations.join(', ')} as vision file to download; got "${wanted.mmproj}".`,
      { next: 'Leave --mmproj out to have the right one chosen.' },
    );
  }
  const choice = chooseModel(memory ?? { freeSystemBytes: freemem() }, { entry: named.entry });
  return {
    entry: named.entry,
    quantisation: named.quantisation ?? choice.quantisation,
    projector: projector ?? choice.projector,
  };
}

async function missingParts(
  entry: CatalogueEntry,
  parts: readonly Part[],
  environment: Environment,
): Promise<Part[]> {
  const files = await localFiles(entry, environment);
  const missing: Part[] = [];
  for (const part of parts) {
    const file = pickFile(files, part);
    const receipt = file?.origin === 'store' ? await readReceipt(file.path) : undefined;
    const damaged = receipt !== undefined && receipt.bytes !== file?.bytes;
    if (file === undefined || damaged) missing.push(part);
  }
  return missing;
}

async function pullParts(
  entry: CatalogueEntry,
  parts: readonly Part[],
  environment: Environment,
  options: PullOptions,
): Promise<string[]> {
  const { signal, log = silentLog, onNote, retryDelaysMs } = options;
  const client = new HubClient(hubAddress(options.modelHub, environment), {
    environment,
    log,
    onNote,
    retryDelaysMs,
  });
  try {
    const listed = await listRepository(client, entry, signal);
    const files = parts.map((part) => requirePart(listed, part, entry));
    const folder = entryFolder(entry, environment);
    const rest = await Promise.all(
      files.map(async ({ name, bytes }) => bytes - (await sizeOf(partPath(path.join(folder, name))))),
    );
    await requireSpace(
      folder,
      rest.reduce((sum, bytes) => sum + Math.max(0, bytes), 0),
    );
    const downloaded: string[] = [];
    for (const file of files) {
      if (await pullFile(client, entry, file, path.join(folder, file.name), options))
        downloaded.push(file.name);
    }
    return downloaded;
  } finally {
    await client.close();
  }
}

/** False where another process has brought it meanwhile. */
async function pullFile(
  client: HubClient,
  entry: CatalogueEntry,
  file: HubFile,
  target: string,
  options: PullOptions,
): Promise<boolean> {
  const wait = (): void =>
    options.onNote?.(`Another process is downloading ${file.name}; waiting for it to end.`);
  return await withLock(target, options.signal, wait, async (signal) => {
    throwIfCancelled(signal);
    const present = await readReceipt(target);
    const whole = (await sizeOf(target)) === file.bytes;
    if (whole && present?.sha256 === file.sha256) return false;
    const task = {
      url: fileUrl(client, entry, file.name),
      page: repositoryPage(client, entry),
      file,
      target,
      receipt: {
        repository: entry.repository,
        revision: entry.revision,
        file: file.name,
        hub: client.address.base,
        bytes: file.bytes,
        sha256: file.sha256,
        downloaded: new Date().toISOString(),
      },
      onProgress: options.onProgress ?? (() => {}),
    };
    await download(client, task, signal);
    return true;
  });
}
