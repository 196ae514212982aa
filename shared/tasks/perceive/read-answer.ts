/** From a model's answer about a region to perceived nodes: whatever is valid is kept, whatever is not is counted. */
import { type Rect, unionOf } from '../../geometry.ts';
import type { RelativeBox } from '../../image/index.ts';
import type { UiKind } from '../../ui-tree.ts';
import { groupKinds, leafKinds, namedKind, type State, states, wordKinds } from './answer-kinds.ts';
import { type LooseList, type LooseObject, type LooseValue, readLoosely } from './loose-json.ts';
import type { Mark } from './marks.ts';
import type { MeasuredReference, PerceivedNode } from './perception.ts';

export interface AnsweredRegion {
  /** By their numbers, which begin at 1. */
  readonly marks: readonly Mark[];
  /** From a box of the model to CSS pixels of the page. */
  toPage(box: RelativeBox): Rect;
}

export interface PerceivedRegion {
  readonly nodes: readonly PerceivedNode[];
  /** Pieces of the answer that mean nothing, or name what is taken already. */
  readonly broken: number;
}

/** Never throws. A number that comes twice counts where it comes first. */
export function readAnswer(answer: string, region: AnsweredRegion): PerceivedRegion {
  const { values, broken } = readLoosely(answer);
  const reader = new AnswerReader(region, broken);
  const nodes = values.flatMap((value) => reader.nodes(value, 'page'));
  return { nodes, broken: reader.broken };
}

/** Something that the model points at. */
interface Piece {
  readonly references?: readonly MeasuredReference[];
  readonly box?: Rect;
  /** Line by line; absent where they are as they were read. */
  readonly words?: string;
  /** What the recogniser read, line by line. */
  readonly read?: string;
}

type Details = Pick<PerceivedNode, 'state' | 'level'>;

const single: ReadonlySet<UiKind> = new Set(leafKinds);
const group: ReadonlySet<UiKind> = new Set([...groupKinds, 'heading']);
/** Fields of the objects that models write without a grammar. */
const fields = {
  kind: ['kind', 'type', 'tag', 'element', 'component', 'role', 'label'],
  mark: ['mark', 'id', 'index', 'number', 'num'],
  box: ['bbox_2d', 'bbox', 'box_2d', 'box'],
  words: ['text', 'words', 'text_content', 'content', 'value', 'label'],
  children: ['children', 'items', 'nodes', 'elements', 'content', 'rows', 'cells'],
  state: ['is', 'state'],
} as const;

const isList = (value: LooseValue | undefined): value is LooseList =>
  typeof value === 'object' && 'items' in value;
const isObject = (value: LooseValue | undefined): value is LooseObject =>
  typeof value === 'object' && 'entries' in value;
const isPiece = (part: Piece | PerceivedNode): part is Piece => !('kind' in part);

class AnswerReader {
  broken: number;
  readonly #region: AnsweredRegion;
  readonly #used = new Set<number>();

  constructor(region: AnsweredRegion, broken: number) {
    this.#region = region;
    this.broken = broken;
  }

