/** Takes pictures out of a page that was edited, back into files of their own. */
import type { OutputFile } from '../../shared/index.ts';

/**
 * What is to be written for a page as it stands in the editor: the text with paths in place of its pictures, and
 * those pictures that it still shows.
 * @param files of the result, the page first; only its pictures are taken.
 */
export function extractAssets(text: string, files: readonly OutputFile[]): readonly OutputFile[] {
  const [main] = files;
  if (main === undefined) return [];
  let page = text;
  const used: OutputFile[] = [];
  for (const file of files) {
    if (file.role !== 'asset' || typeof file.content === 'string') continue;
    const data = `data:${file.mediaType};base64,${Buffer.from(file.content).toString('base64')}`;
    if (!page.includes(data)) continue;
    page = page.replaceAll(data, encodeURI(file.path));
    used.push(file);
  }
  return [{ ...main, content: page }, ...used];
}
