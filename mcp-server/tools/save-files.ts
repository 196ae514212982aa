/** Writes the files of an answer, and says what of them the answer carries itself. */
import { mkdtemp, readdir, rmdir } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ResourceLink } from '@modelcontextprotocol/server';
import type { OutputFile, OutputFolder } from '../../shared/index.ts';
import { loadCore } from '../load-core.ts';
import type { Services } from '../services.ts';

/** Characters of text that an answer carries; more would fill the agent's memory with what it can read as a file. */
const mostCharacters = 40_000;

/** One file of an answer, as every task's schema has it. */
export interface SavedFile {
  readonly path: string;
  readonly mediaType: string;
  readonly role: OutputFile['role'];
  readonly content?: string;
  /** Absolute. */
  readonly savedAs: string;
}

/**
 * The folder that the caller named, else a new one among the temporary files, which goes again if it stays empty.
 * @throws PixelwrightError `not-allowed` outside of the roots, `output-not-writable`.
 */
export async function openAnswerFolder(
  named: string | undefined,
  stem: string,
  { roots, workingFolder }: Services,
): Promise<OutputFolder> {
  const { openAllowedFolder } = await loadCore();
  if (named === undefined) {
    // Two calls may make files of the same name, so each has a folder of its own, which does not exist yet.
    // Only its user may look into it: pages show what was in private pictures.
    const own = await mkdtemp(path.join(tmpdir(), 'pixelwright-'));
    const opened = await openAllowedFolder(path.join(own, 'out'), roots, stem);
    return {
      ...opened,
      close: async () => {
        await opened.close();
        if ((await readdir(own)).length === 0) await rmdir(own);
      },
    };
  }
  const folder = path.resolve(
    workingFolder,
    named.replace(/^~(?=$|[/\\])/, () => homedir()),
  );
  return await openAllowedFolder(folder, roots, stem);
}

/** Text as far as it fits, pictures never: they are in the files. Throws as `writeOutput`. */
export async function saveFiles(
  files: readonly OutputFile[],
  folder: OutputFolder,
  stem: string,
  signal: AbortSignal,
): Promise<SavedFile[]> {
  const name = { stem, main: files[0]?.path ?? stem };
  const { writeOutput } = await loadCore();
  const places = await writeOutput(folder, name, files, { force: false, signal });
  let room = mostCharacters;
  return files.map(({ path: file, mediaType, role, content }, index) => {
    const carried = typeof content === 'string' && content.length <= room ? { content } : {};
    room -= 'content' in carried ? carried.content.length : 0;
    return {
      path: file,
      mediaType,
      role,
      ...carried,
      savedAs: places[index] ?? path.join(folder.path, file),
    };
  });
}

/** The main file as a link, for clients that show such. */
export function linkTo({ path: name, mediaType, savedAs }: SavedFile): ResourceLink {
  return { type: 'resource_link', uri: pathToFileURL(savedAs).href, name, mimeType: mediaType };
}
