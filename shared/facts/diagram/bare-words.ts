/** Finds words without an outline that lines lead to, as the twigs of mind maps and of trees have them. */
import type { GraphPoint } from '../../diagram-graph.ts';
import type { Rect } from '../../geometry.ts';
import { endsByKnot, type Network, pointsFrom } from './network.ts';
import { type FoundOutline, shareInside } from './outline.ts';
import { leaving, lengthOf } from './strands.ts';
import { inRows } from './text-rows.ts';

/** Of the words' height, how far off a line ends at most. */
const mostGap = 2.2;

/** Shortest line that leads to words, in strokes: longer than the barb of a head. */
const leastLine = 18;

/**
 * @param texts boxes of all lines of text, in pixels of the raster that is measured.
 * @param outlines what has words of its own.
 * @returns a shape of the kind `text` for each, with the lines of text that stand close below each other.
 */
export function bareWords(
  { knots, links, contacts }: Network,
  texts: readonly Rect[],
  outlines: readonly FoundOutline[],
  stroke: number,
): FoundOutline[] {
  // Words of a sequence stand at its messages.
  if (outlines.some(({ shape }) => shape === 'lifeline')) return [];
  // Between lifelines words tell what is sent.
  if (outlines.some(({ axis }) => axis !== undefined)) return [];
  const free = stacked(
    inRows(
      texts.filter(
        (text) =>
          !outlines.some(
            ({ box, caption }) =>
              shareInside(text, box) > 0.5 || (caption !== undefined && shareInside(text, caption) > 0.5),
          ),
      ),
    ),
  );
  const ends = [...endsByKnot(links)].flatMap(([knot, around]) => {
    const [only] = around;
    const at = knots[knot];
    if (around.length !== 1 || !only || !at || contacts.has(knot) || only.isGap === true) return [];
    if (lengthOf(only.points) < leastLine * stroke) return [];
    const inward = leaving(pointsFrom(only, knot), 6 * stroke + 8);
    return [{ at, outward: { x: -inward.x, y: -inward.y } }];
  });
  return free
    .filter((box) => ends.some(({ at, outward }) => leadsTo(at, outward, box)))
    .map((box) => ({
      shape: 'text',
      box: padded(box, 0.25 * Math.min(box.height, 40)),
      stroke: 0,
      rules: [],
      tracks: [],
      confidence: 0.5,
    }));
}

const padded = ({ x, y, width, height }: Rect, by: number): Rect => ({
  x: x - by,
  y: y - by,
  width: width + 2 * by,
  height: height + 2 * by,
});

/** Straight on from its end a line meets the words soon. */
function leadsTo(at: GraphPoint, outward: GraphPoint, box: Rect): boolean {
  const size = Math.min(box.height, 40);
  const target = padded(box, 0.3 * size);
  for (let step = 0; step <= mostGap * size + 4; step += 2) {
    const [x, y] = [at.x + outward.x * step, at.y + outward.y * step];
    if (x >= target.x && x <= target.x + target.width && y >= target.y && y <= target.y + target.height)
      return true;
  }
  return false;
}

/** Rows close below each other are one text. */
function stacked(rows: readonly Rect[]): Rect[] {
  const blocks: Rect[] = [];
  for (const row of rows.toSorted((a, b) => a.y - b.y)) {
    const index = blocks.findIndex((block) => {
      const across = Math.min(block.x + block.width, row.x + row.width) - Math.max(block.x, row.x);
      return (
        across > 0.5 * Math.min(block.width, row.width) && row.y - block.y - block.height < 0.6 * row.height
      );
    });
    const block = blocks[index];
    if (block === undefined) {
      blocks.push(row);
      continue;
    }
    const x = Math.min(block.x, row.x);
    const right = Math.max(block.x + block.width, row.x + row.width);
    blocks[index] = { x, y: block.y, width: right - x, height: row.y + row.height - block.y };
  }
  return blocks;
}
