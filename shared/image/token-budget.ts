/** Chooses the size at which a model sees a picture. Figures are those of Qwen3-VL. */

/** Side of one image token in pixels: patches of 16, merged 2 × 2. */
export const tokenSide = 32;
/** Fewer tokens than this make the engine enlarge the picture by itself. */
const fewestTokens = 8;

export interface TokenBudget {
  readonly minTokens: number;
  readonly maxTokens: number;
  /** Largest enlargement; a small picture then has fewer than `minTokens`. */
  readonly maxUpscale: number;
}

/** How a piece of `width` × `height` pixels is laid on a grid of tokens. */
export interface Fit {
  /** Model pixels per source pixel, the same for both axes. */
  readonly scale: number;
  /** Size of the scaled piece; the rest of the grid, to the right and below, is padding. */
  readonly contentWidth: number;
  readonly contentHeight: number;
  /** Size of the grid in tokens. */
  readonly columns: number;
  readonly rows: number;
}

/** The scale that is nearest to 1 inside the budget and wastes little on padding. */
export function fitToBudget(width: number, height: number, budget: TokenBudget): Fit {
  const unscaled = fitAt(1, width, height);
  if (isWithin(unscaled, budget)) return unscaled;
  const tokensAtOne = (width * height) / tokenSide ** 2;
  const smallest = Math.sqrt(budget.minTokens / tokensAtOne);
  const largest = Math.sqrt(budget.maxTokens / tokensAtOne);
  const wanted = Math.min(Math.max(1, smallest), largest, budget.maxUpscale);
  let best: Fit | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const scale of alignedScales(wanted, width, height)) {
    const fit = fitAt(scale, width, height);
    if (fit.columns * fit.rows > budget.maxTokens || scale > budget.maxUpscale) continue;
    const tooFew = fit.columns * fit.rows < budget.minTokens ? 1 : 0;
    const padding = 1 - (fit.contentWidth * fit.contentHeight) / (fit.columns * fit.rows * tokenSide ** 2);
    const cost = tooFew + padding + Math.abs(Math.log(scale / wanted));
    if (cost < bestCost) [best, bestCost] = [fit, cost];
  }
  return withFewestTokens(best ?? fitAt(shrunk(wanted, width, height, budget), width, height));
}

function fitAt(scale: number, width: number, height: number): Fit {
  const contentWidth = Math.max(1, Math.round(width * scale));
  const contentHeight = Math.max(1, Math.round(height * scale));
  const columns = Math.ceil(contentWidth / tokenSide);
  const rows = Math.ceil(contentHeight / tokenSide);
  return { scale, contentWidth, contentHeight, columns, rows };
}

function isWithin({ columns, rows }: Fit, { minTokens, maxTokens }: TokenBudget): boolean {
  return columns * rows >= minTokens && columns * rows <= maxTokens && columns * rows >= fewestTokens;
}

/** Scales near `wanted` at which one of the sides fills whole tokens. */
function* alignedScales(wanted: number, width: number, height: number): Generator<number> {
  for (const side of [width, height]) {
    const middle = Math.round((side * wanted) / tokenSide);
    for (let count = Math.max(1, middle - 4); count <= middle + 4; count++) yield (count * tokenSide) / side;
  }
}

/** For pictures so narrow that rounding up to whole tokens breaks the budget. */
function shrunk(wanted: number, width: number, height: number, budget: TokenBudget): number {
  let scale = wanted;
  for (;;) {
    const { columns, rows } = fitAt(scale, width, height);
    if (columns * rows <= budget.maxTokens) return scale;
    scale *= 0.98;
  }
}

function withFewestTokens(fit: Fit): Fit {
  let { columns, rows } = fit;
  while (columns * rows < fewestTokens) {
    if (columns <= rows) columns += 1;
    else rows += 1;
  }
  return { ...fit, columns, rows };
}
