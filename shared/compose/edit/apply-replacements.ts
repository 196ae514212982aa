/** Replaces text in code where it is found exactly once. */
import type { CodeFile, Replacement } from '../../tasks/edit/replacements.ts';

export interface Replaced {
  readonly files: readonly CodeFile[];
  readonly applied: readonly Replacement[];
  /** Sentences about those that were left out. */
  readonly warnings: readonly string[];
}

/**
 * Applies each in turn. Where the text does not stand there letter by letter, it is looked for with any white
 * space, because models do not keep indentation.
 */
export function applyReplacements(
  files: readonly CodeFile[],
  replacements: readonly Replacement[],
): Replaced {
  const contents = new Map(files.map(({ path, content }) => [path, content]));
  const applied: Replacement[] = [];
  const warnings: string[] = [];
  for (const replacement of replacements) {
    const { file, search, replace } = replacement;
    const content = contents.get(file);
    const places = content === undefined ? [] : placesOf(content, search);
    const [place] = places;
    if (content === undefined || place === undefined || places.length > 1) {
      const found =
        content === undefined ? 'there is no such file' : `it stands there ${places.length} times`;
      warnings.push(`A change of ${file} was left out: ${JSON.stringify(search.slice(0, 60))}, ${found}.`);
      continue;
    }
    if (content.slice(place.from, place.to) === replace) continue;
    contents.set(file, content.slice(0, place.from) + replace + content.slice(place.to));
    applied.push(replacement);
  }
  return {
    files: files.map(({ path, content }) => ({ path, content: contents.get(path) ?? content })),
    applied,
    warnings,
  };
}

interface Place {
  readonly from: number;
  readonly to: number;
}

/** At most two: more tell nothing. */
function placesOf(content: string, search: string): Place[] {
  const exact = content.indexOf(search);
  if (exact >= 0) {
    const second = content.indexOf(search, exact + 1);
    return [exact, second].filter((at) => at >= 0).map((from) => ({ from, to: from + search.length }));
  }
  const words = search
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const pattern = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('\\s+');
  const found = [...content.matchAll(new RegExp(pattern, 'g'))].slice(0, 2);
  return found.map((match) => ({ from: match.index, to: match.index + match[0].length }));
}
