/** What a model that sees well would answer about a region, in the form of the task. */
import type { PageFacts } from '../../../shared/facts/page-facts.ts';
import { bottom, type Rect, right } from '../../../shared/geometry.ts';
import type { RelativeBox } from '../../../shared/image/index.ts';
import { regionMapping } from '../../../shared/run/region-mapping.ts';
import { leafKinds, statefulKinds, wordKinds } from '../../../shared/tasks/perceive/answer-kinds.ts';
import type { PageRegion } from '../../../shared/tasks/perceive/regions.ts';
import type { UiKind } from '../../../shared/ui-tree.ts';
import type { Blur } from './imprecision.ts';
import { type MatchedLine, RegionMarks } from './matching.ts';
import type { TruthLine, TruthNode } from './truth.ts';

type Json = string | number | readonly Json[] | { readonly [key: string]: Json };

export interface Question {
  /** In the coordinates of the facts. */
  readonly truth: readonly TruthNode[];
  readonly facts: PageFacts;
  readonly region: PageRegion;
  readonly blur: Blur;
}

/** Groups within each other that the form allows. */
const deepest = 7;
const layoutKinds: ReadonlySet<UiKind> = new Set(['row', 'grid', 'column']);
const single: ReadonlySet<UiKind> = new Set(leafKinds);

export function answerAbout(question: Question): string {
  const { region, facts, truth } = question;
  const writer = new Writer(question, new RegionMarks(region.marks, facts));
  return JSON.stringify(truth.flatMap((node) => writer.written(node, 'page', 0)).map(atTop));
}

/** On the page itself nothing stands bare. */
const atTop = (value: Json): Json =>
  typeof value === 'number' || Array.isArray(value) ? { text: value } : value;

class Writer {
  readonly #question: Question;
  readonly #marks: RegionMarks;

  constructor(question: Question, marks: RegionMarks) {
    this.#question = question;
    this.#marks = marks;
  }

