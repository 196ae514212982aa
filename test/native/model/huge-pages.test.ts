/** Weights come into huge pages when the engine is idle. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { openLibrary } from '../../../shared/engine/native/library/load.ts';
import { addressOfView } from '../../../shared/engine/native/library/memory.ts';
import { findLibrary } from '../../../shared/engine/native/library/packages.ts';
import { anonymousMemory, HugePages } from '../../../shared/engine/native/model/huge-pages.ts';
import { silentLog } from '../../../shared/log.ts';

/** What the kernel tells of the middle of some memory. */
function kernelSays(memory: Uint8Array<ArrayBuffer>, field: string): string {
  const address = addressOfView(memory) + BigInt(memory.length / 2);
  let inside = false;
  for (const line of readFileSync('/proc/self/smaps', 'utf8').split('\n')) {
    const [, range] = /^([0-9a-f]+-[0-9a-f]+) /.exec(line) ?? [];
    if (range) inside = contains(range, address);
    if (inside && line.startsWith(`${field}:`)) return line.slice(field.length + 1).trim();
  }
  throw new Error(`the kernel tells no ${field} of the memory at ${address}`);
}

const isAskedFor = (memory: Uint8Array<ArrayBuffer>): boolean =>
  kernelSays(memory, 'VmFlags').split(' ').includes('hg');

const hugeBytesAt = (memory: Uint8Array<ArrayBuffer>): number =>
  Number.parseInt(kernelSays(memory, 'AnonHugePages'), 10) * 1024;

const bytes = 128 * 1024 * 1024;

/** Memory that a model might have been loaded into. */
async function pagesOfWeights(): Promise<{ pages: HugePages; weights: Uint8Array<ArrayBuffer> }> {
  const pages = new HugePages(openLibrary(await findLibrary({ device: 'cpu', log: silentLog })));
  const weights = new Uint8Array(new ArrayBuffer(bytes));
  const middle = addressOfView(weights) + BigInt(bytes / 2);
  pages.reserved(new Set([...anonymousMemory()].filter((range) => !contains(range, middle))));
  return { pages, weights };
}

describe.runIf(existsSync('/sys/kernel/mm/transparent_hugepage/enabled'))('huge pages', () => {
  it('are made while idle, and change no weight', async () => {
    const { pages, weights } = await pagesOfWeights();
    weights.fill(7);
    const waiting = pages.leftBytes;
    if (waiting === 0) return expect(isAskedFor(weights)).toBe(true);
    expect(waiting).toBeGreaterThanOrEqual(bytes);
    pages.improve(() => true);
    await vi.waitUntil(() => pages.leftBytes === 0, { timeout: 30_000 });
    await pages.close();
    expect(hugeBytesAt(weights)).toBeGreaterThan(0);
    expect(weights.every((value) => value === 7)).toBe(true);
  });

  it('wait while there is work, and for ever once closed', async () => {
    const { pages } = await pagesOfWeights();
    const waiting = pages.leftBytes;
    let asked = 0;
    pages.improve(() => {
      asked++;
      return false;
    });
    await vi.waitUntil(() => waiting === 0 || asked > 0, { timeout: 30_000 });
    expect(pages.leftBytes).toBe(waiting);
    await pages.close();
    pages.improve(() => true);
    await pages.close();
    expect(pages.leftBytes).toBe(waiting);
  });
});

function contains(range: string, address: bigint): boolean {
  const [from = 0n, to = 0n] = range.split('-').map((hex) => BigInt(`0x${hex}`));
  return from <= address && address < to;
}
