/** Cuts a long page into regions that a model is shown one by one, along gaps, through no line of text. */

import type { PageFacts } from '../../facts/page-facts.ts';
import { bottom, type Rect } from '../../geometry.ts';
import { type Mark, marksOf } from './marks.ts';

export interface PageRegion {
  /** CSS pixels; the regions of a page lie below each other and cover it. */
  readonly box: Rect;
  /** In reading order; their numbers in prompt and answer begin at 1. */
  readonly marks: readonly Mark[];
}

/**
 * CSS pixels that a region should have at most: with them a picture at one pixel a CSS pixel has about 1,250 image
 * tokens, so that small text is not shrunk.
 */
const mostArea = 1_300_000;
/** More things than these make answers so long that small models lose their thread. */
const mostMarks = 140;
/** A region lower than this share of its width shows too little of what belongs together. */
const lowest = 0.25;

/** Every mark stands in exactly one region. One without marks is shown too: it may hold what was not measured. */
export function regionsOf(facts: PageFacts): PageRegion[] {
  const marks = marksOf(facts);
  const page = { x: 0, y: 0, width: facts.width, height: facts.height };
  const boxes = facts.boxes.map(({ box }) => box);
  const parts = divided(page, marks, boxes);
  return parts.map((box, index) => ({
    box,
    marks: marks.filter((mark) => {
      const middle = mark.box.y + mark.box.height / 2;
      const isFirst = index === 0 || middle >= box.y;
      const isLast = index === parts.length - 1 || middle < bottom(box);
      return isFirst && isLast;
    }),
  }));
}

function divided(part: Rect, marks: readonly Mark[], boxes: readonly Rect[]): Rect[] {
  const inside = marks.filter(({ box }) => {
    const middle = box.y + box.height / 2;
    return middle >= part.y && middle < bottom(part);
  });
  const pieces = Math.ceil(Math.max((part.width * part.height) / mostArea, inside.length / mostMarks));
  if (pieces <= 1) return [part];
  const at = bestCut(part, pieces, inside, boxes);
  if (at === undefined) return [part];
  const upper = { ...part, height: at - part.y };
  const lower = { ...part, y: at, height: bottom(part) - at };
  return [...divided(upper, marks, boxes), ...divided(lower, marks, boxes)];
}

/**
 * The y that leaves a whole number of regions on both sides, in a wide gap, through few boxes.
 * @returns undefined where every y of the part's middle goes through a line or an icon.
 */
function bestCut(
  part: Rect,
  pieces: number,
  marks: readonly Mark[],
  boxes: readonly Rect[],
): number | undefined {
  const least = Math.min(lowest * part.width, part.height / 4);
  let best: { readonly y: number; readonly cost: number } | undefined;
  for (const gap of gapsOf(part, marks)) {
    const y = Math.round((gap.from + gap.to) / 2);
    if (y - part.y < least || bottom(part) - y < least) continue;
    const share = ((y - part.y) / part.height) * pieces;
    const uneven = Math.abs(share - Math.max(1, Math.min(pieces - 1, Math.round(share)))) / pieces;
    const crossed = boxes.filter((box) => box.y < y - 1 && bottom(box) > y + 1 && box.height < part.height);
    const cost = uneven - Math.min(gap.to - gap.from, 80) / 200 + 0.08 * Math.min(crossed.length, 4);
    if (best === undefined || cost < best.cost) best = { y, cost };
  }
  return best?.y;
}

interface Gap {
  readonly from: number;
  readonly to: number;
}

/** Where no mark is; a picture that is higher than a third of the part may be cut if need be. */
function gapsOf(part: Rect, marks: readonly Mark[]): Gap[] {
  const solid = (limit: number): Rect[] =>
    marks.map(({ box }) => box).filter((box) => box.height < limit * part.height);
  for (const limit of [Number.POSITIVE_INFINITY, 1 / 3]) {
    const gaps = gapsBetween(part, solid(limit));
    if (gaps.length > 0) return gaps;
  }
  return [];
}

function gapsBetween(part: Rect, solids: readonly Rect[]): Gap[] {
  const sorted = [...solids].sort((a, b) => a.y - b.y);
  const gaps: Gap[] = [];
  let reached = part.y;
  for (const box of [...sorted, { ...part, y: bottom(part), height: 0 }]) {
    if (box.y > reached + 1) gaps.push({ from: reached, to: Math.min(box.y, bottom(part)) });
    reached = Math.max(reached, bottom(box));
  }
  return gaps;
}
