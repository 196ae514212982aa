/** Texts of a grammar: whether one belongs to it, and random ones of it. */
import type { GrammarNode, GrammarRules } from '../../../shared/engine/native/grammar/nodes.ts';

/** Whether `root` matches the whole text. */
export function matches(rules: GrammarRules, text: string): boolean {
  const points = [...text].map((character) => character.codePointAt(0) ?? 0);
  const known = new Map<string, ReadonlySet<number>>();
  const ruleEnds = (name: string, start: number): ReadonlySet<number> => {
    const key = `${start} ${name}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = ends(nodeOf(rules, name), start);
    known.set(key, made);
    return made;
  };
  const fromAll = (starts: ReadonlySet<number>, node: GrammarNode) =>
    new Set([...starts].flatMap((start) => [...ends(node, start)]));
  const ends = (node: GrammarNode, start: number): ReadonlySet<number> => {
    const point = points[start];
    switch (node.kind) {
      case 'literal': {
        const wanted = [...node.text].map((character) => character.codePointAt(0));
        return new Set(
          wanted.every((each, index) => points[start + index] === each) ? [start + wanted.length] : [],
        );
      }
      case 'class': {
        const isIn = node.ranges.some(([from, to]) => point !== undefined && from <= point && point <= to);
        return new Set(point !== undefined && isIn !== node.negated ? [start + 1] : []);
      }
      case 'any':
        return new Set(point === undefined ? [] : [start + 1]);
      case 'token':
        throw new Error('tokens are no texts');
      case 'rule':
        return ruleEnds(node.name, start);
      case 'choice':
        return new Set(node.options.flatMap((option) => [...ends(option, start)]));
      case 'sequence':
        return node.items.reduce<ReadonlySet<number>>(fromAll, new Set([start]));
      case 'repeat': {
        const { item, least, most = Number.POSITIVE_INFINITY } = node;
        const all = new Set<number>();
        let here: ReadonlySet<number> = new Set([start]);
        for (let times = 0; times <= most && here.size > 0; times += 1) {
          if (times >= least) {
            const before = all.size;
            for (const end of here) all.add(end);
            if (all.size === before) break;
          }
          here = fromAll(here, item);
        }
        return all;
      }
    }
  };
  return ruleEnds('root', 0).has(points.length);
}

/** Random texts of a grammar; the same seed gives the same text. */
export class Sampler {
  readonly #rules: GrammarRules;
  /** Fewest rules within each other that a rule needs to come to an end. */
  readonly #depths = new Map<string, number>();
  #state: number;

  constructor(rules: GrammarRules, seed: number) {
    this.#rules = rules;
    this.#state = seed >>> 0;
    for (let before = -1; before !== this.#depths.size; ) {
      before = this.#depths.size;
      for (const [name, node] of rules) {
        const depth = this.#depth(node) + 1;
        if (!this.#depths.has(name) && Number.isFinite(depth)) this.#depths.set(name, depth);
      }
    }
  }

  /** @param budget Characters after which it comes to an end as soon as it can. */
  text(budget = 300): string {
    let out = '';
    const write = (node: GrammarNode): void => {
      const isSpent = out.length > budget;
      switch (node.kind) {
        case 'literal':
          out += node.text;
          return;
        case 'class':
          out += this.#character(node.ranges, node.negated);
          return;
        case 'any':
          out += this.#character([[0x20, 0x7e]], false);
          return;
        case 'token':
          throw new Error('tokens are no texts');
        case 'rule':
          write(nodeOf(this.#rules, node.name));
          return;
        case 'sequence':
          for (const item of node.items) write(item);
          return;
        case 'choice': {
          const shortest = node.options.toSorted((a, b) => this.#depth(a) - this.#depth(b))[0];
          const option = isSpent ? shortest : node.options[this.#below(node.options.length)];
          if (option !== undefined) write(option);
          return;
        }
        case 'repeat': {
          const more = Math.min((node.most ?? node.least + 6) - node.least, 6);
          const times = node.least + (isSpent ? 0 : this.#below(more + 1));
          for (let time = 0; time < times; time += 1) write(node.item);
        }
      }
    };
    write({ kind: 'rule', name: 'root' });
    return out;
  }

  #depth(node: GrammarNode): number {
    switch (node.kind) {
      case 'rule':
        return this.#depths.get(node.name) ?? Number.POSITIVE_INFINITY;
      case 'sequence':
        return Math.max(0, ...node.items.map((item) => this.#depth(item)));
      case 'choice':
        return Math.min(...node.options.map((option) => this.#depth(option)));
      case 'repeat':
        return node.least === 0 ? 0 : this.#depth(node.item);
      default:
        return 0;
    }
  }

  #character(ranges: readonly (readonly [number, number])[], negated: boolean): string {
    const isIn = (point: number) => ranges.some(([from, to]) => from <= point && point <= to);
    for (let attempt = 0; negated && attempt < 1000; attempt += 1) {
      const point = this.#pick([
        [0x00, 0x7f],
        [0x20, 0x7e],
        [0x80, 0x24ff],
        [0x1f600, 0x1f64f],
      ]);
      if (!isIn(point)) return String.fromCodePoint(point);
    }
    return String.fromCodePoint(this.#pick(ranges));
  }

  #pick(ranges: readonly (readonly [number, number])[]): number {
    const [from, to] = ranges[this.#below(ranges.length)] ?? [0x20, 0x20];
    return from + this.#below(to - from + 1);
  }

  /** Numerical Recipes' linear congruential generator; its low bits repeat soon. */
  #below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * limit);
  }
}

function nodeOf(rules: GrammarRules, name: string): GrammarNode {
  const node = rules.get(name);
  if (node === undefined) throw new Error(`no rule ${name}`);
  return node;
}
