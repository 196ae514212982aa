/** The nearest of some names to one that was typed wrong. */
import { closest, distance } from 'fastest-levenshtein';

const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Undefined where nothing is so near that it could be meant. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  const typed = plain(word);
  if (typed === '' || names.length === 0) return undefined;
  const same = names.find((name) => plain(name) === typed);
  // Agents know other servers' names: image_path, imageUrl, image_source.
  const part = names.find((name) => typed.includes(plain(name)) || plain(name).includes(typed));
  if (same !== undefined || part !== undefined) return same ?? part;
  const near = closest(typed, names.map(plain));
  if (distance(typed, near) > Math.max(1, near.length / 2)) return undefined;
  return names.find((name) => plain(name) === near);
}
