/** Reads the words that stand directly in an element: pieces of one paragraph, line by line. */
import type { Rect, Rgb } from '../../../../shared/geometry.ts';
import { linesOfText } from '../../../../test/oracle/in-page/text.ts';
import type { TruthLine } from '../truth.ts';

/** A stretch of text that is one element to the eye: plain words, or a link among them. */
export interface Piece {
  readonly kind: 'text' | 'link';
  readonly lines: readonly TruthLine[];
}

const phrasing = new Set(
  'abbr b bdi bdo br cite code data dfn em i kbd mark q s samp small span strong sub sup time u var wbr a del ins font'.split(
    ' ',
  ),
);

/** Whether an element only marks up words: it lies in the line and paints no box of its own. */
export function isPhrasing(element: Element, paintsBox: boolean): boolean {
  if (!phrasing.has(element.localName) || paintsBox) return false;
  const { display } = getComputedStyle(element);
  return (display === 'inline' || display === 'contents') && !element.matches(':has(img, svg, input)');
}

/** Pieces of a run of nodes that are text or markup of text. @param inside what of the page is seen here. */
export function piecesOf(nodes: readonly Node[], parent: Element, background: Rgb, inside: Rect): Piece[] {
  const pieces: { kind: Piece['kind']; lines: TruthLine[] }[] = [];
  const visit = (node: Node, element: Element, link: boolean): void => {
    if (node instanceof Text) {
      const lines = linesOfText(node, element, background)
        .filter(({ box }) => isSeen(box, inside))
        .map(({ text, box }) => ({ text, box }));
      if (lines.length === 0) return;
      const kind = link ? 'link' : 'text';
      const last = pieces.at(-1);
      if (last?.kind === kind && !link)
        last.lines.splice(last.lines.length - 1, 1, ...joined(last.lines, lines));
      else pieces.push({ kind, lines });
    } else if (node instanceof Element) {
      if (getComputedStyle(node).display === 'none' || getComputedStyle(node).visibility === 'hidden') return;
      for (const child of node.childNodes) visit(child, node, link || node.localName === 'a');
    }
  };
  for (const node of nodes) visit(node, parent, false);
  return pieces;
}

/** The last line before and the lines after it, as one line where they stand side by side. */
function joined(before: readonly TruthLine[], after: readonly TruthLine[]): TruthLine[] {
  const [last, [first, ...rest]] = [before.at(-1), after];
  if (last === undefined || first === undefined) return [...after];
  const shared =
    Math.min(last.box.y + last.box.height, first.box.y + first.box.height) -
    Math.max(last.box.y, first.box.y);
  const gap = first.box.x - last.box.x - last.box.width;
  const height = Math.max(last.box.height, first.box.height);
  if (shared <= 0 || gap < -2 || gap > 1.5 * height) return [last, first, ...rest];
  const y = Math.min(last.box.y, first.box.y);
  const bottom = Math.max(last.box.y + last.box.height, first.box.y + first.box.height);
  const box = { x: last.box.x, y, width: first.box.x + first.box.width - last.box.x, height: bottom - y };
  return [{ text: `${last.text}${gap > 0.15 * height ? ' ' : ''}${first.text}`, box }, ...rest];
}

/** Whether the middle of a box lies in what is seen. */
export function isSeen(box: Rect, inside: Rect): boolean {
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  return x > inside.x && x < inside.x + inside.width && y > inside.y && y < inside.y + inside.height;
}
