/** Fitting by rendering: the composed page is looked at, and what stands a pixel or two off is moved. */
import { type Move, moveNodes, settleMoves } from '../../compose/adjust.ts';
import type { RunContext } from '../../context.ts';
import { throwIfCancelled } from '../../errors.ts';
import { type Rect, unionOf } from '../../geometry.ts';
import { type UiNode, type UiTree, walk } from '../../ui-tree.ts';
import type { Browser } from '../browser.ts';
import type { PlacedText } from '../in-page.ts';
import { fitTo, structuralSimilarity } from '../pixel-score.ts';
import type { ScoreReference } from '../reference.ts';
import { type Draft, renderDraft } from './draft.ts';
import { type Plane, planeOf, register } from './register.ts';

/** Most corrections that are tried, each with a render of its own. */
const mostRounds = 3;
/** Farthest move that is looked for, CSS pixels; what is farther off has another cause. */
const reach = 5;
/** A render must be better by this much, else it is not worth its odd pixels. */
const leastGain = 0.0005;

const squeeze = (text: string): string => text.replace(/\s+/g, '');

const distance = (a: Rect, b: Rect): number => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);

/** Texts of the tree with where they were rendered, matched by their words and by place. */
function rendered(tree: UiTree, texts: readonly PlacedText[]): Map<UiNode, readonly Rect[]> {
  const free = texts.map((text) => ({ key: squeeze(text.text), boxes: text.lines.map((line) => line.box) }));
  const found = new Map<UiNode, readonly Rect[]>();
  for (const node of walk(tree.root)) {
    if (node.text === undefined || node.text.trim() === '') continue;
    const key = squeeze(node.text);
    const near = free
      .filter((text) => text.key === key && text.boxes.length > 0)
      .map((text) => ({ text, far: distance(unionOf(text.boxes), node.box) }))
      .sort((a, b) => a.far - b.far)[0];
    if (near === undefined) continue;
    found.set(node, near.text.boxes);
    free.splice(free.indexOf(near.text), 1);
  }
  return found;
}

const scaled = (box: Rect, ratio: number): Rect => ({
  x: box.x * ratio,
  y: box.y * ratio,
  width: box.width * ratio,
  height: box.height * ratio,
});

/** By how much each text must move, where that can be told. */
function movesOf(tree: UiTree, draft: Draft, picture: Plane, ratio: number): Map<UiNode, Move> {
  const page = planeOf(draft.raster);
  const moves = new Map<UiNode, Move>();
  for (const [node, boxes] of rendered(tree, draft.texts)) {
    const shifts = boxes
      .map((box) => register(page, picture, scaled(box, ratio), Math.round(reach * ratio)))
      .filter((shift) => shift !== undefined);
    if (shifts.length === 0) continue;
    const middle = (values: readonly number[]): number =>
      ([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0) / ratio;
    moves.set(node, { x: middle(shifts.map(({ x }) => x)), y: middle(shifts.map(({ y }) => y)) });
  }
  return moves;
}

/**
 * Renders a tree and moves its texts to where the picture has them, a few times, as long as the page gets more
 * like the picture.
 *
 * @param reference its raster and size count.
 * @returns the best tree; the one given where none is better.
 * @throws PixelwrightError `cancelled`.
 */
export async function fitByRendering(
  tree: UiTree,
  browser: Browser,
  reference: Pick<ScoreReference, 'raster' | 'width' | 'height' | 'pixelRatio'>,
  context: RunContext,
): Promise<UiTree> {
  throwIfCancelled(context.signal);
  const { width, height, pixelRatio, raster } = reference;
  const size = { width: Math.ceil(width), height: Math.ceil(height) };
  const open = await browser.newContext({
    viewport: size,
    deviceScaleFactor: pixelRatio,
    javaScriptEnabled: false,
    offline: true,
    serviceWorkers: 'block',
  });
  try {
    const page = await open.newPage();
    const picture = planeOf(raster);
    const look = async (candidate: UiTree) => {
      throwIfCancelled(context.signal);
      const draft = await renderDraft(page, candidate, size);
      const fitted = fitTo(draft.raster, raster.width, raster.height);
      return { tree: candidate, draft, score: structuralSimilarity(raster, fitted) };
    };
    let best = await look(tree);
    for (let round = 0; round < mostRounds; round += 1) {
      const moves = settleMoves(best.tree, movesOf(best.tree, best.draft, picture, pixelRatio));
      if ([...moves.values()].every(({ x, y }) => x === 0 && y === 0)) break;
      const next = await look(moveNodes(best.tree, moves));
      context.log.debug(`fit: ${best.score.toFixed(4)} → ${next.score.toFixed(4)}`);
      if (next.score < best.score + leastGain) break;
      best = next;
    }
    return best.tree;
  } finally {
    await open.close();
  }
}
