/** Foresees the name in a closing tag: it is that of the element opened last. */

/** Elements of HTML that have no closing tag. */
const voidElements = new Set(
  'area base br col embed hr img input link meta source track wbr !doctype'.split(' '),
);
const deepest = 256;

interface OpenElement {
  readonly name: string;
  /** The tokens of the name, where it began and ended with a token. */
  readonly tokens: readonly number[] | undefined;
}

/**
 * Reads markup token by token, by the text of each. It need not be right about every page (comments,
 * scripts and attributes with `>` in them are read as if they were markup): what it foresees is weighed
 * by how often it was right.
 */
export class ClosingTags {
  readonly #textOf: (token: number) => string;
  #open: OpenElement[] = [];
  /** `opening` and `closing`: inside a name. `attributes`: after it, before `>`. */
  #state: 'text' | 'opening' | 'closing' | 'attributes' = 'text';
  #name = '';
  #tokens: number[] | undefined;
  /** The last character was a slash, as in `<path/>`. */
  #slashed = false;

  constructor(textOf: (token: number) => string) {
    this.#textOf = textOf;
  }

  /** A copy that can read on without changing this one. */
  clone(): ClosingTags {
    const copy = new ClosingTags(this.#textOf);
    copy.#open = [...this.#open];
    copy.#state = this.#state;
    copy.#name = this.#name;
    copy.#slashed = this.#slashed;
    copy.#tokens = this.#tokens === undefined ? undefined : [...this.#tokens];
    return copy;
  }

  /** The next token of the name, inside a closing tag whose beginning agrees. */
  expected(): number | undefined {
    const last = this.#open.at(-1);
    if (this.#state !== 'closing' || last?.tokens === undefined) return undefined;
    if (this.#tokens === undefined || !last.name.startsWith(this.#name)) return undefined;
    return last.tokens[this.#tokens.length];
  }

  accept(token: number): void {
    const text = this.#textOf(token);
    let isWhole = this.#state === 'opening' || this.#state === 'closing';
    for (const character of text) {
      if (!this.#read(character)) isWhole = false;
    }
    if (this.#state !== 'opening' && this.#state !== 'closing') return;
    if (isWhole) this.#tokens?.push(token);
    else if (this.#name !== '') this.#tokens = undefined;
  }

  /** Whether the character belongs to a name. */
  #read(character: string): boolean {
    if (character === '<') {
      this.#state = 'opening';
      this.#name = '';
      this.#tokens = [];
      return false;
    }
    if (this.#state === 'opening' || this.#state === 'closing') {
      if (/[\w!-]/.test(character)) {
        this.#name += character;
        return true;
      }
      if (character === '/' && this.#name === '' && this.#state === 'opening') {
        this.#state = 'closing';
        return false;
      }
      this.#endName();
    }
    if (character === '>') {
      if (this.#state === 'attributes' && this.#slashed) this.#open.pop();
      this.#state = 'text';
    }
    this.#slashed = character === '/';
    return false;
  }

  #endName(): void {
    if (this.#state === 'closing') {
      this.#close();
      this.#state = 'text';
      return;
    }
    const isElement = this.#name !== '' && !voidElements.has(this.#name.toLowerCase());
    if (isElement) {
      this.#open.push({ name: this.#name, tokens: this.#tokens });
      if (this.#open.length > deepest) this.#open.shift();
    }
    this.#state = isElement ? 'attributes' : 'text';
    this.#slashed = false;
  }

  /** Elements between were left open by the page, if the name is among those that are open. */
  #close(): void {
    const place = this.#open.findLastIndex(({ name }) => name === this.#name);
    if (place >= 0) this.#open.length = place;
  }
}
