/** A result as one file that a browser saves. */
import { type Zippable, zipSync } from 'fflate';
import type { OutputFile } from '../write-output.ts';

export interface Download {
  readonly name: string;
  readonly mediaType: string;
  readonly base64: string;
}

/** @param files for `single` only the first is taken. @param stem of the archive's name. */
export function download(files: readonly OutputFile[], form: 'zip' | 'single', stem: string): Download {
  const [main] = files;
  if (main === undefined) throw new RangeError('There is nothing to save.');
  if (form === 'zip')
    return { name: `${stem}.zip`, mediaType: 'application/zip', base64: base64(zipped(files)) };
  return { name: main.path, mediaType: main.mediaType, base64: base64(main.content) };
}

const base64 = (content: string | Uint8Array): string => Buffer.from(content).toString('base64');

/** A zip archive of all files. The same files give the same bytes: none carries a time of its own. */
export function zipped(files: readonly OutputFile[]): Uint8Array {
  const archive: Zippable = {};
  for (const { path, content, role } of files) {
    // Pictures are packed already. The time is the earliest that the format can hold.
    archive[path] = [Buffer.from(content), { level: role === 'asset' ? 0 : 9, mtime: '1980-01-02' }];
  }
  return zipSync(archive);
}
