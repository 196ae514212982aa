/** The layout tree: what stands in what, in rows and columns, before any meaning is given to it. */
import type { Rect } from '../../geometry.ts';
import type { PageBox, PageFacts, PagePicture, Separator, TextLine } from '../page-facts.ts';

/** A measured line in the tree. */
export type Run = TextLine & {
  /** Its place among the lines that were measured. */
  readonly at?: number;
};

/** What of an outline a node of the tree is; see `Outline`. */
interface Marked {
  readonly mark?: number;
}

/** Pieces of text on one baseline, left to right; more than one where the style changes. */
export interface VisualLine {
  readonly box: Rect;
  readonly baseline: number;
  readonly runs: readonly Run[];
}

export type TextAlign = 'left' | 'center' | 'right';

/** One or more visual lines that wrap as one text. */
export interface TextBlock extends Marked {
  readonly kind: 'text';
  /** Union of the ink boxes. */
  readonly box: Rect;
  readonly lines: readonly VisualLine[];
  /** How the lines are aligned to each other; `left` for a single line. */
  readonly align: TextAlign;
  /** Rows of code, which keep their blanks and ends; each run has a `code`. */
  readonly code?: true;
}

export interface PictureItem extends Marked {
  readonly kind: 'picture';
  readonly box: Rect;
  readonly picture: PagePicture;
}

export interface RuleItem extends Marked {
  readonly kind: 'rule';
  readonly box: Rect;
  readonly separator: Separator;
}

/**
 * `column` and `row` stack their children without overlap; `grid` fills `columns` equal tracks row by row;
 * `table` holds rows whose children are cells; `overlay` is what no cut could take apart.
 */
export type Flow = 'column' | 'row' | 'grid' | 'table' | 'overlay';

export interface LayoutGroup extends Marked {
  readonly kind: 'group';
  readonly flow: Flow;
  /** The surface's outer edge, else the union of the children. */
  readonly box: Rect;
  /** The visible rectangle that the children stand on. */
  readonly surface?: PageBox;
  /** The picture that the children stand on. */
  readonly backdrop?: PagePicture;
  readonly children: readonly LayoutNode[];
  /** Tracks of a `grid`. */
  readonly columns?: number;
  /** Of a `table`: x of the left edges of the columns, and the right edge of the last. */
  readonly tracks?: readonly number[];
  /** Of a `table`: the first row is its head. */
  readonly head?: boolean;
  /** Upright rules that run through all rows. */
  readonly uprights?: readonly Separator[];
}

export type LayoutNode = TextBlock | PictureItem | RuleItem | LayoutGroup;

/** A group that nothing shows and nobody perceived: it stands for a cut alone. */
export const isPlain = (node: LayoutNode): node is LayoutGroup =>
  node.kind === 'group' &&
  node.surface === undefined &&
  node.backdrop === undefined &&
  node.mark === undefined;

/** True if the node, or something in it, was perceived. */
export const isMarked = (node: LayoutNode): boolean =>
  node.mark !== undefined || (node.kind === 'group' && node.children.some(isMarked));

export interface LayoutTree {
  readonly facts: PageFacts;
  readonly root: LayoutGroup;
}

/** The run that sets the tone of a text: the one with the most ink. */
export function mainRun(block: TextBlock): Run {
  const runs = block.lines.flatMap((line) => line.runs);
  const first = runs[0];
  if (first === undefined) throw new RangeError('A text block needs at least one line.');
  const ink = (run: Run): number => run.box.width * run.typography.size;
  return runs.reduce((best, run) => (ink(run) > ink(best) ? run : best), first);
}

export function textOf(block: TextBlock): string {
  return block.lines.map((line) => line.runs.map((run) => run.text).join(' ')).join(' ');
}
