/** Huge pages for weights that llama.cpp is about to write into memory of its own. */
import { readFileSync } from 'node:fs';
import type { Library } from '../library/load.ts';
import { bind } from '../library/types.ts';

/** `MADV_HUGEPAGE` of Linux. */
const wantsHugePages = 14;

/** Less than this is not worth a huge page's rounding. */
const leastBytes = 32 * 1024 * 1024;

/** Memory of this process that belongs to no file and may be written, as the kernel lists it: `from-to`. */
export function anonymousMemory(): ReadonlySet<string> {
  if (process.platform !== 'linux') return new Set();
  const lines = readFileSync('/proc/self/maps', 'utf8').split('\n');
  return new Set(lines.flatMap((line) => /^([0-9a-f]+-[0-9a-f]+) rw-p 0+ 00:00 0\s*$/.exec(line)?.[1] ?? []));
}

/**
 * Asks for huge pages where memory has been reserved since `before`; what was touched already stays as it is. A model
 * reads every weight for every token, and with pages of 4 KB up to a quarter of that time went into finding the pages
 * (kernels that give huge pages only on request, as Ubuntu's and Fedora's do). Refusal costs speed and nothing else.
 */
export function wantHugePages(library: Library, before: ReadonlySet<string>): void {
  if (process.platform !== 'linux') return;
  // dlsym looks through what a library depends on.
  const { madvise } = bind(library.handles.llama, { madvise: ['i32', 'pointer', 'u64', 'i32'] });
  for (const range of anonymousMemory()) {
    if (before.has(range)) continue;
    const [from = 0n, to = 0n] = range.split('-').map((hex) => BigInt(`0x${hex}`));
    if (to - from >= leastBytes) madvise(from, to - from, wantsHugePages);
  }
}
