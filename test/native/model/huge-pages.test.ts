/** Huge pages are asked for where memory was reserved in between, and nowhere else. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openLibrary } from '../../../shared/engine/native/library/load.ts';
import { addressOfView } from '../../../shared/engine/native/library/memory.ts';
import { findLibrary } from '../../../shared/engine/native/library/packages.ts';
import { anonymousMemory, wantHugePages } from '../../../shared/engine/native/model/huge-pages.ts';
import { silentLog } from '../../../shared/log.ts';

/** Whether the memory at `address` may be in huge pages, by the kernel's list. */
function isHuge(address: bigint): boolean {
  let inside = false;
  for (const line of readFileSync('/proc/self/smaps', 'utf8').split('\n')) {
    const [, from, to] = /^([0-9a-f]+)-([0-9a-f]+) /.exec(line) ?? [];
    if (from && to) inside = BigInt(`0x${from}`) <= address && address < BigInt(`0x${to}`);
    if (inside && line.startsWith('VmFlags:')) return line.split(' ').includes('hg');
  }
  throw new Error(`no memory at ${address}`);
}

const bytes = 128 * 1024 * 1024;

describe.runIf(existsSync('/sys/kernel/mm/transparent_hugepage/enabled'))('huge pages', () => {
  it('are asked for new memory alone', async () => {
    const library = openLibrary(await findLibrary({ device: 'cpu', log: silentLog }));
    const old = new Uint8Array(new ArrayBuffer(bytes));
    const middle = addressOfView(old) + BigInt(bytes / 2);
    wantHugePages(library, anonymousMemory());
    expect(isHuge(middle)).toBe(false);
    const before = new Set([...anonymousMemory()].filter((range) => !contains(range, middle)));
    wantHugePages(library, before);
    expect(isHuge(middle)).toBe(true);
    expect(old[0]).toBe(0);
  });
});

function contains(range: string, address: bigint): boolean {
  const [from = 0n, to = 0n] = range.split('-').map((hex) => BigInt(`0x${hex}`));
  return from <= address && address < to;
}
