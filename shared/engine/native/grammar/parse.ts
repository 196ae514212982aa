/** Reads GBNF as llama.cpp reads it, and says where it cannot be read. */
import type { CodeRange, GrammarNode, GrammarRules } from './nodes.ts';

/** llama.cpp takes no more copies of a repeated part, counting those inside it. */
export const mostRepetitions = 2000;
const deepestGroup = 200;

export class GrammarSyntaxError extends Error {
  override readonly name = 'GrammarSyntaxError';
  /** From 1. */
  readonly line: number;

  /** @param expected What should stand here. */
  constructor(expected: string, text: string, place: number) {
    const rest = text.slice(place).split('\n', 1)[0] ?? '';
    const came = place >= text.length ? 'the grammar ends' : `“${rest.slice(0, 40)}” stands`;
    super(`expected ${expected}, and ${came} there`);
    this.line = text.slice(0, place).split('\n').length;
  }
}

/** @throws GrammarSyntaxError where llama.cpp would refuse the text. */
export function parseGrammar(text: string): GrammarRules {
  return new Reader(text).rules();
}

class Reader {
  readonly #text: string;
  #place = 0;
  /** As llama.cpp counts them: names, groups and the optional copies of repetitions. */
  #symbols = 0;
  readonly #names = new Set<string>();

  constructor(text: string) {
    this.#text = text;
  }

