/** Changes a page or component on disk by an instruction; all of its files or none. */
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { checkedExtensions } from '../../compose/edit/code-fault.ts';
import type { RunContext } from '../../context.ts';
import { PixelwrightError, throwIfCancelled } from '../../errors.ts';
import type { CodeFile, Replacement } from '../../tasks/edit/replacements.ts';
import { type EditCodeOptions, editCode } from './edit-code.ts';

export interface EditedFiles {
  /** Absolute paths of the files that changed. */
  readonly changed: readonly string[];
  readonly applied: readonly Replacement[];
  readonly warnings: readonly string[];
}

/** A model reads all of it: about 60,000 tokens. */
const mostBytes = 256 * 1024;

/**
 * @param file a page (.html), a component (.vue, .tsx), a script or a style sheet; of a page, the style sheet of
 *   the same name is changed too.
 * @throws PixelwrightError `input-not-found`, `input-unsupported`, `input-too-large`, `output-not-writable`, and
 *   as `editCode`; the files are as they were then.
 */
export async function editFiles(
  file: string,
  instruction: string,
  options: EditCodeOptions,
  context: RunContext,
): Promise<EditedFiles> {
  const folder = path.dirname(path.resolve(file));
  const files = await readAll(file);
  const edited = await editCode(files, instruction, options, context);
  throwIfCancelled(context.signal);
  const changed = edited.files.filter((one, index) => one.content !== files[index]?.content);
  const written = changed.map(({ path: name, content }) => ({ target: path.join(folder, name), content }));
  await replaceAll(written);
  const { applied, warnings } = edited;
  return { changed: written.map(({ target }) => target), applied, warnings };
}

async function readAll(file: string): Promise<CodeFile[]> {
  const { dir, name, ext, base } = path.parse(path.resolve(file));
  if (!checkedExtensions.includes(ext.slice(1).toLowerCase())) {
    throw new PixelwrightError('input-unsupported', `Expected a page or a component; got "${file}".`, {
      next: `Give a file that ends in ${checkedExtensions.map((one) => `.${one}`).join(', ')}.`,
    });
  }
  const main = await readSource(path.join(dir, base), file);
  if (!/\.html?$/i.test(base)) return [{ path: base, content: main }];
  const sheet = `${name}.css`;
  if (!main.includes(sheet)) return [{ path: base, content: main }];
  return [
    { path: base, content: main },
    { path: sheet, content: await readSource(path.join(dir, sheet), sheet) },
  ];
}

async function readSource(file: string, given: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > mostBytes) {
      throw new PixelwrightError(
        'input-too-large',
        `"${given}" has ${size} bytes; at most ${mostBytes} fit a prompt.`,
      );
    }
    return await readFile(file, 'utf8');
  } catch (cause) {
    if (cause instanceof PixelwrightError) throw cause;
    throw new PixelwrightError('input-not-found', `"${given}" cannot be read: ${String(cause)}`, { cause });
  }
}

/** Each beside its target first, so that a full disk leaves all as they were. */
async function replaceAll(files: readonly { readonly target: string; readonly content: string }[]) {
  const partial = (target: string): string => `${target}.${process.pid}.tmp`;
  try {
    for (const { target, content } of files) await writeFile(partial(target), content, { flag: 'wx' });
    for (const { target } of files) await rename(partial(target), target);
  } catch (cause) {
    for (const { target } of files) await rm(partial(target), { force: true });
    throw new PixelwrightError(
      'output-not-writable',
      `The changed files cannot be written: ${String(cause)}`,
      {
        cause,
      },
    );
  }
}
