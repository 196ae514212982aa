/** The parts of the drafter against what they stand for: a search through all that came, a parser, a cost. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClosingTags } from '../../../shared/engine/native/speculation/closing-tags.ts';
import { ContextIndex } from '../../../shared/engine/native/speculation/context-index.ts';
import { DraftLength } from '../../../shared/engine/native/speculation/draft-length.ts';
import { boundary, Suffix, Tape } from '../../../shared/engine/native/speculation/tape.ts';
import { TextTrack } from '../../../shared/engine/native/speculation/text-track.ts';

describe('ContextIndex', () => {
  /** The latest place before the end with the same `order` tokens before it, by looking at every place. */
  function naive(all: readonly number[], tail: readonly number[], order: number): number | undefined {
    const context = [...all, ...tail].slice(-order);
    if (context.length < order || context.includes(boundary)) return undefined;
    for (let place = all.length - 1; place >= order; place -= 1) {
      const before = all.slice(place - order, place);
      if (all[place] !== boundary && before.every((token, index) => token === context[index])) return place;
    }
    return undefined;
  }

  it('finds what a search through everything finds, after guesses too', () => {
    const token = fc.integer({ min: -1, max: 3 });
    const tokens = fc.array(token, { maxLength: 120 });
    const guesses = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 5 });
    fc.assert(
      fc.property(tokens, guesses, fc.integer({ min: 1, max: 6 }), (all, guessed, order) => {
        const tape = new Tape();
        const index = new ContextIndex(tape, order);
        for (const each of all) {
          if (each !== boundary) index.learn(new Suffix(tape), each);
          tape.push(each);
        }
        const suffix = new Suffix(tape);
        for (let count = 0; count <= guessed.length; count += 1) {
          expect(index.find(suffix)?.place).toBe(naive(all, guessed.slice(0, count), order));
          suffix.guess(guessed[count] ?? 0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('counts how steady the follower is, and keeps all while it grows', () => {
    const tape = new Tape();
    const index = new ContextIndex(tape, 2);
    const push = (token: number) => {
      index.learn(new Suffix(tape), token);
      tape.push(token);
    };
    for (let token = 0; token < 5000; token += 1) push(token);
    for (const follower of [2, 2, 2]) for (const token of [0, 1, follower]) push(token);
    for (const token of [0, 1]) push(token);
    expect(index.find(new Suffix(tape))).toEqual({ place: 5008, repeats: 3, returns: 3 });
    for (const token of [7, 0, 1]) push(token);
    expect(index.find(new Suffix(tape))).toEqual({ place: 5011, repeats: 0, returns: 4 });
    for (const token of [4000, 4001]) push(token);
    expect(index.find(new Suffix(tape))).toEqual({ place: 4002, repeats: 0, returns: 0 });
  });
});

describe('TextTrack', () => {
  function follow(text: readonly number[], answer: readonly number[]): number[] {
    const tape = new Tape();
    for (const token of text) tape.push(token);
    const track = new TextTrack(tape, 0, text.length);
    tape.push(boundary);
    return answer.map((token) => {
      tape.push(token);
      track.accept(token, new Suffix(tape));
      return track.next(0);
    });
  }
  const text = Array.from({ length: 200 }, (_, index) => 1000 + index);

  it('starts with the third agreeing token and ends with the text', () => {
    expect(follow(text, text.slice(0, 5))).toEqual([boundary, boundary, 1003, 1004, 1005]);
    expect(follow(text, text.slice(190)).at(-1)).toBe(boundary);
  });

  it('goes on at once after one other token, and soon after more or fewer', () => {
    expect(follow(text, [...text.slice(0, 10), 1, 1011]).slice(-2)).toEqual([1011, 1012]);
    expect(follow(text, [...text.slice(0, 10), 1, 2, 3, 4, 1011]).at(-1)).toBe(1012);
    expect(follow(text, [...text.slice(0, 10), 1, 1030]).at(-1)).toBe(1031);
  });

  it('gives up after many other tokens, and takes the thread up again elsewhere', () => {
    const elsewhere = Array.from({ length: 40 }, (_, index) => index);
    const places = follow(text, [...text.slice(0, 10), ...elsewhere, ...text.slice(150, 153)]);
    expect(places.at(-4)).toBe(boundary);
    expect(places.at(-1)).toBe(1153);
  });

  it('prefers a place after the last one', () => {
    const twice = [1, 2, 3, 50, ...text, 1, 2, 3, 60];
    expect(follow(twice, [1, 2, 3]).at(-1)).toBe(50);
    expect(
      follow(twice, [...text.slice(0, 30), 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 1, 2, 3]).at(-1),
    ).toBe(60);
  });
});

describe('ClosingTags', () => {
  /** The names foreseen at the start of each closing tag, by pieces that the vocabulary could have. */
  function foreseen(markup: string): (string | undefined)[] {
    const pieces = markup.match(/<\/|\w+|[^\w<]+|</g) ?? [];
    const ids = [...new Set(pieces)];
    const tags = new ClosingTags((token) => ids[token] ?? '');
    return pieces.flatMap((piece) => {
      tags.accept(ids.indexOf(piece));
      const expected = tags.expected();
      return piece === '</' ? [expected === undefined ? undefined : ids[expected]] : [];
    });
  }

  it('foresees the name of the innermost open element', () => {
    expect(foreseen('<ul class="a"><li>x</li><li><b>y</b></li></ul>')).toEqual(['li', 'b', 'li', 'ul']);
  });

  it('knows elements that need no end, and those that end themselves', () => {
    expect(foreseen('<!doctype html><p><br>a<img src="a.png"><path d="M0"/></p>')).toEqual(['p']);
  });

  it('goes on after an element that was left open', () => {
    expect(foreseen('<div><p>a</div></p><i></i>')).toEqual(['p', undefined, 'i']);
  });

  it('does not know the tokens of a name that did not begin with one', () => {
    const pieces = ['<body', '>', '</', '<', 'p'];
    const tags = new ClosingTags((token) => pieces[token] ?? '');
    for (const token of [0, 1, 2]) tags.accept(token);
    expect(tags.expected()).toBeUndefined();
  });

  it('a copy reads on without changing what it was copied from', () => {
    const pieces = ['<', 'p', '>', '</'];
    const tags = new ClosingTags((token) => pieces[token] ?? '');
    for (const token of [0, 1, 2, 3]) tags.accept(token);
    const copy = tags.clone();
    copy.accept(1);
    expect(copy.expected()).toBeUndefined();
    expect(tags.expected()).toBe(1);
  });
});

describe('DraftLength', () => {
  const line = (tokens: number) => 1 + 0.35 * (tokens - 1);

  it('guesses as long as the next guess is worth its cost', () => {
    expect(new DraftLength(line).choose([0.9, 0.9, 0.3, 0.9])).toBe(2);
    expect(new DraftLength(line).choose([0.3, 0.99, 0.99])).toBe(0);
    expect(new DraftLength(line).choose([])).toBe(0);
  });

  it('sees past a step in the cost', () => {
    const stairs = (tokens: number) => (tokens === 1 ? 1 : 1.5 + 0.01 * tokens);
    expect(new DraftLength(stairs).choose([0.5, 0.9, 0.9, 0.9])).toBe(4);
    expect(new DraftLength(stairs).choose([0.5])).toBe(0);
  });

  it('asks for more certainty when more is to be had elsewhere', () => {
    const length = new DraftLength(line);
    for (let step = 0; step < 100; step += 1) length.learn(8, 8, 8);
    expect(length.rate).toBeGreaterThan(2);
    expect(length.choose([0.6])).toBe(0);
    expect(new DraftLength(line).choose([0.6])).toBe(1);
  });

  it('takes a cost whose unit changes', () => {
    let unit = 1;
    const length = new DraftLength((tokens) => unit * line(tokens));
    for (let step = 0; step < 20; step += 1) length.learn(1, 1, 1);
    unit = 50;
    expect(length.choose([0.9, 0.9, 0.3])).toBe(2);
    expect(length.rate).toBeLessThan(2);
  });

  it('backs off when hopes fail, and tries again after a while', () => {
    const length = new DraftLength(line);
    for (let step = 0; step < 30; step += 1) length.learn(3, 0, 2.5);
    expect(length.choose([0.9, 0.9])).toBe(0);
    let waited = 0;
    while (length.choose([0.9, 0.9]) === 0 && waited < 1000) {
      length.learn(0, 0, 0);
      waited += 1;
    }
    expect(waited).toBeGreaterThan(5);
    expect(waited).toBeLessThan(100);
  });
});
