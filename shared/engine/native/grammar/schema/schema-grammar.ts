/** JSON schema → a grammar whose every text is JSON that the schema accepts. */
import type { JsonSchema } from '../../../engine.ts';
import { findProblem } from '../analyse.ts';
import {
  choice,
  type GrammarNode,
  type GrammarRules,
  literal,
  oneOf,
  optional,
  repeat,
  rule,
  sequence,
} from '../nodes.ts';
import { printGrammar } from '../print.ts';
import { alternatives, requireDisjoint } from './alternatives.ts';
import type { Builder } from './builder.ts';
import { isAnything, type Member, readSchema, type Schema } from './keywords.ts';
import { below, type Path, refusal } from './refusal.ts';
import { RuleSet } from './rule-set.ts';
import { resolveReference } from './scope.ts';
import { characterNode } from './strings.ts';
import { plainNode } from './values.ts';

/** Characters of the schema and of the grammar. */
const longestSchema = 200_000;
const longestGrammar = 1_000_000;
const deepest = 100;
/** Characters of all parts together, as they are once references and `allOf` are worked out. */
const mostToWorkOut = 1_000_000;

/**
 * GBNF for a JSON schema (draft 2020-12, and the tuples of draft 7). The same schema gives the same text.
 *
 * The grammar is stricter than the schema in places: properties come in the order of the schema, none but
 * the named ones unless `additionalProperties` asks for more; without `type` a schema means the types that
 * its keywords are about; tuples are written whole; numbers have up to 15 digits.
 * @throws PixelwrightError `option-invalid`, with the place in the schema, for what no grammar can hold a
 * model to, such as `not` or a `pattern` that looks around; nothing is left out silently.
 */
export function schemaGrammar(schema: JsonSchema): string {
  const text = printGrammar(schemaRules(schema));
  if (text.length > longestGrammar) {
    throw refusal('#', `its grammar would have ${text.length} characters, more than ${longestGrammar}`);
  }
  return text;
}

/** The grammar as a tree. @throws PixelwrightError `option-invalid` */
export function schemaRules(schema: JsonSchema): GrammarRules {
  const length = lengthOf(schema);
  if (length > longestSchema) {
    throw refusal('#', `it has ${length} characters, more than ${longestSchema}`);
  }
  const conversion = new Conversion(schema);
  const problem = findProblem(conversion.rules.rules);
  if (problem === undefined) return conversion.rules.rules;
  const path = conversion.rules.pathOf(problem.rule);
  if (problem.kind === 'left-recursion')
    throw refusal(path, 'it refers to itself without a value in between');
  if (problem.kind === 'endless')
    throw refusal(path, 'it always asks for itself again, so that no value ends');
  throw refusal(path, 'it repeats without a limit something that may be empty');
}

function lengthOf(schema: JsonSchema): number {
  try {
    return JSON.stringify(schema).length;
  } catch (error) {
    if (error instanceof TypeError) throw refusal('#', 'it is no JSON: it holds itself or a big integer');
    throw error;
  }
}

class Conversion implements Builder {
  readonly rules = new RuleSet();
  readonly space: GrammarNode;
  readonly character: GrammarNode;
  readonly #root: JsonSchema;
  /** Names of rules by the text of their schema, so that a schema that contains itself comes to an end. */
  readonly #known = new Map<string, string>();
  #depth = 0;
  #workedOut = 0;

  constructor(root: JsonSchema) {
    this.#root = root;
    const start = this.rules.reserve('root', '#');
    const indentation = sequence(literal('\n'), repeat(oneOf(' ', '\t'), 0, 20));
    this.space = this.rules.add('space', optional(choice(literal(' '), indentation)), '#');
    this.character = this.rules.add('char', characterNode, '#');
    this.rules.set(start, this.value(root, '#', 'value'));
  }

  value(member: Member, path: Path, name: string): GrammarNode {
    const target = this.#target(member, path, name);
    if (target.member === false) throw refusal(target.path, 'nothing is valid there');
    const text = isAnything(target.member) ? 'true' : JSON.stringify(target.member);
    const known = this.#known.get(text);
    if (known !== undefined) return rule(known);
    // A reference inside of what it is combined with makes ever larger parts, each twice the one before.
    this.#workedOut += text.length;
    if (text.length > longestSchema || this.#workedOut > mostToWorkOut) {
      throw refusal(path, 'combining it with what it refers to makes it too large');
    }
    if (this.#depth >= deepest) throw refusal(path, `it nests deeper than ${deepest} levels`);
    const reserved = this.rules.reserve(text === 'true' ? 'anything' : target.name, target.path);
    this.#known.set(text, reserved);
    this.#depth += 1;
    this.rules.set(reserved, this.#node(target.member, target.path, reserved));
    this.#depth -= 1;
    return rule(reserved);
  }

  /** What a bare reference leads to, by as many steps as it takes. */
  #target(member: Member, path: Path, name: string): { member: Member; path: Path; name: string } {
    const seen = new Set<string>();
    let target = { member, path, name };
    for (;;) {
      const { member: current } = target;
      if (typeof current === 'boolean' || typeof current['$ref'] !== 'string') return target;
      const { $ref, ...rest } = current;
      if (!isAnything(rest)) return target;
      if (seen.has($ref)) throw refusal(target.path, `the reference ${$ref} comes back to itself`);
      seen.add($ref);
      const next = resolveReference(this.#root, $ref, target.path);
      target = { ...next, name: $ref.split('/').at(-1) ?? name };
    }
  }

  #node(member: Member, path: Path, name: string): GrammarNode {
    const schema = typeof member === 'boolean' ? {} : readSchema(member, path);
    const combination = onlyCombination(schema);
    if (combination !== undefined) return this.#oneOfMany(combination, path, name);
    const plain = alternatives(this.#root, member, path);
    if (plain.length === 0) throw refusal(path, 'nothing satisfies all of it');
    return choice(...plain.map((each) => plainNode(each, path, name, this)));
  }

  /** Alternatives as they stand, so that references among them stay references. */
  #oneOfMany({ keyword, members }: Combination, path: Path, name: string): GrammarNode {
    const place = (index: number) => below(path, keyword, index);
    if (keyword === 'oneOf') {
      const options = members.map((each, index) => alternatives(this.#root, each, place(index)));
      requireDisjoint(this.#root, options, path);
    }
    return choice(...members.map((each, index) => this.value(each, place(index), `${name}-${index}`)));
  }
}

interface Combination {
  readonly keyword: 'anyOf' | 'oneOf';
  readonly members: readonly Member[];
}

function onlyCombination(schema: Schema): Combination | undefined {
  if (Object.keys(schema).length !== 1) return undefined;
  if (schema.anyOf !== undefined) return { keyword: 'anyOf', members: schema.anyOf };
  return schema.oneOf === undefined ? undefined : { keyword: 'oneOf', members: schema.oneOf };
}