  rules(): GrammarRules {
    const rules = new Map<string, GrammarNode>();
    this.#space(true);
    while (this.#place < this.#text.length) {
      const start = this.#place;
      const name = this.#name();
      if (rules.has(name)) this.#fail(`no second definition of ${name}`, start);
      this.#space(false);
      if (!this.#take('::=')) this.#fail('“::=” after the name of a rule');
      this.#space(true);
      rules.set(name, this.#alternatives(0));
      if (this.#place < this.#text.length && !/[\r\n]/.test(this.#peek())) {
        this.#fail('a part of a rule or the end of the line');
      }
      this.#space(true);
    }
    return rules;
  }

  #alternatives(depth: number): GrammarNode {
    if (depth > deepestGroup) this.#fail(`at most ${deepestGroup} groups within each other`);
    const options = [this.#sequence(depth)];
    while (this.#take('|')) {
      this.#space(true);
      options.push(this.#sequence(depth));
    }
    const [only] = options;
    return options.length === 1 && only !== undefined ? only : { kind: 'choice', options };
  }

  #sequence(depth: number): GrammarNode {
    const items: GrammarNode[] = [];
    /** Copies that one more repetition would multiply. */
    let copies = 1;
    for (;;) {
      const before = this.#symbols;
      const start = this.#place;
      const item = this.#item(depth);
      if (item !== undefined) {
        items.push(item);
        copies = this.#text[start] === '(' ? Math.max(1, this.#symbols - before) : 1;
        this.#space(depth > 0);
        continue;
      }
      const times = this.#times(depth);
      if (times === undefined) break;
      const last = items.pop();
      if (last === undefined) this.#fail('something to repeat before the repetition', start);
      copies *= Math.max(1, times.most ?? times.least);
      if (copies >= mostRepetitions)
        this.#fail(`fewer than ${mostRepetitions} copies of a repeated part`, start);
      this.#symbols += times.most === undefined ? 1 : times.most - times.least;
      if (last !== undefined) items.push({ kind: 'repeat', item: last, ...times });
    }
    const [only] = items;
    return items.length === 1 && only !== undefined ? only : { kind: 'sequence', items };
  }

  #item(depth: number): GrammarNode | undefined {
    const next = this.#peek();
    if (next === '"') return this.#literal();
    if (next === '[') return this.#class();
    if (next === '<' || next === '!') return this.#token();
    if (next === '.') {
      this.#place += 1;
      return { kind: 'any' };
    }
    if (next === '(') {
      this.#place += 1;
      this.#symbols += 1;
      this.#space(true);
      const inside = this.#alternatives(depth + 1);
      if (!this.#take(')')) this.#fail('“)”');
      return inside;
    }
    return /[A-Za-z0-9-]/.test(next) ? { kind: 'rule', name: this.#name() } : undefined;
  }

  #name(): string {
    const [name] = /^[A-Za-z0-9-]+/.exec(this.#text.slice(this.#place, this.#place + 200)) ?? [];
    if (name === undefined) this.#fail('the name of a rule (letters, digits and dashes)');
    this.#place += name.length;
    if (!this.#names.has(name)) this.#symbols += 1;
    this.#names.add(name);
    return name;
  }

  #literal(): GrammarNode {
    this.#place += 1;
    let text = '';
    while (!this.#take('"')) text += String.fromCodePoint(this.#character('“"” at the end of a text'));
    return { kind: 'literal', text };
  }

  #class(): GrammarNode {
    this.#place += 1;
    const negated = this.#take('^');
    const ranges: CodeRange[] = [];
    while (!this.#take(']')) {
      const first = this.#character('“]” at the end of a class');
      const isRange = this.#peek() === '-' && this.#text[this.#place + 1] !== ']';
      if (isRange) this.#place += 1;
      ranges.push([first, isRange ? this.#character('the end of a range') : first]);
    }
    return { kind: 'class', ranges, negated };
  }

  #token(): GrammarNode {
    const [text] =
      /^!?<(?:\[\d+\]|[^[>\n][^>\n]*)>/.exec(this.#text.slice(this.#place, this.#place + 200)) ?? [];
    if (text === undefined) this.#fail('a token, as in <think> or <[1000]>');
    this.#place += text.length;
    return { kind: 'token', text };
  }

  #times(depth: number): { least: number; most: number | undefined } | undefined {
    const start = this.#place;
    const form = /^(?:[*+?]|\{\s*(\d+)\s*(,)?\s*(\d*)\s*\})/.exec(this.#text.slice(start, start + 100));
    if (form === null) {
      if (this.#peek() === '{') this.#fail('a repetition, as in {3}, {3,} or {3,5}');
      return undefined;
    }
    const [whole, least = '0', comma, most = ''] = form;
    this.#place += whole.length;
    this.#space(depth > 0);
    if (whole === '*') return { least: 0, most: undefined };
    if (whole === '+') return { least: 1, most: undefined };
    if (whole === '?') return { least: 0, most: 1 };
    const times = { least: Number(least), most: comma === undefined ? Number(least) : Number(most) };
    if (comma !== undefined && most === '') return { least: times.least, most: undefined };
    // llama.cpp would take more than its limit for no limit at all.
    if (times.most > mostRepetitions) this.#fail(`at most ${mostRepetitions} repetitions`, start);
    if (times.most < times.least) this.#fail('the smaller number of a repetition first', start);
    return times;
  }

  /** The next code point of a text or class, escapes resolved. */
  #character(expected: string): number {
    const point = this.#text.codePointAt(this.#place);
    if (point === undefined) this.#fail(expected);
    this.#place += point > 0xffff ? 2 : 1;
    if (point !== 0x5c) return point;
    const [whole, code, digits, plain] =
      /^(?:([xuU])([0-9A-Fa-f]{2,8})|([trn\\"[\]-]))/.exec(this.#text.slice(this.#place, this.#place + 9)) ??
      [];
    if (plain !== undefined) {
      this.#place += 1;
      const named: Readonly<Record<string, string>> = { t: '\t', r: '\r', n: '\n' };
      return (named[plain] ?? plain).charCodeAt(0);
    }
    const length = code === 'x' ? 2 : code === 'u' ? 4 : 8;
    const value = Number.parseInt((digits ?? '').slice(0, length), 16);
    if (whole === undefined || (digits ?? '').length < length || value > 0x10ffff) {
      this.#fail(
        'an escape (\\n, \\r, \\t, \\\\, \\", \\[, \\], \\-, \\xXX, \\uXXXX, \\UXXXXXXXX)',
        this.#place - 1,
      );
    }
    this.#place += 1 + length;
    return value;
  }

  /** Skips spaces and comments, and with `lines` the ends of lines. */
  #space(lines: boolean): void {
    const form = lines ? /(?:[ \t\r\n]|#[^\r\n]*)*/y : /(?:[ \t]|#[^\r\n]*)*/y;
    form.lastIndex = this.#place;
    this.#place += form.exec(this.#text)?.[0].length ?? 0;
  }

  #peek(): string {
    return this.#text[this.#place] ?? '';
  }

  #take(text: string): boolean {
    const isThere = this.#text.startsWith(text, this.#place);
    if (isThere) this.#place += text.length;
    return isThere;
  }

  #fail(expected: string, place = this.#place): never {
    throw new GrammarSyntaxError(expected, this.#text, place);
  }
}
