/** Which sequence a prompt gets: the longest prefix, shared or taken over; what gives way, and what is counted. */
import { beforeEach, describe, expect, it } from 'vitest';
import {
  advanceOf,
  cellsOf,
  commonLength,
  type Entry,
  imageEntry,
  tokenEntry,
} from '../../../shared/engine/native/scheduler/entries.ts';
import { type Sequence, Sequences } from '../../../shared/engine/native/scheduler/sequences.ts';

/** Cells by sequence, as a context keeps them: each a position. */
class Cells {
  readonly calls: string[] = [];
  truncate(sequence: number, position: number): void {
    this.calls.push(`truncate ${sequence} from ${position}`);
  }
  share(from: number, to: number, position: number): void {
    this.calls.push(`share ${from} with ${to} before ${position}`);
  }
}

const tokens = (words: string): Entry[] => [...words].map((letter) => tokenEntry(letter.codePointAt(0) ?? 0));
const image = (key: string, columns: number, rows: number): Entry =>
  imageEntry({ key, columns, rows, encode: () => Promise.reject(new Error('not asked for')) });

let cells: Cells;
let sequences: Sequences;
beforeEach(() => {
  cells = new Cells();
  sequences = new Sequences(cells, { cells: 20, count: 3 });
});

/** A sequence for the prompt, all of it decoded. */
function decoded(prompt: readonly Entry[], headroom = 0): Sequence {
  const acquired = sequences.acquire(prompt, headroom);
  if (acquired === undefined) throw new Error('there is no place');
  sequences.append(acquired.sequence, prompt.slice(acquired.covered));
  return acquired.sequence;
}

describe('entries', () => {
  it('a picture takes a cell for each token, and as many positions as its longer side', () => {
    const entries = [...tokens('ab'), image('x', 5, 3), image('y', 2, 4)];
    expect(cellsOf(entries)).toBe(2 + 15 + 8);
    expect(advanceOf(entries)).toBe(2 + 5 + 4);
  });

  it('have in common what is equal from the start, up to the limit', () => {
    const a = [...tokens('ab'), image('x', 1, 1), ...tokens('c')];
    const b = [...tokens('ab'), image('x', 1, 1), ...tokens('d')];
    expect(commonLength(a, b, 10)).toBe(3);
    expect(commonLength(a, a, 2)).toBe(2);
    expect(commonLength(a, [], 10)).toBe(0);
    expect(commonLength([image('x', 1, 1)], [image('y', 1, 1)], 10)).toBe(0);
  });
});

describe('a sequence', () => {
  it('is given for a new prompt, empty', () => {
    expect(sequences.acquire(tokens('hello'), 3)).toMatchObject({
      covered: 0,
      sequence: { entries: [], position: 0 },
    });
    expect(cells.calls).toEqual([]);
  });

  it('counts its cells and positions', () => {
    const sequence = decoded([...tokens('ab'), image('x', 4, 2), ...tokens('c')]);
    expect(sequences.usedCells).toBe(11);
    expect(sequence.position).toBe(7);
    sequences.truncate(sequence, 2);
    expect([sequences.usedCells, sequence.position]).toEqual([2, 2]);
    expect(cells.calls).toEqual([`truncate ${sequence.id} from 2`]);
  });

  it('in use shares its prefix, whose cells count once', () => {
    const first = decoded(tokens('hello one'));
    const { sequence, covered } = sequences.acquire(tokens('hello two'), 0) ?? {};
    expect(covered).toBe(6);
    expect(cells.calls).toEqual([`share ${first.id} with ${sequence?.id} before 6`]);
    expect(sequences.usedCells).toBe(9);
  });

  it('does not cover the last entry of the prompt, whose logits are wanted', () => {
    decoded(tokens('hello'));
    expect(sequences.acquire(tokens('hello'), 0)?.covered).toBe(4);
  });

  it('that was kept is taken over by a prompt that goes on from it', () => {
    const first = decoded(tokens('hello'));
    sequences.release(first, true);
    expect(sequences.keptCount).toBe(1);
    const { sequence, covered } = sequences.acquire(tokens('hello you'), 0) ?? {};
    expect([sequence?.id, covered, sequences.keptCount]).toEqual([first.id, 5, 0]);
  });

  it('that was kept stays for others when a prompt shares only its beginning', () => {
    const first = decoded(tokens('hello one'));
    sequences.release(first, true);
    const { sequence, covered } = sequences.acquire(tokens('hello two'), 0) ?? {};
    expect(sequence?.id).not.toBe(first.id);
    expect([covered, sequences.keptCount]).toEqual([6, 1]);
  });

  it('that is given back without being kept is free', () => {
    sequences.release(decoded(tokens('hello')), false);
    expect([sequences.usedCells, sequences.keptCount]).toEqual([0, 0]);
    expect(sequences.acquire(tokens('hello'), 0)?.covered).toBe(0);
  });

  it('given back twice is given back once', () => {
    const first = decoded(tokens('hello'));
    sequences.release(first, true);
    sequences.release(first, true);
    expect(sequences.keptCount).toBe(1);
  });
});

describe('where there is no room', () => {
  it('kept sequences give way, the oldest first', () => {
    for (const words of ['aaaaaaaa', 'bbbbbbbb']) sequences.release(decoded(tokens(words)), true);
    decoded(tokens('cccccc'));
    expect(sequences.keptCount).toBe(1);
    expect(sequences.acquire(tokens('bbbb'), 0)?.covered).toBe(3);
  });

  it('those in use stay', () => {
    decoded(tokens('aaaaaaaaaaaaaaa'));
    expect(sequences.acquire(tokens('bbbbbb'), 0)).toBeUndefined();
    expect(sequences.acquire(tokens('bbbbb'), 0)).toBeDefined();
  });

  it('headroom counts', () => {
    decoded(tokens('aaaaaaaaaa'));
    expect(sequences.acquire(tokens('bbbbb'), 6)).toBeUndefined();
    expect(sequences.acquire(tokens('bbbbb'), 5)).toBeDefined();
  });

  it('what a kept sequence holds beyond the prompt gives way before the place is refused', () => {
    sequences.release(decoded(tokens('hello and much more')), true);
    const acquired = sequences.acquire(tokens('hello, you there'), 2);
    expect(acquired?.covered).toBe(5);
    expect(sequences.usedCells).toBe(5);
  });

  it('of numbers, the oldest kept one gives its own', () => {
    const used = decoded(tokens('a'));
    const [one, two] = [decoded(tokens('b')), decoded(tokens('c'))];
    sequences.release(one, true);
    sequences.release(two, true);
    expect(decoded(tokens('d')).id).toBe(one.id);
    expect(sequences.acquire(tokens('e'), 0)?.sequence.id).toBe(two.id);
    expect(sequences.acquire(tokens('f'), 0)).toBeUndefined();
    expect(used.entries).toHaveLength(1);
  });

  it('all kept ones can be dropped at once', () => {
    for (const words of ['aaa', 'bbb', 'ccc']) sequences.release(decoded(tokens(words)), true);
    expect(sequences.dropKept()).toBe(3);
    expect(sequences.dropKept()).toBe(0);
    expect(sequences.usedCells).toBe(0);
  });
});
