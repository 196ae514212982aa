/** The pages that are measured, and the viewport each asks for. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';

export interface BenchPage {
  /** File name without its extension. */
  readonly name: string;
  readonly file: string;
  /** Viewport in which its screenshot is taken, CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/**
 * Lists the pages of a folder.
 *
 * @param patterns names, in which `*` stands for anything; all pages if there is none.
 * @throws Error if a pattern names no page.
 */
export async function listPages(folder: string, patterns: readonly string[]): Promise<BenchPage[]> {
  const names = (await readdir(folder))
    .filter((name) => name.endsWith('.html'))
    .map((name) => name.slice(0, -5));
  for (const pattern of patterns) {
    if (!names.some(matcher(pattern)))
      throw new Error(`Expected a page like "${pattern}"; there are: ${names.join(', ')}.`);
  }
  const wanted = names.filter(
    (name) => patterns.length === 0 || patterns.some((pattern) => matcher(pattern)(name)),
  );
  return Promise.all(
    wanted.sort().map(async (name) => {
      const file = path.join(folder, `${name}.html`);
      return { name, file, ...viewportOf(await readFile(file, 'utf8')) };
    }),
  );
}

/** Reads `<meta name="bench" content="width=1280 height=800">`; those figures are the default. */
export function viewportOf(source: string): { readonly width: number; readonly height: number } {
  const content = metaContent(parse(source), 'bench') ?? '';
  const figure = (name: string, fallback: number) =>
    Number(new RegExp(`\\b${name}=(\\d+)`).exec(content)?.[1] ?? fallback);
  return { width: figure('width', 1280), height: figure('height', 800) };
}

function metaContent(node: DefaultTreeAdapterTypes.Node, name: string): string | undefined {
  if ('attrs' in node && node.tagName === 'meta') {
    const attribute = (key: string) => node.attrs.find((each) => each.name === key)?.value;
    if (attribute('name') === name) return attribute('content');
  }
  if (!('childNodes' in node)) return undefined;
  for (const child of node.childNodes) {
    const found = metaContent(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function matcher(pattern: string): (name: string) => boolean {
  const source = pattern
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  const expression = new RegExp(`^${source}$`);
  return (name) => expression.test(name);
}
