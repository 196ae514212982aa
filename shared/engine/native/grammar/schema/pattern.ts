/** Regular expressions of `pattern` → grammar. */
import { type AST, RegExpParser, RegExpSyntaxError } from '@eslint-community/regexpp';
import { type CodeRange, choice, type GrammarNode, repeat, sequence } from '../nodes.ts';
import { characterOf, complement, union } from './code-points.ts';
import { below, type Path, refusal } from './refusal.ts';
import type { RuleSet } from './rule-set.ts';

const digits: CodeRange = [0x30, 0x39];
const word: readonly CodeRange[] = [digits, [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]];
const lineEnds: readonly CodeRange[] = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];
/** What `\s` matches, by ECMAScript. */
const spaces: readonly CodeRange[] = [
  ...([
    [0x09, 0x0d],
    [0x20, 0x20],
    [0xa0, 0xa0],
    [0x1680, 0x1680],
    [0x2000, 0x200a],
  ] as const),
  ...([
    [0x2028, 0x2029],
    [0x202f, 0x202f],
    [0x205f, 0x205f],
    [0x3000, 0x3000],
    [0xfeff, 0xfeff],
  ] as const),
];

/**
 * The content of a JSON string that matches. As JSON schema has it, a pattern without `^` and `$` may
 * match anywhere in the string.
 * @param character The grammar of any one character.
 * @throws PixelwrightError `option-invalid` for what only a regular expression can do: looking around,
 * back references, classes by Unicode property.
 */
export function patternNode(
  pattern: string,
  character: GrammarNode,
  rules: RuleSet,
  path: Path,
): GrammarNode {
  const place = below(path, 'pattern');
  const anything = repeat(character, 0);
  const options = parse(pattern, place).alternatives.map(({ elements }) => {
    const starts = isAssertion(elements[0], 'start');
    const ends = isAssertion(elements.at(-1), 'end');
    const inside = elements.slice(starts ? 1 : 0, ends ? -1 : undefined);
    const node = sequence(...inside.map((element) => new PatternWriter(rules, place).element(element)));
    return sequence(starts ? sequence() : anything, node, ends ? sequence() : anything);
  });
  return choice(...options);
}

function parse(pattern: string, place: Path): AST.Pattern {
  try {
    return new RegExpParser().parsePattern(pattern, 0, pattern.length, { unicode: true });
  } catch (error) {
    if (error instanceof RegExpSyntaxError) throw refusal(place, error.message);
    throw error;
  }
}

function isAssertion(element: AST.Element | undefined, kind: 'start' | 'end'): boolean {
  return element?.type === 'Assertion' && element.kind === kind;
}

class PatternWriter {
  readonly #rules: RuleSet;
  readonly #path: Path;

  constructor(rules: RuleSet, path: Path) {
    this.#rules = rules;
    this.#path = path;
  }

  element(element: AST.Element): GrammarNode {
    switch (element.type) {
      case 'Character':
        return this.#character([[element.value, element.value]], element);
      case 'CharacterSet':
        return this.#character(this.#set(element), element);
      case 'CharacterClass':
        return this.#character(this.#class(element), element);
      case 'CapturingGroup':
        return this.#group(element.alternatives);
      case 'Group':
        if (element.modifiers !== null) throw this.#refuse(element);
        return this.#group(element.alternatives);
      case 'Quantifier': {
        const most = element.max === Number.POSITIVE_INFINITY ? undefined : element.max;
        const item = this.element(element.element);
        return this.#rules.repeated(item, element.min, most, 'part', this.#path);
      }
      default:
        throw this.#refuse(element);
    }
  }

  #group(alternatives: readonly AST.Alternative[]): GrammarNode {
    return choice(
      ...alternatives.map(({ elements }) => sequence(...elements.map((each) => this.element(each)))),
    );
  }

  #character(ranges: readonly CodeRange[], element: AST.Element): GrammarNode {
    const node = characterOf(ranges);
    if (node === undefined) throw refusal(this.#path, `no character of a text matches ${element.raw}`);
    return node;
  }

  #class(element: AST.CharacterClass): CodeRange[] {
    const ranges = element.elements.flatMap((part): readonly CodeRange[] => {
      if (part.type === 'Character') return [[part.value, part.value]];
      if (part.type === 'CharacterClassRange') return [[part.min.value, part.max.value]];
      if (part.type === 'CharacterSet') return this.#set(part);
      throw this.#refuse(part);
    });
    return element.negate ? complement(ranges) : union(...ranges);
  }

  #set(set: AST.CharacterSet): readonly CodeRange[] {
    if (set.kind === 'any') return complement(lineEnds);
    if (set.kind === 'property') throw this.#refuse(set);
    const ranges = { digit: [digits], space: spaces, word }[set.kind];
    return set.negate ? complement(ranges) : ranges;
  }

  #refuse(node: { readonly raw: string }) {
    return refusal(this.#path, `a grammar cannot express ${node.raw} of the pattern`);
  }
}
