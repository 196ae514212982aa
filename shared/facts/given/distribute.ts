/** Tells which words stand on which piece of ink, by how wide both are and by what was read there. */
import { distance } from 'fastest-levenshtein';
import { joinTokens, type Token } from './tokens.ts';

/** A piece of a text's ink in one row and one style, in source pixels. */
export interface Fragment {
  readonly width: number;
  /** Of its tallest letter. */
  readonly tall: number;
  readonly row: number;
  /** What a recogniser saw there; confidence 0..1. */
  readonly read?: { readonly text: string; readonly confidence: number };
}

/** Height of a tall letter in ems. */
const tallLetter = 0.73;
/** Letters of one text that differ more than this in height are of several sizes. */
const severalSizes = 1.6;
/** Ink this many times as wide as the words by their height. */
const tooMuch = 1.5;
/** What it costs, as shares of the whole width: ink too wide or narrow, ink without words, words unlike what was read. */
const widthCost = 3;
const skipCost = 3;
const readCost = 2;
/** A line does not end inside a word. */
const brokenWord = 0.3;
/** A change of style inside a word is rare. */
const styledWord = 0.02;
/** A line break that the giver told and the ink does not have, or the reverse. */
const otherBreak = 0.04;

interface State {
  readonly cost: number;
  readonly shares: readonly (readonly [from: number, to: number] | undefined)[];
}

/**
 * @param fragments in reading order.
 * @param advance width of a text in ems.
 * @returns the words of each fragment, undefined where the ink is none of this text's. All words are given out, in
 *   order.
 */
export function distribute(
  tokens: readonly Token[],
  fragments: readonly Fragment[],
  advance: (text: string) => number,
): (readonly Token[] | undefined)[] {
  const [only] = fragments;
  if (only === undefined || tokens.length === 0) return fragments.map(() => undefined);
  if (fragments.length === 1) return [tokens];
  const starts = startsOf(tokens, advance);
  const spaces = tokens.map((token) => (token.spaced ? advance(' ') : 0));
  const emsOf = (from: number, to: number): number =>
    (starts[to] ?? 0) - (starts[from] ?? 0) - (spaces[from] ?? 0);
  const all = fragments.reduce((sum, { width }) => sum + width, 0);
  const talls = fragments.map(({ tall }) => tall);
  const breaks = tokens.some((token) => token.broken);
  const byHeight = (emsOf(0, tokens.length) * Math.max(...talls)) / tallLetter;
  // Of several sizes, or with ink that is not its own: then widths tell no common size, but heights do.
  const mixed = Math.max(...talls) > severalSizes * Math.min(...talls) || all > tooMuch * byHeight;
  const even = all / Math.max(0.1, emsOf(0, tokens.length));
  let states = new Map<number, State>([[0, { cost: 0, shares: [] }]]);
  for (const [index, fragment] of fragments.entries()) {
    const pixelsPerEm = mixed ? fragment.tall / tallLetter : even;
    const next = new Map<number, State>();
    const offer = (at: number, cost: number, before: State, share?: readonly [number, number]): void => {
      const known = next.get(at);
      if (known === undefined || cost < known.cost) next.set(at, { cost, shares: [...before.shares, share] });
    };
    const above = fragments[index - 1];
    for (const [from, state] of states) {
      offer(from, state.cost + skipCost * (fragment.width / all) + 0.02, state);
      const seam = seamCost(tokens[from], from, above !== undefined && above.row !== fragment.row, breaks);
      for (let to = from + 1; to <= tokens.length; to += 1) {
        const width = emsOf(from, to) * pixelsPerEm;
        if (width > 2.5 * fragment.width + 3 * pixelsPerEm && to < tokens.length) continue;
        const off = widthCost * (Math.abs(width - fragment.width) / all);
        const unlike = readCost * (fragment.width / all) * unlikeness(tokens, from, to, fragment);
        offer(to, state.cost + seam + off + unlike, state, [from, to]);
      }
    }
    states = next;
  }
  const shares = states.get(tokens.length)?.shares ?? [];
  return fragments.map((_, index) => {
    const share = shares[index];
    return share && tokens.slice(...share);
  });
}

function startsOf(tokens: readonly Token[], advance: (text: string) => number): number[] {
  const space = advance(' ');
  const starts = [0];
  let sum = 0;
  for (const token of tokens) {
    sum += advance(token.text) + (token.spaced ? space : 0);
    starts.push(sum);
  }
  return starts;
}

function seamCost(token: Token | undefined, from: number, newRow: boolean, breaks: boolean): number {
  if (from === 0 || token === undefined) return 0;
  if (token.spaced) return breaks && token.broken !== newRow ? otherBreak : 0;
  if (/^\p{Script=Han}/u.test(token.text)) return 0;
  return newRow ? brokenWord : styledWord;
}

/** 0..1, as far as the reading can be trusted. */
function unlikeness(tokens: readonly Token[], from: number, to: number, { read }: Fragment): number {
  if (read === undefined || read.confidence <= 0.3) return 0;
  const text = joinTokens(tokens.slice(from, to));
  const longest = Math.max(text.length, read.text.length);
  if (longest === 0 || Math.min(text.length, read.text.length) < 0.4 * longest) return read.confidence;
  return read.confidence * (distance(text, read.text) / longest);
}
