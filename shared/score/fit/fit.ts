/** Fitting by rendering: the composed page is looked at, and what stands a pixel or two off is moved. */
import { type Move, moveNodes, settleMoves } from '../../compose/adjust.ts';
import { paints } from '../../compose/html/traits.ts';
import type { RunContext } from '../../context.ts';
import { throwIfCancelled } from '../../errors.ts';
import { bottom, type Rect, right, unionOf } from '../../geometry.ts';
import { childrenOf, type UiNode, type UiTree, walk } from '../../ui-tree.ts';
import type { Browser } from '../browser.ts';
import type { PlacedText } from '../in-page.ts';
import { fitTo, structuralSimilarityInTurns } from '../pixel-score.ts';
import type { ScoreReference } from '../reference.ts';
import { type Crops, type Draft, renderDraft } from './draft.ts';
import { gapBetween, type Plane, planeOf, register, registerJointly } from './register.ts';
import { runsAstray, searchFonts, withFonts } from './widths.ts';

/**
 * What is corrected, one render after the other: rows first, since a text that moves sideways may break its line.
 * The second of a pair mends what the first one moved along.
 */
const rounds: readonly (readonly ('x' | 'y')[])[] = [['y'], ['y'], ['x', 'y'], ['x', 'y']];
/** Pixels rendered in all: a long page gets fewer rounds. */
const mostPixels = 40e6;
/** Renders in which only the moves that were right are made. */
const mostTries = 2;
/** Farthest move that is looked for, CSS pixels; what is farther off has another cause. */
const reach = 5;
/** A render must be better by this much, else it is not worth its odd pixels. */
const leastGain = 0.0005;
/** A page that lost more than this is given up; one that lost less is often mended by the next round. */
const mostLoss = 0.05;
/** Texts may on average stand farther from where they were measured by this much, CSS pixels; a broken line is more. */
const mostAstray = 1;
/** After a loss only what is off by this much is moved, CSS pixels: that is no accident of rounding. */
const plainlyOff = 2;

/** Lines of text that can tell together what none of them tells alone. */
const leastTogether = 4;

const squeeze = (text: string): string => text.replace(/\s+/g, '');

const distance = (a: Rect, b: Rect): number => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);

/** How far the lines of a text that is found by its place alone may lie outside of it, CSS pixels. */
const aroundIt = 12;

const isAt = (box: Rect, place: Rect): boolean =>
  box.x >= place.x - aroundIt &&
  box.y >= place.y - aroundIt &&
  right(box) <= right(place) + aroundIt &&
  bottom(box) <= bottom(place) + aroundIt;

const letters = (text: string): string => [...squeeze(text)].sort().join('');

/**
 * Texts of the tree with where they were rendered, matched by their words and by place. What has words of several
 * looks is several texts on the page: together they have its letters.
 */
function rendered(tree: UiTree, texts: readonly PlacedText[]): Map<UiNode, readonly Rect[]> {
  const free = texts.map((text) => ({ key: squeeze(text.text), boxes: text.lines.map((line) => line.box) }));
  const found = new Map<UiNode, readonly Rect[]>();
  const rest: UiNode[] = [];
  for (const node of walk(tree.root)) {
    if (node.text === undefined || node.text.trim() === '') continue;
    const key = squeeze(node.text);
    const near = free
      .filter((text) => text.key === key && text.boxes.length > 0)
      .map((text) => ({ text, far: distance(unionOf(text.boxes), node.box) }))
      .sort((a, b) => a.far - b.far)[0];
    if (near === undefined) {
      rest.push(node);
      continue;
    }
    found.set(node, near.text.boxes);
    free.splice(free.indexOf(near.text), 1);
  }
  for (const node of rest) {
    const parts = free.filter(({ boxes }) => boxes.length > 0 && isAt(unionOf(boxes), node.box));
    if (letters(parts.map(({ key }) => key).join('')) !== letters(node.text ?? '')) continue;
    found.set(
      node,
      parts.flatMap(({ boxes }) => boxes),
    );
    for (const part of parts) free.splice(free.indexOf(part), 1);
  }
  return found;
}

