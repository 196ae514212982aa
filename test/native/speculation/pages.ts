/** Real pages as tokens, drafts that differ from them, and a run of a drafter over an answer that is known. */
import { readdirSync, readFileSync } from 'node:fs';
import {
  type CostOfBatch,
  createDrafter,
  type DrafterOptions,
} from '../../../shared/engine/native/speculation/index.ts';

const folder = new URL('../../fixtures/pages/', import.meta.url);

/** Words, numbers digit by digit, runs of spaces, single signs: close to how the model's vocabulary cuts code. */
export class Tokeniser {
  readonly #ids = new Map<string, number>();
  readonly #texts: string[] = [];

  encode(text: string): number[] {
    return (text.match(/ ?[A-Za-z]+|-[a-z]+|<\/|\d|\n\s*| +|[^\s\w]|\w/g) ?? []).map((piece) => {
      const id = this.#ids.get(piece) ?? this.#texts.length;
      if (id === this.#texts.length) this.#texts.push(piece);
      this.#ids.set(piece, id);
      return id;
    });
  }

  readonly textOf = (token: number): string => this.#texts[token] ?? '';
}

export function pages(): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.html'))
    .toSorted()
    .map((name) => readFileSync(new URL(name, folder), 'utf8'));
}

/** The page as a measured draft may have it: every class has another name, and 5 % of the words differ. */
export function draftOf(page: string): string {
  const names = new Map<string, string>();
  const renamed = (name: string) => {
    const known = names.get(name) ?? `box${names.size}`;
    names.set(name, known);
    return known;
  };
  const inMarkup = page.replace(
    /class="([^"]*)"/g,
    (_match, list: string) => `class="${list.split(/\s+/).map(renamed).join(' ')}"`,
  );
  const everywhere = inMarkup.replace(/\.([a-z][\w-]*)(?=[^;{}]*\{)/g, (match, name: string) =>
    names.has(name) ? `.${renamed(name)}` : match,
  );
  let count = 0;
  return everywhere.replace(/[A-Za-z]{3,}/g, (word) => {
    count += 1;
    return count % 20 === 0 ? 'Other' : word;
  });
}

/** The words of a page, as recognised text has them. */
export function wordsOf(page: string): string {
  return page
    .replace(/<(style|title)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, '\n')
    .replace(/\s*\n\s*/g, '\n');
}

export interface Run {
  readonly tokens: number;
  readonly steps: number;
  readonly proposed: number;
  readonly accepted: number;
  /** By the curve, for all steps. */
  readonly cost: number;
  /** Against one token a step. */
  readonly speedUp: number;
}

/** What a model does that writes `answer`, whatever was guessed. */
export function run(
  answer: readonly number[],
  options: DrafterOptions & { readonly costOfBatch: CostOfBatch },
  maxTokens = 16,
): Run {
  const drafter = createDrafter(options);
  let [place, steps, proposed, accepted, cost] = [0, 0, 0, 0, 0];
  while (place < answer.length) {
    const draft = drafter.propose(Math.min(maxTokens, answer.length - place - 1));
    let right = 0;
    while (right < draft.length && draft[right] === answer[place + right]) right += 1;
    for (const token of answer.slice(place, place + right + 1)) drafter.accept(token);
    place += right + 1;
    steps += 1;
    proposed += draft.length;
    accepted += right;
    cost += options.costOfBatch(draft.length + 1);
  }
  const speedUp = (answer.length * options.costOfBatch(1)) / cost;
  return { tokens: answer.length, steps, proposed, accepted, cost, speedUp };
}

/** Several runs as one. */
export function together(runs: readonly Run[]): Run & { readonly tokensPerStep: number } {
  const sum = (field: 'tokens' | 'steps' | 'proposed' | 'accepted' | 'cost') =>
    runs.reduce((total, each) => total + each[field], 0);
  const alone = runs.reduce((total, each) => total + each.cost * each.speedUp, 0);
  return {
    tokens: sum('tokens'),
    steps: sum('steps'),
    proposed: sum('proposed'),
    accepted: sum('accepted'),
    cost: sum('cost'),
    speedUp: alone / sum('cost'),
    tokensPerStep: sum('tokens') / sum('steps'),
  };
}
