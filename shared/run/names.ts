/** File names for what is written: safe on every platform, told apart where two inputs share a name. */

/** Longest stem, in characters; with 3-byte characters and a suffix it stays under 255 bytes. */
const longestStem = 60;

// Names that Windows keeps for devices, whatever the extension.
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** `/tmp/My login (1).png` → `My-login-1`; a data URI → `picture`. */
export function stemOf(reference: string): string {
  if (/^data:/i.test(reference)) return 'picture';
  const place = /^(clipboard|screenshot):/i.exec(reference)?.[1];
  if (place !== undefined) return place.toLowerCase();
  const unquoted = reference
    .trim()
    .replace(/^@/, '')
    .replace(/^(['"])(.*)\1$/, '$2');
  const path = /^[a-z][a-z\d+.-]+:\/\//i.test(unquoted) ? pathOfUrl(unquoted) : unquoted;
  const base = path.split(/[\\/]/).findLast((part) => part !== '') ?? '';
  const stem = base
    .replace(/\.[^.]{1,5}$/, '')
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+|[.-]+$/g, '');
  const short = [...stem]
    .slice(0, longestStem)
    .join('')
    .replace(/[.-]+$/, '');
  if (short === '') return 'picture';
  return reserved.test(short) ? `${short}-picture` : short;
}

function pathOfUrl(url: string): string {
  if (!URL.canParse(url)) return url;
  const { pathname } = new URL(url);
  try {
    return decodeURIComponent(pathname);
  } catch {
    // A stray % is no fault of the file: its raw path serves as well for a name.
    return pathname;
  }
}

/**
 * One stem for each reference, in order; the second `login` becomes `login-2`, whatever the case.
 * @param fileOf what a stem's main file is called; `my-shop` and `my_shop` are one component.
 */
export function distinctStems(
  references: readonly string[],
  fileOf: (stem: string) => string = (stem) => stem,
): string[] {
  const taken = new Set<string>();
  const keyOf = (stem: string): string => fileOf(stem).toLowerCase();
  const wanted = references.map(stemOf);
  // Names that are given as they are stay theirs: `a, a, a-2` must not take the third one's name.
  const plain = new Set(wanted.map(keyOf));
  return wanted.map((stem) => {
    let name = stem;
    for (let count = 2; taken.has(keyOf(name)); count += 1) {
      const candidate = `${stem}-${count}`;
      if (!plain.has(keyOf(candidate))) name = candidate;
    }
    taken.add(keyOf(name));
    return name;
  });
}