const scaled = (box: Rect, ratio: number): Rect => ({
  x: box.x * ratio,
  y: box.y * ratio,
  width: box.width * ratio,
  height: box.height * ratio,
});

/** Farthest that all four edges of a box together may be from where they were measured, CSS pixels. */
const sameSurface = 24;

/** By how much what has a look of its own must move: the picture's boxes are known, and the page's. */
function surfaceMoves(
  tree: UiTree,
  wanted: ReadonlyMap<UiNode, Rect>,
  surfaces: readonly Rect[],
  ratio: number,
): Map<UiNode, Move> {
  const free = [...surfaces];
  const moves = new Map<UiNode, Move>();
  for (const node of walk(tree.root)) {
    const goal = wanted.get(node);
    if (goal === undefined || node === tree.root) continue;
    const far = (box: Rect): number =>
      distance(box, goal) + Math.abs(right(box) - right(goal)) + Math.abs(bottom(box) - bottom(goal));
    const near = [...free].sort((a, b) => far(a) - far(b))[0];
    if (near === undefined || far(near) > sameSurface) continue;
    free.splice(free.indexOf(near), 1);
    // A browser draws edges on whole pixels.
    const drawn = (edge: number): number => Math.round(edge * ratio) / ratio;
    moves.set(node, { x: drawn(goal.x) - drawn(near.x), y: drawn(goal.y) - drawn(near.y) });
  }
  return moves;
}

