/** Reads JSON that a model wrote, complete or not: what is broken is passed over and counted. */

/** An object keeps all its keys in order, as a model may write one twice. */
export interface LooseObject {
  readonly entries: readonly (readonly [key: string, value: LooseValue])[];
}
export interface LooseList {
  readonly items: readonly LooseValue[];
}
export type LooseValue = string | number | boolean | LooseObject | LooseList;

export interface LooseReading {
  /** Objects and lists that stand beside each other; what is around them is passed over. */
  readonly values: readonly (LooseObject | LooseList)[];
  /** Stretches that are no JSON, and values that do not end. */
  readonly broken: number;
}

/** Deeper values are broken, so that no answer can exhaust the stack. */
const deepest = 48;

/** Never throws. A number or text that the answer ends in is left out, since it may lack its end. */
export function readLoosely(answer: string): LooseReading {
  return new Reader(fenced(answer) ?? answer).values();
}

/** What stands in fences, where there are any; the last may be open. */
function fenced(answer: string): string | undefined {
  const inside = answer.split(/```[a-zA-Z]*/).filter((_, index) => index % 2 === 1);
  return inside.length === 0 ? undefined : inside.join('\n');
}

class Reader {
  readonly #text: string;
  #at = 0;
  #broken = 0;

  constructor(text: string) {
    this.#text = text;
  }

  values(): LooseReading {
    const values: (LooseObject | LooseList)[] = [];
    while (this.#at < this.#text.length) {
      const next = this.#text[this.#at];
      // A bracket in a sentence holds no value; only what begins like ours is read.
      if (
        next === '{' ||
        (next === '[' && /^\[\s*[[{"\]\d]/.test(this.#text.slice(this.#at, this.#at + 20)))
      ) {
        const value = this.#value(0);
        if (typeof value === 'object') values.push(value);
      } else this.#at += 1;
    }
    return { values, broken: this.#broken };
  }

  /** @returns undefined, having moved on, where there is no value or it does not end. */
  #value(depth: number): LooseValue | undefined {
    const next = this.#text[this.#at];
    if ((next === '{' || next === '[') && depth < deepest) {
      this.#at += 1;
      return next === '{' ? this.#object(depth + 1) : this.#list(depth + 1);
    }
    if (next === '"') return this.#string();
    const [plain] =
      /^(?:-?\d+(?:\.\d+)?|[A-Za-z_][\w-]*)/.exec(this.#text.slice(this.#at, this.#at + 40)) ?? [];
    if (plain === undefined) {
      this.#skip();
      return undefined;
    }
    this.#at += plain.length;
    if (this.#at >= this.#text.length) return undefined;
    if (plain === 'true' || plain === 'false') return plain === 'true';
    if (plain === 'null') return undefined;
    return /^[-\d]/.test(plain) ? Number(plain) : plain;
  }

  #object(depth: number): LooseObject {
    const entries: [string, LooseValue][] = [];
    while (this.#goesOn('}')) {
      const key = this.#value(deepest);
      this.#blank();
      if (typeof key !== 'string' || this.#text[this.#at] !== ':') {
        if (key !== undefined) this.#broken += 1;
        continue;
      }
      this.#at += 1;
      this.#blank();
      const value = this.#at < this.#text.length ? this.#value(depth) : undefined;
      if (value !== undefined) entries.push([key, value]);
    }
    return { entries };
  }

  #list(depth: number): LooseList {
    const items: LooseValue[] = [];
    while (this.#goesOn(']')) {
      const item = this.#value(depth);
      if (item !== undefined) items.push(item);
    }
    // The first numbers of a box look like a list of marks.
    const isCut = this.#at >= this.#text.length && this.#text.at(-1) !== ']';
    const mayBeBox = items.length <= 4 && items.every((item) => typeof item === 'number');
    return { items: isCut && mayBeBox ? [] : items };
  }

  /** Moves to the next element; past the end of the container, or of the text, there is none. */
  #goesOn(end: '}' | ']'): boolean {
    this.#blank();
    const next = this.#text[this.#at];
    if (next === undefined) {
      this.#broken += 1;
      return false;
    }
    if (next === end) this.#at += 1;
    // The other kind of end closes what is around this.
    return next !== end && next !== '}' && next !== ']';
  }

  #string(): string | undefined {
    let text = '';
    for (let at = this.#at + 1; at < this.#text.length; at += 1) {
      const character = this.#text[at] ?? '';
      if (character === '"') {
        this.#at = at + 1;
        return text;
      }
      if (character === '\\') {
        at += 1;
        const escaped = this.#text[at] ?? '';
        const [code] = escaped === 'u' ? (/^[\da-fA-F]{4}/.exec(this.#text.slice(at + 1, at + 5)) ?? []) : [];
        if (code !== undefined) at += 4;
        text +=
          code === undefined ? (escapes[escaped] ?? escaped) : String.fromCharCode(Number.parseInt(code, 16));
      } else text += character;
    }
    this.#at = this.#text.length;
    return undefined;
  }

  #blank(): void {
    while (/[\s,]/.test(this.#text[this.#at] ?? '')) this.#at += 1;
  }

  /** Over one stretch of what is no value, counted once. */
  #skip(): void {
    this.#broken += 1;
    do this.#at += 1;
    while (this.#at < this.#text.length && !/[\s,\]}[{"]/.test(this.#text[this.#at] ?? ''));
  }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: ' ', r: '', b: '', f: '' };
