/** Tells files of a model apart by their names: the hub's listing and folders on disk alike. */
import type { ProjectorQuantisation, Quantisation } from './catalogue.ts';

/** A language model, or the projector that gives it eyes. */
export type Part =
  | { readonly role: 'model'; readonly quantisation: Quantisation }
  | { readonly role: 'mmproj'; readonly quantisation: ProjectorQuantisation };

const isProjector = (name: string): boolean => /(^|[-._])mmproj([-._]|$)/i.test(name);

/**
 * Whether a file is that part. By convention of GGUF repositories a projector has `mmproj` in its name, and
 * the quantisation stands before the extension with a separator, so that `BF16` is not taken for `F16`.
 * A file in several pieces (`-00001-of-00003`) is none.
 */
export function isPart(fileName: string, part: Part): boolean {
  if (isProjector(fileName) !== (part.role === 'mmproj')) return false;
  return new RegExp(`[-._]${part.quantisation}\\.gguf$`, 'i').test(fileName);
}

/** The quantisation in a file's name, in capitals; undefined where its name tells none. */
export function quantisationIn(fileName: string): string | undefined {
  return /[-._]((?:I?Q\d\w*|B?F16|F32))\.gguf$/i.exec(fileName)?.[1]?.toUpperCase();
}

/**
 * The shortest of the names that fit: a variant (`…-imatrix-Q8_0`) is longer than the plain file. Of files of
 * one name the first.
 */
export function pickFile<File extends { readonly name: string }>(
  files: readonly File[],
  part: Part,
): File | undefined {
  return files
    .filter(({ name }) => isPart(name, part))
    .sort((a, b) => a.name.length - b.name.length || compare(a.name, b.name))[0];
}

const compare = (a: string, b: string): number => Number(a > b) - Number(a < b);