  nodes(value: LooseValue, parent: UiKind): PerceivedNode[] {
    return this.#parts(value, parent).map((part) =>
      isPiece(part) ? leafOf(parent === 'list' ? 'item' : 'text', part) : part,
    );
  }

  #parts(value: LooseValue, parent: UiKind): (Piece | PerceivedNode)[] {
    const piece = this.#piece(value);
    if (piece !== 'none') return piece === undefined ? [] : [piece];
    if (isObject(value)) return this.#object(value);
    if (isList(value)) {
      const [first, ...rest] = value.items;
      const named = typeof first === 'string' && typeof rest[0] !== 'string' ? namedKind(first) : undefined;
      if (named !== undefined) return this.#node(named.kind, { items: rest }, levelOf(named));
      return value.items.flatMap((item) => this.#parts(item, parent));
    }
    this.broken += 1;
    return [];
  }

  /** A number, or a list of one or four numbers and words. @returns 'none' for anything else. */
  #piece(value: LooseValue): Piece | undefined | 'none' {
    if (typeof value === 'number') return this.#marked(value);
    if (!isList(value)) return 'none';
    const words = value.items.at(-1);
    const numbers = value.items.slice(0, -1);
    if (typeof words !== 'string' || !numbers.every((item) => typeof item === 'number')) {
      const [box, text] = value.items;
      const apart = value.items.length === 2 && isList(box) && typeof text === 'string';
      return apart && box.items.every((item) => typeof item === 'number')
        ? this.#piece({ items: [...box.items, text] })
        : 'none';
    }
    const [mark] = numbers;
    if (numbers.length === 1 && mark !== undefined) return this.#marked(mark, words);
    return numbers.length === 4 ? this.#boxed(numbers, words) : 'none';
  }

  #marked(number: number, words?: string): Piece | undefined {
    const mark = this.#region.marks[number - 1];
    if (mark === undefined || this.#used.has(number)) {
      this.broken += 1;
      return undefined;
    }
    this.#used.add(number);
    const text = words === undefined ? '' : tidy(words);
    const isNew = text !== '' && text !== mark.lines.join('\n') && text !== mark.lines.join(' ');
    const read = mark.lines.join('\n');
    return { references: mark.references, box: mark.box, read, ...(isNew ? { words: text } : {}) };
  }

  #boxed(numbers: readonly number[], words: string): Piece | undefined {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = numbers.map((each) => Math.min(1000, Math.max(0, each)));
    const box = this.#region.toPage([x1, y1, x2, y2]);
    if (!(box.width > 0 && box.height > 0)) {
      this.broken += 1;
      return undefined;
    }
    const text = tidy(words);
    return { box, ...(text === '' ? {} : { words: text }) };
  }

  #object({ entries }: LooseObject): (Piece | PerceivedNode)[] {
    const field = (names: readonly string[]): LooseValue | undefined =>
      entries.find(([key]) => names.includes(key))?.[1];
    const state = stateOf(field(fields.state));
    const named = entries.flatMap(([key, value]) => {
      const kind = namedKind(key);
      // A word under the name of a kind is a field of another form: {"type":"link","label":"Home"}.
      return kind === undefined || typeof value === 'string' ? [] : [{ kind, value }];
    });
    const verbose = this.#verbose(entries, field);
    if (verbose !== undefined) {
      const { kind, parts, level } = verbose;
      return this.#assembled(kind, parts, { ...level, ...state });
    }
    if (named.length === 0) this.broken += 1;
    return named.flatMap(({ kind, value }) => this.#node(kind.kind, value, { ...levelOf(kind), ...state }));
  }

  /** `{"kind":"link","mark":3,"text":"Home","bbox_2d":[…],"children":[…]}`, in whatever names. */
  #verbose(
    entries: LooseObject['entries'],
    field: (names: readonly string[]) => LooseValue | undefined,
  ): { kind: UiKind; parts: (Piece | PerceivedNode)[]; level: Details } | undefined {
    const word = entries.find(([key, value]) => oneOf(fields.kind, key) && typeof value === 'string')?.[1];
    const named = typeof word === 'string' ? namedKind(word) : undefined;
    if (named === undefined) return undefined;
    const level = field(['level']);
    const words = entries.find(
      ([key, value]) => oneOf(fields.words, key) && typeof value === 'string' && value !== word,
    )?.[1];
    const text = typeof words === 'string' ? words : '';
    const mark = field(fields.mark);
    const box = field(fields.box);
    const children = entries.find(([key, value]) => oneOf(fields.children, key) && isList(value))?.[1];
    const own =
      typeof mark === 'number'
        ? this.#piece(text === '' ? mark : { items: [mark, text] })
        : isList(box) && !isList(children)
          ? this.#piece({ items: [...box.items, text] })
          : undefined;
    const inner = isList(children) ? children.items.flatMap((item) => this.#parts(item, named.kind)) : [];
    const isRank = typeof level === 'number' && Number.isInteger(level) && level >= 1 && level <= 6;
    return {
      kind: named.kind,
      parts: [...(own === undefined || own === 'none' ? [] : [own]), ...inner],
      level: { ...levelOf(named), ...(isRank ? { level } : {}) },
    };
  }

  #node(kind: UiKind, value: LooseValue, details: Details): PerceivedNode[] {
    const isEmptyCell = kind === 'cell' && isList(value) && value.items.length === 0;
    if (isEmptyCell) return [{ kind }];
    const parts =
      kind === 'table' && isList(value)
        ? value.items.flatMap((row) => this.#row(row))
        : this.#parts(value, kind);
    return this.#assembled(kind, parts, details);
  }

  /** A list in a table is a row of it, unless it is the words of a cell. */
  #row(value: LooseValue): (Piece | PerceivedNode)[] {
    const isRow = isList(value) && typeof value.items.at(-1) !== 'string';
    return isRow ? this.#node('table-row', value, {}) : this.#parts(value, 'table');
  }

  #assembled(kind: UiKind, parts: readonly (Piece | PerceivedNode)[], details: Details): PerceivedNode[] {
    const pieces = parts.filter(isPiece);
    if (parts.length === 0) {
      // What was broken in it has been counted.
      if (!group.has(kind) && kind !== 'table' && kind !== 'table-row') this.broken += 1;
      return [];
    }
    if (single.has(kind)) {
      const nodes = parts.filter((part) => !isPiece(part)) as PerceivedNode[];
      return [...pieces.map((piece) => leafOf(kind, piece, details)), ...nodes];
    }
    const [only] = pieces;
    if (
      parts.length === 1 &&
      only !== undefined &&
      kind !== 'list' &&
      kind !== 'table' &&
      kind !== 'table-row'
    )
      return [leafOf(kind, only, details)];
    if (pieces.length === parts.length && wordKinds.has(kind)) {
      const joined = joinedPieces(pieces);
      if (joined !== undefined) return [leafOf(kind, joined, details)];
    }
    const children = parts.map((part) =>
      isPiece(part) ? leafOf(childKind(kind), part) : within(kind, part),
    );
    return [{ kind, ...details, children }];
  }
}

