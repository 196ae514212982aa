/** What of the extension's manifest and of its texts is made from the code: settings, and the strings to translate. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { getL10nJson } from '@vscode/l10n-dev';
import { z } from 'zod';
import { contribution } from '../extension/settings/contribution.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const objectSchema = z.record(z.string(), z.unknown());
type JsonObject = z.infer<typeof objectSchema>;

/** Made from the code, or in part. */
export const editorFiles = ['package.json', 'package.nls.json', 'l10n/bundle.l10n.json'] as const;

/** What is in a file, and what should be. */
interface GeneratedFile {
  readonly name: (typeof editorFiles)[number];
  readonly current: JsonObject;
  readonly fresh: JsonObject;
}

/** English texts in the code, by themselves; a comment for translators makes the key longer. */
export async function stringsInCode(): Promise<JsonObject> {
  const folder = path.join(root, 'extension');
  const names = (await readdir(folder, { recursive: true }))
    .filter((name) => name.endsWith('.ts'))
    .toSorted();
  const sources = names.map(async (name) => ({
    extension: '.ts',
    contents: await readFile(path.join(folder, name), 'utf8'),
  }));
  return sorted(await getL10nJson(await Promise.all(sources)));
}

/** @param names relative to the root. */
export async function readJson(name: string): Promise<JsonObject> {
  const text = await readFile(path.join(root, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  return objectSchema.parse(JSON.parse(text));
}

async function generatedFiles(): Promise<GeneratedFile[]> {
  const { configuration, restricted, texts } = contribution();
  const manifest = await readJson('package.json');
  const contributes = objectSchema.parse(manifest['contributes'] ?? {});
  const capabilities = objectSchema.parse(manifest['capabilities'] ?? {});
  const untrusted = objectSchema.parse(capabilities['untrustedWorkspaces'] ?? {});
  const names = await readJson('package.nls.json');
  const others = Object.entries(names).filter(([key]) => !/^settings?\./.test(key));
  return [
    {
      name: 'package.json',
      current: manifest,
      fresh: {
        ...manifest,
        capabilities: {
          ...capabilities,
          untrustedWorkspaces: { ...untrusted, restrictedConfigurations: restricted },
        },
        contributes: { ...contributes, configuration },
      },
    },
    { name: 'package.nls.json', current: names, fresh: { ...Object.fromEntries(others), ...texts } },
    {
      name: 'l10n/bundle.l10n.json',
      current: await readJson('l10n/bundle.l10n.json'),
      fresh: await stringsInCode(),
    },
  ];
}

/** @param check tells only. @returns names of files that were stale. */
export async function writeEditorTexts(check: boolean): Promise<string[]> {
  const files = await generatedFiles();
  await mkdir(path.join(root, 'l10n'), { recursive: true });
  const stale = files.filter(({ current, fresh }) => !isDeepStrictEqual(current, fresh));
  for (const { name, fresh } of check ? [] : stale)
    await writeFile(path.join(root, name), `${JSON.stringify(fresh, null, 2)}\n`);
  return stale.map(({ name }) => name);
}

const sorted = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).toSorted(([a], [b]) => (a < b ? -1 : 1)));
