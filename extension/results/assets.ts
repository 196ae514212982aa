/** Takes pictures out of a page that was edited, back into files of their own. */
import type { OutputFile } from '../../shared/index.ts';

/**
 * What is to be written for a page as it stands in the editor: the text with paths in place of its pictures, those
 * pictures that it still shows, and the components beside it with theirs.
 * @param files of the result, the page first.
 * @param beside paths of the texts that are no part of the page in the editor: components, and styles of theirs.
 */
export function extractAssets(
  text: string,
  files: readonly OutputFile[],
  beside: readonly string[] = [],
): readonly OutputFile[] {
  const [main] = files;
  if (main === undefined) return [];
  let page = text;
  const used: OutputFile[] = [];
  const components = otherSources(files).filter(({ file }) => beside.includes(file.path));
  const shownThere = (file: OutputFile): boolean =>
    components.some(
      ({ text: source }) => source.includes(file.path) || source.includes(encodeURI(file.path)),
    );
  for (const file of files) {
    if (file.role !== 'asset' || typeof file.content === 'string') continue;
    const data = `data:${file.mediaType};base64,${Buffer.from(file.content).toString('base64')}`;
    if (!page.includes(data) && !shownThere(file)) continue;
    page = page.replaceAll(data, encodeURI(file.path));
    used.push(file);
  }
  return [{ ...main, content: page }, ...components.map(({ file }) => file), ...used];
}

/** All texts but the main file: of inlined files those that the page cannot hold. */
export function otherSources(
  files: readonly OutputFile[],
): { readonly file: OutputFile; readonly text: string }[] {
  return files.slice(1).flatMap((file) => {
    const { content: text } = file;
    return typeof text === 'string' ? [{ file, text }] : [];
  });
}