  /** Nothing for what is not in the region. */
  written(node: TruthNode, parent: UiKind, depth: number): Json[] {
    if (node.children.length === 0) return this.#leaf(node, parent);
    const inner = node.kind === 'table' ? 'table' : node.kind;
    const isLayout = layoutKinds.has(node.kind);
    const lonely = isLayout && node.children.filter((child) => this.#isInside(child)).length < 2;
    // What is nested deeper than the form allows loses its layout first.
    const skipped = lonely || (isLayout && depth >= deepest - 2) || depth >= deepest;
    const children = node.children.flatMap((child) =>
      this.written(child, skipped ? parent : inner, skipped ? depth : depth + 1),
    );
    if (skipped || children.length === 0) return children;
    const [only] = children;
    if (node.kind === 'table-row') return [children];
    if (node.kind === 'table') return this.#table(node, children);
    // An item that is a link, a cell that is a badge: the container is understood.
    const implied =
      (node.kind === 'item' && parent === 'list') || (node.kind === 'cell' && parent === 'table-row');
    if (implied && children.length === 1 && only !== undefined && isObject(only)) return [only];
    return [this.#thing(node, children)];
  }

  /** Rows, with what is no row before it. */
  #table(node: TruthNode, children: readonly Json[]): Json[] {
    const rows = children.filter((child) => Array.isArray(child) && typeof child.at(-1) !== 'string');
    const others = children.filter((child) => !rows.includes(child));
    return rows.length === 0 ? [...others] : [...others.map(atTop), this.#thing(node, rows)];
  }

  #thing({ kind, level, state }: TruthNode, value: Json): Json {
    const name = kind === 'heading' ? `h${Math.min(level ?? 2, 4)}` : kind;
    return { [name]: value, ...(state !== undefined && statefulKinds.includes(kind) ? { is: state } : {}) };
  }

  #leaf(node: TruthNode, parent: UiKind): Json[] {
    if (!this.#isInside(node)) return [];
    const { kind } = node;
    if (kind === 'cell' && node.lines.length === 0) return [{ cell: [] }];
    const pieces = node.lines.length > 0 ? this.#words(node) : this.#place(node);
    const [piece] = pieces;
    if (piece === undefined) return [];
    if (pieces.length > 1) {
      if (wordKinds.has(kind)) return [this.#thing(node, pieces)];
      if (!single.has(kind)) return [this.#thing(node, [{ text: pieces }])];
    }
    const understood =
      (kind === 'text' && parent !== 'list' && parent !== 'table') ||
      (kind === 'item' && parent === 'list') ||
      (kind === 'cell' && parent === 'table-row');
    return [understood && node.state === undefined ? piece : this.#thing(node, piece)];
  }

  /** Whether the middle of a leaf is in the region; a container is where its leaves are. */
  #isInside(node: TruthNode): boolean {
    if (node.children.length > 0) return node.children.some((child) => this.#isInside(child));
    const { box } = this.#question.region;
    const middle = node.box.y + node.box.height / 2;
    return middle >= box.y && middle < bottom(box);
  }

  /** Marks as they were read, marks with words, or places with words. */
  #words(node: TruthNode): Json[] {
    const pieces: Json[] = [];
    for (const run of runsOf(this.#marks.ofLines(node.lines))) {
      if (run.marks.length > 0) {
        pieces.push(...this.#marked(run));
        continue;
      }
      // A box around a control is easier to see than the words in it.
      const isWhole = single.has(node.kind) || node.lines.length === run.lines.length;
      const thing = isWhole ? this.#marks.ofThing(node.box, ['box', 'picture']) : undefined;
      const words = this.#misread(run.lines);
      pieces.push(
        thing === undefined ? this.#boxed(isWhole ? node.box : around(run.lines), words) : [thing, words],
      );
    }
    if (!single.has(node.kind) || pieces.length < 2) return pieces;
    return pieces.slice(0, 1);
  }

  /** Numbers alone where the words are right as they were read, or cannot be told apart. */
  #marked({ marks, lines }: Run): Json[] {
    const read = marks.flatMap((number) => this.#marks.at(number)?.lines ?? []).join(' ');
    const isSure = marks.every((number) => this.#marks.at(number)?.sure === true);
    const isRight = joined(read) === joined(lines.map(({ text }) => text).join(' '));
    if (isSure && isRight) return [...marks];
    const [only] = marks;
    if (marks.length === 1 && only !== undefined) return [[only, this.#misread(lines)]];
    const [line] = lines;
    return marks.map((number): Json => {
      const mark = this.#marks.at(number);
      return mark === undefined || mark.sure || line === undefined
        ? number
        : [number, this.#misread([{ text: partOf(line, mark.box), box: mark.box }])];
    });
  }

  /** A picture, a control without words, a shape. Rules are measured well enough without being named. */
  #place({ kind, box }: TruthNode): Json[] {
    const control = !['image', 'icon', 'chart', 'avatar', 'video', 'map', 'shape', 'divider'].includes(kind);
    const small = Math.max(box.width, box.height) <= 64;
    const mark = this.#marks.ofThing(box, small ? ['picture', 'box', 'text'] : ['picture', 'box']);
    if (mark !== undefined) return [mark];
    return kind === 'divider' || (kind === 'shape' && !control) ? [] : [this.#boxed(box, '')];
  }

  #misread(lines: readonly { readonly text: string; readonly box: Rect }[]): string {
    return lines.map(({ text, box }) => this.#question.blur.words(text, box)).join('\n');
  }

  /** 0 to 1000 of what the model is shown, which is wider and higher than the region: whole tokens. */
  #shown(rect: Rect): RelativeBox {
    const { region, facts } = this.#question;
    const { pixelRatio } = facts;
    const size = {
      width: Math.round(facts.width * pixelRatio),
      height: Math.round(facts.height * pixelRatio),
    };
    const [x1, y1, x2, y2] = regionMapping(region, size, pixelRatio).toRegion(rect);
    const told = (value: number): number => Math.round(Math.min(1000, Math.max(0, value)));
    return [told(x1), told(y1), told(x2), told(y2)];
  }

  #boxed(rect: Rect, words: string): Json {
    const { region, blur } = this.#question;
    return [...this.#shown(blur.box(rect, region.box)), words];
  }
}

const isObject = (value: Json): boolean => typeof value === 'object' && !Array.isArray(value);
/** Blanks are where recogniser and page differ most, and matter least. */
const joined = (text: string): string => text.replace(/\s+/g, '');

/** The words of a line that stand in a part of it, by their length. */
function partOf({ text, box }: TruthLine, part: Rect): string {
  const at = (x: number): number => ((x - box.x) / box.width) * text.length;
  const [from, to] = [at(part.x) - 1, at(right(part)) + 1];
  return [...text.matchAll(/\S+/g)]
    .filter(({ index, 0: word }) => index + word.length / 2 > from && index + word.length / 2 < to)
    .map(([word]) => word)
    .join(' ');
}

function around(lines: readonly { readonly box: Rect }[]): Rect {
  const [x, y] = [Math.min(...lines.map(({ box }) => box.x)), Math.min(...lines.map(({ box }) => box.y))];
  const width = Math.max(...lines.map(({ box }) => box.x + box.width)) - x;
  return { x, y, width, height: Math.max(...lines.map(({ box }) => bottom(box))) - y };
}

interface Run {
  readonly marks: readonly number[];
  readonly lines: readonly TruthLine[];
}

/** Lines in a row that one mark covers, or that none does; lines with several marks each by themselves. */
function runsOf(matched: readonly MatchedLine[]): Run[] {
  const runs: { marks: readonly number[]; lines: TruthLine[] }[] = [];
  const told = new Set<number>();
  for (const { line, marks } of matched) {
    const last = runs.at(-1);
    const isSame = last !== undefined && last.marks.length < 2 && last.marks.join() === marks.join();
    if (isSame) last.lines.push(line);
    else {
      const news = marks.filter((mark) => !told.has(mark));
      if (marks.length === 0 || news.length > 0) runs.push({ marks: news, lines: [line] });
    }
    for (const mark of marks) told.add(mark);
  }
  return runs;
}
