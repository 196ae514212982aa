/** Runs inside the page: reads its visible elements as a tree of kinds. */
import { type Rect, type Rgb, unionOf } from '../../../../shared/geometry.ts';
import { readBox, toRect } from '../../../../test/oracle/in-page/boxes.ts';
import { parseColor } from '../../../../test/oracle/in-page/color.ts';
import { lineOfField } from '../../../../test/oracle/in-page/text.ts';
import type { Truth, TruthLine, TruthNode } from '../truth.ts';
import {
  kindOfBlock,
  kindOfBoxedText,
  kindOfControl,
  kindOfEmptyBox,
  kindOfPicture,
  kindOfTag,
  stateOf,
} from './kinds.ts';
import { isPhrasing, isSeen, type Piece, piecesOf } from './words.ts';

/** Where an element stands: on which colour, and what of the page is seen there. */
interface Place {
  readonly under: Rgb;
  readonly inside: Rect;
}

const silent = new Set(['script', 'style', 'noscript', 'template', 'option', 'datalist', 'title']);

function read(element: Element, place: Place): TruthNode[] {
  const style = getComputedStyle(element);
  const unseen = style.display === 'none' || Number(style.opacity) < 0.05 || silent.has(element.localName);
  if (unseen) return [];
  const box = toRect(element.getBoundingClientRect());
  const isVisible = style.visibility === 'visible' && isSeen(box, place.inside);
  const picture = kindOfPicture(element);
  if (picture !== undefined)
    return isVisible && box.width >= 3 && box.height >= 3
      ? [{ kind: picture, box, lines: [], children: [] }]
      : [];
  const control = kindOfControl(element);
  if (control !== undefined || element.localName === 'input') {
    if (control === undefined || !isVisible || box.width < 3) return [];
    return [controlOf(element, control, box, place)];
  }
  const paint = style.display === 'contents' ? undefined : readBox(element, place.under);
  const painted = paint?.box !== undefined || paint?.picture !== undefined;
  const inner: Place = {
    under: paint?.background ?? place.under,
    inside: style.overflow === 'visible' ? place.inside : meet(place.inside, box),
  };
  const parts = partsOf(element, inner);
  return nodeOf(element, { style, box, painted, isVisible, parts, rule: paint?.separators.length === 1 });
}

function controlOf(element: Element, kind: TruthNode['kind'], box: Rect, place: Place): TruthNode {
  const line = lineOfField(element, place.under);
  const state = stateOf(element);
  const lines = line === undefined || line.text.trim() === '' ? [] : [{ text: line.text, box: line.box }];
  return { kind, box, lines, children: [], ...(state === undefined ? {} : { state }) };
}

/** What is in an element, in order: runs of words, and nodes. */
function partsOf(element: Element, place: Place): (Piece | TruthNode)[] {
  const parts: (Piece | TruthNode)[] = [];
  let run: Node[] = [];
  const flush = (): void => {
    parts.push(...piecesOf(run, element, place.under, place.inside));
    run = [];
  };
  for (const node of element.childNodes) {
    const isWords =
      node instanceof Text ||
      (node instanceof Element && isPhrasing(node, readBox(node, place.under).box !== undefined));
    if (isWords) run.push(node);
    else if (node instanceof Element) {
      flush();
      parts.push(...read(node, place));
    }
  }
  flush();
  return parts;
}

interface Reading {
  readonly style: CSSStyleDeclaration;
  readonly box: Rect;
  readonly painted: boolean;
  readonly isVisible: boolean;
  readonly parts: readonly (Piece | TruthNode)[];
  /** It paints nothing but one line. */
  readonly rule: boolean;
}

const isPiece = (part: Piece | TruthNode): part is Piece => !('children' in part);
const around = (lines: readonly TruthLine[]): Rect => unionOf(lines.map(({ box }) => box));
const leaf = (kind: TruthNode['kind'], lines: readonly TruthLine[], box = around(lines)): TruthNode => ({
  kind,
  box,
  lines,
  children: [],
});

function nodeOf(element: Element, reading: Reading): TruthNode[] {
  const { style, box, painted, isVisible, parts, rule } = reading;
  const tag = element.localName;
  const named = kindOfTag(element);
  if (parts.length === 0) {
    if (!isVisible || box.width < 1 || box.height < 1) return [];
    if (tag === 'hr' || (rule && Math.min(box.width, box.height) <= 3)) return [leaf('divider', [], box)];
    if (named === 'cell') return [leaf('cell', [], box)];
    return painted ? [leaf(kindOfEmptyBox(element, style), [], box)] : [];
  }
  const level = /^h[1-6]$/.test(tag) ? { level: Number(tag[1]) } : {};
  const found = named === undefined && tag !== 'summary' ? undefined : stateOf(element);
  const state = found ?? (named === 'table' && element.querySelector('thead, th') ? 'headed' : undefined);
  const extra = { ...level, ...(state === undefined ? {} : { state }) };
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && isPiece(only)) {
    const characters = only.lines.reduce((sum, { text }) => sum + text.length, 0);
    const kind = named ?? (painted ? kindOfBoxedText(element, characters) : only.kind);
    const inner = only.kind === 'link' && named !== undefined && named !== 'link';
    const own = painted && !plain.has(kind) ? box : around(only.lines);
    // A heading or item that is a link holds it, as the words are not the whole of it.
    return inner
      ? [{ kind, box: own, lines: [], children: [leaf('link', only.lines)], ...extra }]
      : [{ ...leaf(kind, only.lines, own), ...extra }];
  }
  const words = parts.every(isPiece);
  const children = parts.map((part) => (isPiece(part) ? leaf(part.kind, part.lines) : part));
  // A bar across the page is no card, whatever it is painted with.
  const isCard = painted && box.width < 0.95 * document.documentElement.clientWidth;
  const kind = named ?? (isCard ? 'card' : words ? 'text' : undefined);
  if (kind === undefined) {
    const isWrapper = children.length === 1 || style.display === 'contents' || transparent.has(tag);
    if (isWrapper) return children;
    return [{ kind: kindOfBlock(style, children), box, lines: [], children }];
  }
  return [{ kind, box, lines: [], children, ...extra }];
}

/** Kinds whose words are pointed at, even where something is painted behind them. */
const plain = new Set<TruthNode['kind']>(['cell', 'item', 'heading', 'term', 'description', 'legend']);

/** Elements that stand for no frame of their own. */
const transparent = new Set(['tbody', 'thead', 'tfoot', 'html', 'body']);

function meet(a: Rect, b: Rect): Rect {
  const [x, y] = [Math.max(a.x, b.x), Math.max(a.y, b.y)];
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return { x, y, width: Math.max(0, width), height: Math.max(0, height) };
}

/** Everything visible on the page. */
export function readTruth(): Truth {
  const width = document.documentElement.clientWidth;
  const height = Math.max(document.documentElement.scrollHeight, innerHeight);
  const body = parseColor(getComputedStyle(document.body).backgroundColor);
  const under: Rgb = body.alpha > 0 ? body.rgb : [255, 255, 255];
  const place: Place = { under, inside: { x: 0, y: 0, width, height } };
  const parts = partsOf(document.body, place);
  return {
    width,
    height,
    nodes: parts.map((part) => (isPiece(part) ? leaf(part.kind, part.lines) : part)),
  };
}
