/** Line charts: their grid cuts the ink into strips, and its lines look like rules of the page. */
import type { Segment } from '../regions/lines.ts';
import type { RawPicture } from './find-pictures.ts';

interface Bounds {
  readonly left: number;
  readonly top: number;
  /** Inclusive. */
  readonly right: number;
  readonly bottom: number;
}

/** CSS pixels: smallest chart; how near its strips are to each other, and its grid's outer lines to them. */
const leastWidth = 120;
const leastHeight = 30;
const stripGap = 8;
const gridReach = 64;
/** How far a grid line's ends may be from the chart's, as a share of its width; its shortest piece. */
const mostAskew = 0.12;
const leastPiece = 0.2;

export interface Charts {
  readonly pictures: RawPicture[];
  /** Rules that are none of a chart's. */
  readonly rules: Segment[];
}

/**
 * Joins the strips of each chart, and takes the lines of its grid into it.
 * @param boxes a chart never reaches over the edge of one. @param texts nothing with a text between is joined.
 */
export function joinCharts(
  pictures: readonly RawPicture[],
  rules: readonly Segment[],
  { boxes, texts, scale }: { boxes: readonly Bounds[]; texts: readonly Bounds[]; scale: number },
): Charts {
  const isFree = (a: Bounds, b: Bounds): boolean =>
    !texts.some((text) => liesBetween(text, a, b)) && sameBox(a, b, boxes);
  let charts = pictures.filter((one) => isStrip(one, scale));
  const others = pictures.filter((one) => !charts.includes(one));
  for (;;) {
    const joined = joinOne(charts, (a, b) => touch(a, b, scale) && isFree(a, b));
    if (joined === undefined) break;
    charts = joined;
  }
  const left = new Set(rules);
  charts = charts.map((chart) => {
    if (
      chart.right - chart.left + 1 < leastWidth * scale ||
      chart.bottom - chart.top + 1 < leastHeight * scale
    )
      return chart;
    let whole = chart;
    for (const rule of rules) {
      if (!isGridLine(rule, chart, scale) || !isFree(rule, chart)) continue;
      left.delete(rule);
      whole = { ...whole, ...union(whole, rule) };
    }
    return whole;
  });
  return { pictures: [...others, ...charts], rules: [...left] };
}

function isStrip({ kind, left, right, top, bottom }: RawPicture, scale: number): boolean {
  return kind === 'drawing' && right - left + 1 >= leastWidth * scale && bottom > top;
}

function joinOne(
  charts: readonly RawPicture[],
  fits: (a: RawPicture, b: RawPicture) => boolean,
): RawPicture[] | undefined {
  for (const [index, a] of charts.entries()) {
    const b = charts.slice(index + 1).find((other) => fits(a, other));
    if (b === undefined) continue;
    return [...charts.filter((one) => one !== a && one !== b), { ...a, ...union(a, b), radius: 0 }];
  }
  return undefined;
}

const union = (a: Bounds, b: Bounds): Bounds => ({
  left: Math.min(a.left, b.left),
  top: Math.min(a.top, b.top),
  right: Math.max(a.right, b.right),
  bottom: Math.max(a.bottom, b.bottom),
});

function touch(a: Bounds, b: Bounds, scale: number): boolean {
  const gap = Math.max(a.top, b.top) - Math.min(a.bottom, b.bottom) - 1;
  return gap <= stripGap * scale && a.left <= b.right && b.left <= a.right;
}

function isGridLine(rule: Segment, chart: Bounds, scale: number): boolean {
  if (rule.orientation !== 'horizontal') return false;
  const width = chart.right - chart.left + 1;
  const slack = mostAskew * width;
  if (rule.left < chart.left - slack || rule.right > chart.right + slack) return false;
  const crosses = rule.top >= chart.top - stripGap * scale && rule.bottom <= chart.bottom + stripGap * scale;
  const length = rule.right - rule.left + 1;
  // Of a line of the grid that the curve crosses, the pieces are found.
  if (crosses) return length >= leastPiece * width;
  const reach = Math.min(gridReach * scale, chart.bottom - chart.top + 1);
  const gap = Math.max(rule.top - chart.bottom, chart.top - rule.bottom);
  return (
    gap <= reach && Math.abs(rule.left - chart.left) <= slack && Math.abs(rule.right - chart.right) <= slack
  );
}

/** True if both lie in the same boxes. */
function sameBox(a: Bounds, b: Bounds, boxes: readonly Bounds[]): boolean {
  const isIn = (one: Bounds, box: Bounds): boolean =>
    (one.left + one.right) / 2 >= box.left &&
    (one.left + one.right) / 2 <= box.right &&
    one.top >= box.top - 1 &&
    one.bottom <= box.bottom + 1;
  return boxes.every((box) => isIn(a, box) === isIn(b, box));
}

function liesBetween(text: Bounds, a: Bounds, b: Bounds): boolean {
  const [upper, lower] = a.top <= b.top ? [a, b] : [b, a];
  const middle = (text.top + text.bottom) / 2;
  return (
    middle > upper.bottom &&
    middle < lower.top &&
    text.left <= Math.min(a.right, b.right) &&
    text.right >= Math.max(a.left, b.left)
  );
}