/** By how much each text must move, where that can be told. */
function textMoves(tree: UiTree, draft: Draft, picture: Plane, ratio: number): Map<UiNode, Move> {
  const page = planeOf(draft.raster);
  const moves = new Map<UiNode, Move>();
  const placed = rendered(tree, draft.texts);
  for (const [node, boxes] of placed) {
    const shifts = boxes
      .map((box) => register(page, picture, scaled(box, ratio), Math.round(reach * ratio)))
      .filter((shift) => shift !== undefined);
    if (shifts.length === 0) continue;
    const middle = (values: readonly number[]): number =>
      ([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0) / ratio;
    moves.set(node, { x: middle(shifts.map(({ x }) => x)), y: middle(shifts.map(({ y }) => y)) });
  }
  const together = (node: UiNode): void => {
    const still = [...walk(node)].filter((one) => moves.get(one)?.y === 0);
    const boxes = still.flatMap((one) => placed.get(one) ?? []).map((box) => scaled(box, ratio));
    if (boxes.length < leastTogether) return;
    const rows = registerJointly(page, picture, boxes);
    if (rows === 0) for (const child of childrenOf(node)) together(child);
    else for (const one of still) moves.set(one, { x: moves.get(one)?.x ?? 0, y: rows / ratio });
  };
  together(tree.root);
  return moves;
}

const plain = (moves: ReadonlyMap<UiNode, Move>): Map<UiNode, Move> =>
  new Map([...moves].filter(([, { x, y }]) => Math.max(Math.abs(x), Math.abs(y)) >= plainlyOff));

interface Look {
  readonly tree: UiTree;
  readonly draft: Draft;
  /** Structural similarity with the picture. */
  readonly score: number;
  readonly astray: number;
}

/** Mean distance of the texts from where they were measured, CSS pixels. @param first the nodes as measured. */
function astray(tree: UiTree, first: readonly UiNode[], texts: readonly PlacedText[]): number {
  const found = rendered(tree, texts);
  const gaps = [...walk(tree.root)].flatMap((node, index) => {
    const boxes = found.get(node);
    const goal = first[index]?.box;
    return boxes === undefined || goal === undefined ? [] : [distance(unionOf(boxes), goal)];
  });
  return gaps.reduce((sum, gap) => sum + gap, 0) / Math.max(1, gaps.length);
}

/** The moves after which the place where something belongs looks more like the picture. */
function improving(
  moves: ReadonlyMap<UiNode, Move>,
  before: Look,
  after: Look,
  picture: Plane,
  ratio: number,
): Map<UiNode, Move> {
  const [old, fresh] = [planeOf(before.draft.raster), planeOf(after.draft.raster)];
  return new Map(
    [...moves].filter(([{ box }, { x, y }]) => {
      const place = unionOf([box, { ...box, x: box.x + x, y: box.y + y }]);
      const [then, now] = [old, fresh].map((page) => gapBetween(page, picture, scaled(place, ratio)));
      return now !== undefined && then !== undefined && now < then;
    }),
  );
}

/** Only these axes, and only what moves. */
function along(moves: ReadonlyMap<UiNode, Move>, axes: readonly ('x' | 'y')[]): Map<UiNode, Move> {
  const only = [...moves].map(
    ([node, { x, y }]) => [node, { x: axes.includes('x') ? x : 0, y: axes.includes('y') ? y : 0 }] as const,
  );
  return new Map(only.filter(([, { x, y }]) => x !== 0 || y !== 0));
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
    const surfaces = [...walk(tree.root)].map((node) => (paints(node) ? node.box : undefined));
    /** Moved trees have the nodes of the first in the same order. */
    const wantedIn = (moved: UiTree): Map<UiNode, Rect> =>
      new Map(
        [...walk(moved.root)].flatMap((node, index) => (surfaces[index] ? [[node, surfaces[index]]] : [])),
      );
    const first = [...walk(tree.root)];
    const crops: Crops = new Map();
    const look = async (candidate: UiTree): Promise<Look> => {
      throwIfCancelled(context.signal);
      const draft = await renderDraft(page, candidate, raster, pixelRatio, size, crops);
      const fitted = fitTo(draft.raster, raster.width, raster.height);
      const score = await structuralSimilarityInTurns(raster, fitted, context.signal);
      return { tree: candidate, draft, score, astray: astray(candidate, first, draft.texts) };
    };
    let best = await look(tree);
    const fonts = await searchFonts(page, runsAstray(tree, rendered(tree, best.draft.texts)), context.signal);
    if (fonts.size > 0) {
      const next = await look(withFonts(tree, fonts));
      context.log.debug(`widths of ${fonts.size} texts: ${best.score.toFixed(4)} → ${next.score.toFixed(4)}`);
      if (next.score > best.score) best = next;
    }
    let latest = best;
    let cautious = false;
    let tries = 0;
    const most = Math.max(1, Math.floor(mostPixels / (raster.width * raster.height)) - 1);
    for (const axes of rounds.slice(-most)) {
      const all = settleMoves(
        latest.tree,
        new Map([
          ...surfaceMoves(latest.tree, wantedIn(latest.tree), latest.draft.surfaces, pixelRatio),
          ...textMoves(latest.tree, latest.draft, picture, pixelRatio),
        ]),
      );
      const moves = along(cautious ? plain(all) : all, axes);
      if (moves.size === 0) continue;
      let next = await look(moveNodes(latest.tree, moves));
      context.log.debug(`fit: ${best.score.toFixed(4)} → ${next.score.toFixed(4)}`);
      const isNear = next.score >= best.score - mostLoss && next.astray <= best.astray + mostAstray;
      if (isNear && next.score < best.score && tries < mostTries) {
        tries += 1;
        // Some moves were right, whatever the others did.
        const right = improving(moves, latest, next, picture, pixelRatio);
        if (right.size > 0 && right.size < moves.size) {
          const some = await look(moveNodes(latest.tree, right));
          context.log.debug(`fit: ${right.size} of ${moves.size} moves → ${some.score.toFixed(4)}`);
          if (some.score >= best.score + leastGain) next = some;
        }
      }
      cautious = next.score < best.score - mostLoss || next.astray > best.astray + mostAstray;
      latest = cautious ? best : next;
      if (!cautious && next.score >= best.score + leastGain) best = next;
    }
    return best.tree;
  } finally {
    await open.close();
  }
}
