/** Likeness of two texts by Ratcliff and Obershelp, the measure of Python's `difflib` and of Design2Code. */

/**
 * Twice the characters in common over all characters, where "in common" is the longest common substring and,
 * on both sides of it, the same again. `difflib`'s rule of thumb for texts over 200 characters, which takes
 * frequent letters for noise, is left out.
 *
 * @returns 0..1; 1 for two empty texts.
 */
export function textSimilarity(a: string, b: string): number {
  if (a === b) return 1;
  const left = [...a];
  const right = [...b];
  return (2 * matchedCharacters(left, right)) / (left.length + right.length);
}

/** An upper bound of {@link textSimilarity} from the letters alone, much cheaper. */
export function similarityBound(a: string, b: string): number {
  const counts = new Map<string, number>();
  let length = 0;
  for (const character of a) {
    counts.set(character, (counts.get(character) ?? 0) + 1);
    length += 1;
  }
  let common = 0;
  for (const character of b) {
    length += 1;
    const left = counts.get(character) ?? 0;
    if (left === 0) continue;
    counts.set(character, left - 1);
    common += 1;
  }
  return length === 0 ? 1 : (2 * common) / length;
}

interface Span {
  readonly aStart: number;
  readonly aEnd: number;
  readonly bStart: number;
  readonly bEnd: number;
}

function matchedCharacters(a: readonly string[], b: readonly string[]): number {
  const places = new Map<string, number[]>();
  for (const [index, character] of b.entries()) {
    const known = places.get(character);
    if (known) known.push(index);
    else places.set(character, [index]);
  }
  let matched = 0;
  const open: Span[] = [{ aStart: 0, aEnd: a.length, bStart: 0, bEnd: b.length }];
  for (let span = open.pop(); span; span = open.pop()) {
    const found = longestCommon(a, places, span);
    if (found.length === 0) continue;
    matched += found.length;
    open.push({ aStart: span.aStart, aEnd: found.a, bStart: span.bStart, bEnd: found.b });
    open.push({
      aStart: found.a + found.length,
      aEnd: span.aEnd,
      bStart: found.b + found.length,
      bEnd: span.bEnd,
    });
  }
  return matched;
}

/** The longest common substring of a span; the first of several, as in `difflib`. */
function longestCommon(
  a: readonly string[],
  places: ReadonlyMap<string, readonly number[]>,
  span: Span,
): { readonly a: number; readonly b: number; readonly length: number } {
  let best = { a: span.aStart, b: span.bStart, length: 0 };
  let lengths = new Map<number, number>();
  for (let i = span.aStart; i < span.aEnd; i += 1) {
    const next = new Map<number, number>();
    for (const j of places.get(a[i] ?? '') ?? []) {
      if (j < span.bStart) continue;
      if (j >= span.bEnd) break;
      const length = (lengths.get(j - 1) ?? 0) + 1;
      next.set(j, length);
      if (length > best.length) best = { a: i - length + 1, b: j - length + 1, length };
    }
    lengths = next;
  }
  return best;
}
