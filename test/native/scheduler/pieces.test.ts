/** The small pieces: text from bytes, the queue of parts, the cache of embeddings. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EnginePart } from '../../../shared/engine/engine.ts';
import { EmbeddingCache } from '../../../shared/engine/native/scheduler/embedding-cache.ts';
import { PartQueue } from '../../../shared/engine/native/scheduler/part-queue.ts';
import { TextOutput } from '../../../shared/engine/native/scheduler/text-output.ts';

/** The texts told after each piece, then the rest. */
function told(pieces: readonly Uint8Array[], stops?: readonly string[]): string[] {
  const output = new TextOutput(stops);
  return [...pieces.map((piece) => output.push(piece)), output.end()];
}

/** Cuts bytes at the given places. */
function cut(text: string, places: readonly number[]): Uint8Array[] {
  const bytes = Buffer.from(text);
  const at = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...at].map((from, index) => bytes.subarray(from, [...at, bytes.length][index]));
}

describe('text', () => {
  it('is the same however its bytes are cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.nat(200)), (text, places) => {
        expect(told(cut(text, places)).join('')).toBe(text);
      }),
      { seed: 1 },
    );
  });

  it('ends before the first stop text, however its bytes are cut', () => {
    const words = fc.stringMatching(/^[abc🦊]{0,30}$/u);
    const stops = fc.array(fc.stringMatching(/^[abc🦊]{1,4}$/u), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(words, stops, fc.array(fc.nat(60)), (text, all, places) => {
        const pieces = told(cut(text, places), all).join('');
        const found = all.map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
        // A stop text that is whole earlier ends the text even if another one begins before it.
        const ends = all.flatMap((stop) => (text.includes(stop) ? [text.indexOf(stop) + stop.length] : []));
        if (found.length === 0) expect(pieces).toBe(text);
        else
          expect(
            all.some(
              (stop) => text.startsWith(pieces + stop) && pieces.length + stop.length >= Math.min(...ends),
            ),
          ).toBe(true);
        if (found.length > 0) expect(all.some((stop) => pieces.includes(stop))).toBe(false);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('is held back only as far as it could be a stop text', () => {
    expect(
      told([Buffer.from('ab<'), Buffer.from('e'), Buffer.from('x'), Buffer.from('<end>z')], ['<end>']),
    ).toEqual(['ab', '', '<ex', '', '']);
  });

  it('half a character comes as such at the end only', () => {
    const fox = Buffer.from('🦊');
    expect(told([fox.subarray(0, 2)])).toEqual(['', '\ufffd']);
    expect(told([fox.subarray(0, 2), fox.subarray(2)])).toEqual(['', '🦊', '']);
  });
});

describe('the queue of parts', () => {
  const part = (text: string): EnginePart => ({ type: 'text-delta', text });
  const all = async (queue: PartQueue): Promise<EnginePart[]> => {
    const parts: EnginePart[] = [];
    for await (const each of queue) parts.push(each);
    return parts;
  };

  it('gives what came before the reader, and what comes after', async () => {
    const queue = new PartQueue();
    queue.push(part('a'));
    const reading = all(queue);
    await Promise.resolve();
    queue.push(part('b'));
    queue.push(part('c'));
    queue.end();
    expect(await reading).toEqual(['a', 'b', 'c'].map(part));
  });

  it('gives nothing after its end', async () => {
    const queue = new PartQueue();
    queue.push(part('a'));
    queue.end();
    queue.push(part('b'));
    queue.fail(new Error('late'));
    expect(await all(queue)).toEqual([part('a')]);
  });

  it('drops what was not read when it fails', async () => {
    const queue = new PartQueue();
    queue.push(part('a'));
    queue.fail(new Error('broken'));
    await expect(all(queue)).rejects.toThrow('broken');
  });

  it('wakes a waiting reader when it fails', async () => {
    const queue = new PartQueue();
    const reading = all(queue);
    await Promise.resolve();
    queue.fail(new Error('broken'));
    await expect(reading).rejects.toThrow('broken');
  });
});

describe('the cache of embeddings', () => {
  const floats = (count: number): Float32Array => new Float32Array(count);

  it('gives up what was used least recently, by bytes', () => {
    const cache = new EmbeddingCache(100);
    cache.set('a', floats(10));
    cache.set('b', floats(10));
    expect(cache.get('a')).toBeDefined();
    cache.set('c', floats(10));
    expect([cache.get('a'), cache.get('b'), cache.get('c')].map((found) => found !== undefined)).toEqual([
      true,
      false,
      true,
    ]);
    expect(cache.bytes).toBe(80);
  });

  it('gives up several for a large one', () => {
    const cache = new EmbeddingCache(100);
    for (const key of ['a', 'b', 'c', 'd']) cache.set(key, floats(6));
    cache.set('large', floats(24));
    expect(['a', 'b', 'c', 'd'].filter((key) => cache.get(key))).toEqual([]);
    expect(cache.bytes).toBe(96);
  });

  it('does not keep what is larger than all of it, and loses nothing for it', () => {
    const cache = new EmbeddingCache(100);
    cache.set('a', floats(10));
    cache.set('large', floats(26));
    expect([cache.get('large'), cache.bytes]).toEqual([undefined, 40]);
    expect(cache.get('a')).toBeDefined();
  });

  it('counts a key that is set again once', () => {
    const cache = new EmbeddingCache(100);
    cache.set('a', floats(10));
    cache.set('a', floats(20));
    expect([cache.bytes, cache.get('a')?.length]).toEqual([80, 20]);
    cache.set('a', floats(30));
    expect([cache.bytes, cache.get('a')]).toEqual([0, undefined]);
    cache.set('b', floats(5));
    cache.clear();
    expect([cache.bytes, cache.get('b')]).toEqual([0, undefined]);
  });
});
