/** What is known and what is here, for people and for `--json`. */

import path from 'node:path';
import type { Environment } from '../../home-folder.ts';
import { catalogue, nameOf, projectorQuantisations, quantisations } from './catalogue.ts';
import { chooseModel, type FreeMemory } from './choose-model.ts';
import { localFiles } from './find-model.ts';
import { hubCacheFolder } from './hub-cache.ts';
import { type Part, pickFile } from './pick-file.ts';
import { entryFolder, type LocalFile, modelsFolder, namesIn, sizeOf } from './store-layout.ts';

export interface ListedFile {
  readonly role: Part['role'];
  /** `qwen3-vl-2b:Q8_0` for a model, `qwen3-vl-2b` for a projector of all of them. */
  readonly name: string;
  readonly quantisation: string;
  /** What is here, else what the catalogue says. */
  readonly bytes: number;
  readonly tested: boolean;
  /** What `models pull` would take on this machine. */
  readonly recommended: boolean;
  readonly path?: string;
  readonly origin?: LocalFile['origin'];
  /** Of a download that was cut. */
  readonly partBytes?: number;
}

export interface ModelList {
  readonly folder: string;
  readonly hubCache: string;
  readonly files: readonly ListedFile[];
}

export async function listModels(
  memory: FreeMemory,
  environment: Environment = process.env,
): Promise<ModelList> {
  const files: ListedFile[] = [];
  for (const [index, entry] of catalogue.entries()) {
    const here = await localFiles(entry, environment);
    const parts = await partFiles(entryFolder(entry, environment));
    const choice = chooseModel(memory, { entry });
    const row = (name: string, part: Part, nominal: number, chosen: string): ListedFile => {
      const file = pickFile(here, part);
      const begun = pickFile(parts, part);
      return {
        role: part.role,
        name,
        quantisation: part.quantisation,
        bytes: file?.bytes ?? nominal,
        tested: entry.tested,
        recommended: index === 0 && part.quantisation === chosen,
        ...(file === undefined ? {} : { path: file.path, origin: file.origin }),
        ...(file !== undefined || begun === undefined ? {} : { partBytes: begun.bytes }),
      };
    };
    for (const quantisation of quantisations) {
      const part = { role: 'model', quantisation } as const;
      files.push(row(nameOf(entry, quantisation), part, entry.modelBytes[quantisation], choice.quantisation));
    }
    for (const quantisation of projectorQuantisations) {
      const part = { role: 'mmproj', quantisation } as const;
      files.push(row(entry.name, part, entry.projectorBytes[quantisation], choice.projector));
    }
  }
  return { folder: modelsFolder(environment), hubCache: hubCacheFolder(environment), files };
}

async function partFiles(folder: string): Promise<{ name: string; bytes: number }[]> {
  const names = (await namesIn(folder)).filter((name) => /\.gguf\.part$/i.test(name));
  return await Promise.all(
    names.map(async (name) => ({
      name: name.replace(/\.part$/, ''),
      bytes: await sizeOf(path.join(folder, name)),
    })),
  );
}
