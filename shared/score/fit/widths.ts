/** Letter sizes and spacings with which texts are as wide as they were measured, searched by rendering. */
import { fontStack } from '../../compose/html/values.ts';
import { throwIfCancelled } from '../../errors.ts';
import type { Rect } from '../../geometry.ts';
import { childrenOf, type UiFont, type UiNode, type UiTree, walk } from '../../ui-tree.ts';
import type { Page } from '../browser.ts';

/** Share of its width by which a text may be off: as exact as it is measured. */
const tolerance = 0.01;
/** What is off by more than this share has another cause. */
const farthest = 0.25;
/** Fewer letters are too narrow to tell. */
const fewest = 4;
/** How far the size may be from what was measured by the height of the letters: a share of it, or pixels. */
const sizeReach = { share: 0.03, pixels: 0.5 };
/** How far the letters may be set apart or together, as a share of their size. */
const spacingReach = 0.08;
/** Renderings of each search: each halves what is left. */
const rounds = 6;

/** A text with the width that it should have. */
export interface Run {
  readonly node: UiNode;
  readonly text: string;
  readonly font: UiFont;
  /** CSS pixels. */
  readonly width: number;
}

interface Range {
  readonly low: number;
  readonly high: number;
}

const fields = new Set<UiNode['kind']>(['input', 'textarea', 'select']);

/** Texts of one line and one look whose rendered width is off. @param rendered where texts stand, CSS pixels. */
export function runsAstray(tree: UiTree, rendered: ReadonlyMap<UiNode, readonly Rect[]>): Run[] {
  // What is rendered of a field is the field.
  const inFields = new Set(
    [...walk(tree.root)].flatMap((node) => (fields.has(node.kind) ? [...walk(node)] : [])),
  );
  return [...rendered].flatMap(([node, boxes]): Run[] => {
    const { text, style, box, wrap, lines, runs } = node;
    const [only, ...more] = boxes;
    if (text === undefined || style?.font === undefined || only === undefined || more.length > 0) return [];
    if (wrap !== undefined || lines !== undefined || runs !== undefined || inFields.has(node)) return [];
    const off = box.width === 0 ? 0 : Math.abs(only.width / box.width - 1);
    if (off <= tolerance || off > farthest || [...text.trim()].length < fewest) return [];
    return [{ node, text: text.trim(), font: style.font, width: box.width }];
  });
}

/** Runs inside the page, and calls nothing outside itself. @returns the width of every text, CSS pixels. */
function measureTexts(
  texts: readonly { readonly text: string; readonly css: Record<string, string> }[],
): number[] {
  const spans = texts.map(({ text, css }) => {
    const span = document.createElement('span');
    span.textContent = text;
    for (const [property, value] of Object.entries(css)) span.style.setProperty(property, value);
    return span;
  });
  document.body.replaceChildren(...spans);
  return spans.map((span) => span.getBoundingClientRect().width);
}

const cssOf = (font: UiFont): Record<string, string> => ({
  position: 'absolute',
  'white-space': 'pre',
  'font-family': fontStack(font),
  'font-size': `${font.size}px`,
  'font-weight': `${Math.round(font.weight)}`,
  'font-style': font.italic ? 'italic' : 'normal',
  'letter-spacing': `${font.letterSpacing}px`,
});

/** One rendering for all runs in each round. @returns the value for each at which its width is closest. */
async function search(
  page: Page,
  runs: readonly Run[],
  range: (font: UiFont) => Range,
  set: (font: UiFont, value: number) => UiFont,
  signal: AbortSignal,
): Promise<{ readonly font: UiFont; readonly off: number }[]> {
  let ranges = runs.map(({ font }) => range(font));
  let best = runs.map(({ font }) => ({ font, off: Number.POSITIVE_INFINITY }));
  for (let round = 0; round < rounds; round += 1) {
    throwIfCancelled(signal);
    const fonts = runs.map(({ font }, index) => {
      const { low, high } = ranges[index] ?? range(font);
      return set(font, (low + high) / 2);
    });
    const texts = runs.map(({ text, font }, index) => ({ text, css: cssOf(fonts[index] ?? font) }));
    const widths = await page.evaluate(measureTexts, texts);
    ranges = ranges.map(({ low, high }, index) => {
      const isWide = (widths[index] ?? 0) > (runs[index]?.width ?? 0);
      return isWide ? { low, high: (low + high) / 2 } : { low: (low + high) / 2, high };
    });
    best = best.map((known, index) => {
      const off = Math.abs((widths[index] ?? 0) / (runs[index]?.width ?? 1) - 1);
      return off < known.off ? { font: fonts[index] ?? known.font, off } : known;
    });
  }
  return best;
}

/**
 * Searches the size of every run, and its letter spacing where no size near the measured one will do.
 * @param page what stands in it is replaced.
 * @returns the fonts with which the runs are as wide as measured, within the tolerance.
 * @throws PixelwrightError `cancelled`.
 */
export async function searchFonts(
  page: Page,
  runs: readonly Run[],
  signal: AbortSignal,
): Promise<Map<UiNode, UiFont>> {
  const found = new Map<UiNode, UiFont>();
  if (runs.length === 0) return found;
  await page.setContent('<!DOCTYPE html><title>widths</title><body></body>');
  const bySize = await search(
    page,
    runs,
    ({ size }) => {
      const reach = Math.max(sizeReach.share * size, sizeReach.pixels);
      return { low: size - reach, high: size + reach };
    },
    (font, size) => ({ ...font, size }),
    signal,
  );
  const rest = runs.filter(({ node }, index) => {
    const sized = bySize[index];
    if (sized !== undefined && sized.off <= tolerance / 2) found.set(node, sized.font);
    return !found.has(node);
  });
  if (rest.length === 0) return found;
  const bySpacing = await search(
    page,
    rest,
    ({ size, letterSpacing }) => ({
      low: letterSpacing - spacingReach * size,
      high: letterSpacing + spacingReach * size,
    }),
    (font, letterSpacing) => ({ ...font, letterSpacing }),
    signal,
  );
  rest.forEach(({ node }, index) => {
    const spaced = bySpacing[index];
    if (spaced !== undefined && spaced.off <= tolerance / 2) found.set(node, spaced.font);
  });
  return found;
}

/** The tree with other fonts; its nodes stand in the same order. */
export function withFonts(tree: UiTree, fonts: ReadonlyMap<UiNode, UiFont>): UiTree {
  const visit = (node: UiNode): UiNode => {
    const font = fonts.get(node);
    const own = font === undefined ? node : { ...node, style: { ...node.style, font } };
    return node.children === undefined ? own : { ...own, children: childrenOf(node).map(visit) };
  };
  return { ...tree, root: visit(tree.root) };
}
