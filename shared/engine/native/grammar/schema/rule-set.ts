/** The rules of a grammar that is being made, with the places of the schema that they come from. */
import { empty, type GrammarNode, type GrammarRules, repeat, rule, sequence } from '../nodes.ts';
import { type Path, refusal } from './refusal.ts';

/** A schema that needs more is one that multiplies itself. */
const mostRules = 5000;
/** llama.cpp makes a copy of what is repeated for each time, up to 2000 and from there on without a limit. */
const chunk = 200;
const mostTimes = chunk * 1000;

export class RuleSet {
  readonly #rules = new Map<string, GrammarNode>();
  readonly #paths = new Map<string, Path>();

  get rules(): GrammarRules {
    return this.#rules;
  }

  /** Where in the schema a rule comes from. */
  pathOf(name: string): Path {
    return this.#paths.get(name) ?? '#';
  }

  /** A free name like `wish`, whose rule is still to be set. */
  reserve(wish: string, path: Path): string {
    if (this.#rules.size >= mostRules)
      throw refusal(path, `the grammar would need more than ${mostRules} rules`);
    const base =
      wish
        .replace(/[^A-Za-z0-9]+/g, '-')
        .replace(/^-|-$/g, '')
        .toLowerCase()
        .slice(0, 40) || 'value';
    let name = base;
    for (let count = 2; this.#rules.has(name); count += 1) name = `${base}-${count}`;
    this.#rules.set(name, empty);
    this.#paths.set(name, path);
    return name;
  }

  set(name: string, node: GrammarNode): void {
    this.#rules.set(name, node);
  }

  /** A reference to a new rule. */
  add(wish: string, node: GrammarNode, path: Path): GrammarNode {
    const name = this.reserve(wish, path);
    this.set(name, node);
    return rule(name);
  }

  /**
   * `node` from `least` to `most` times, in a form that llama.cpp does not loosen: many times are written
   * as chunks of 200 and what is left over.
   */
  repeated(
    node: GrammarNode,
    least: number,
    most: number | undefined,
    wish: string,
    path: Path,
  ): GrammarNode {
    const greatest = most ?? least;
    if (greatest > mostTimes) throw refusal(path, `at most ${mostTimes} repetitions can be counted`);
    const isAtom = node.kind === 'rule' || node.kind === 'class' || node.kind === 'literal';
    const item = isAtom || greatest <= 1 ? node : this.add(wish, node, path);
    if (greatest <= chunk) return repeat(item, least, most);
    const chunks = this.add(`${wish}-${chunk}`, repeat(item, chunk, chunk), path);
    const exactly = (times: number) => {
      const [whole, rest] = [Math.floor(times / chunk), times % chunk];
      return sequence(repeat(chunks, whole, whole), repeat(item, rest, rest));
    };
    if (most === undefined) return sequence(exactly(least), repeat(item, 0));
    const more = most - least;
    const whole = Math.max(0, Math.floor(more / chunk) - 1);
    // The left over part reaches over one chunk, so that every number of times can be made.
    return sequence(exactly(least), repeat(chunks, 0, whole), repeat(item, 0, more - whole * chunk));
  }
}
