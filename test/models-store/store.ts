/** A store of its own for each test: an environment that leads nowhere else. */
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type PullOptions, pullModel } from '../../shared/engine/models/index.ts';
import { folder } from '../cli/command.ts';
import { type Hub, repository, sha256 } from './hub.ts';

export interface Store {
  readonly environment: Record<string, string>;
  /** Where a file of the 2B model lies in the store. */
  at(name: string): string;
  /** Puts a file into Hugging Face's cache as its own tools do, and gives its path there. */
  intoHubCache(name: string, bytes: Buffer, commit?: string): Promise<string>;
}

export async function newStore(hub?: Hub): Promise<Store> {
  const home = await folder();
  const hubCache = path.join(home, 'huggingface');
  const cached = path.join(hubCache, `models--${repository.replace('/', '--')}`);
  return {
    environment: {
      PIXELWRIGHT_HOME: path.join(home, 'pixelwright'),
      HF_HUB_CACHE: hubCache,
      ...(hub === undefined ? {} : { HF_ENDPOINT: hub.url }),
    },
    at: (name) => path.join(home, 'pixelwright', 'models', 'qwen3-vl-2b', name),
    intoHubCache: async (name, bytes, commit = '1'.repeat(40)) => {
      const blob = path.join(cached, 'blobs', sha256(bytes));
      const link = path.join(cached, 'snapshots', commit, name);
      for (const file of [blob, link]) await mkdir(path.dirname(file), { recursive: true });
      await writeFile(blob, bytes);
      await symlink(path.relative(path.dirname(link), blob), link);
      return link;
    },
  };
}

/** A machine without a graphics processor, and without waits. */
export const quick = { memory: { freeSystemBytes: 16e9 }, retryDelaysMs: [0, 0, 0] } as const;

export const pull = (
  store: Store,
  wanted: { model?: string; mmproj?: string } = {},
  options: Partial<PullOptions> = {},
) =>
  pullModel(wanted, {
    ...quick,
    environment: store.environment,
    signal: new AbortController().signal,
    ...options,
  });