const oneOf = (names: readonly string[], key: string): boolean => names.includes(key);

const levelOf = ({ level }: { readonly level?: number }): Details => (level === undefined ? {} : { level });

function stateOf(value: LooseValue | undefined): Details {
  const state: State | undefined = states.find((each) => each === value);
  return state === undefined ? {} : { state };
}

/** Kind of a bare piece in a container. */
const childKind = (parent: UiKind): UiKind =>
  parent === 'list' ? 'item' : parent === 'table-row' || parent === 'table' ? 'cell' : 'text';

/** A list holds items and a row cells, whatever the model left out. */
function within(parent: UiKind, node: PerceivedNode): PerceivedNode {
  if (parent === 'list' && !['item', 'term', 'description', 'divider', 'list', 'row'].includes(node.kind))
    return { kind: 'item', children: [node] };
  if (parent === 'table-row' && node.kind !== 'cell') return { kind: 'cell', children: [node] };
  return node;
}

function leafOf(kind: UiKind, { references, box, words }: Piece, details: Details = {}): PerceivedNode {
  return {
    kind,
    ...(references === undefined ? (box === undefined ? {} : { box }) : { measured: [...references] }),
    ...(words === undefined ? {} : { text: words }),
    ...details,
  };
}

/** The lines of one text, if all of them were measured or none was. */
function joinedPieces(pieces: readonly Piece[]): Piece | undefined {
  const references = pieces.flatMap((piece) => piece.references ?? []);
  const measured = pieces.filter((piece) => piece.references !== undefined).length;
  const words = pieces.map((piece) => piece.words ?? piece.read ?? '').join('\n');
  const told = pieces.some((piece) => piece.words !== undefined) ? { words } : {};
  if (measured === pieces.length) return { references, ...told };
  const boxes = pieces.flatMap(({ box }) => box ?? []);
  return measured === 0 && boxes.length > 0 ? { box: unionOf(boxes), ...told } : undefined;
}

/** Without what would let a text pass for something else: blanks at the ends, control characters. */
function tidy(words: string): string {
  return words
    .split('\n')
    .map((line) =>
      line
        .replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
        .replace(/\s+/gu, ' ')
        .trim(),
    )
    .filter((line) => line !== '')
    .join('\n');
}
