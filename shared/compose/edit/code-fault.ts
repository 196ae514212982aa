/** Whether code is code: each language by its own parser. */
import type { CodeFile } from '../../tasks/edit/replacements.ts';
import { format, type Parser } from '../prettier.ts';

const parsers: Readonly<Record<string, Parser>> = {
  html: 'html',
  htm: 'html',
  css: 'css',
  vue: 'vue',
  ts: 'typescript',
  tsx: 'typescript',
};

/** Ends of the names of files that can be checked. */
export const checkedExtensions: readonly string[] = Object.keys(parsers);

/** @returns what the parser says of the first fault; undefined for sound code, and for languages not known here. */
export async function codeFault({ path, content }: CodeFile): Promise<string | undefined> {
  const parser = parsers[path.slice(path.lastIndexOf('.') + 1).toLowerCase()];
  if (parser === undefined) return undefined;
  try {
    // The name tells the parser whether angle brackets are elements.
    await format(content, { parser, filepath: path });
    // Of a component Prettier forgives what it cannot read.
    if (parser === 'vue') for (const block of blocksOf(content)) await format(block.text, block);
    return undefined;
  } catch (error) {
    // Parsers of different languages throw classes of their own; all of them blame the text.
    if (error instanceof Error) return error.message.split('\n')[0] ?? error.name;
    throw error;
  }
}

/** The markup and the scripts of a single-file component. */
function blocksOf(content: string): { text: string; parser: Parser }[] {
  const found = content.matchAll(
    /^<(template|script)\b[^>]*>\n?([\s\S]*?)^<\/\1>|^<(template)>(.*)<\/template>/gm,
  );
  return [...found].map(([, block, inner, line, whole]) =>
    block === 'script'
      ? { text: inner ?? '', parser: 'typescript' }
      : { text: (line === undefined ? inner : whole) ?? '', parser: 'html' },
  );
}
