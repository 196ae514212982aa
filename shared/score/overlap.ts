/** Finds what is wrong with a page at a width: text on text, text cut off or lost, sideways scrolling. */
import type { RunContext } from '../context.ts';
import { throwIfCancelled } from '../errors.ts';
import { type Browser, type Page, withPage } from './browser.ts';
import { measureOverflow } from './in-page.ts';

/** One visual line of text and what is wrong with it. Coordinates are CSS pixels of the page. */
export interface LineFault {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

export interface TextFaults {
  /** Pairs of lines of different elements whose ink meets. */
  readonly overlaps: readonly (readonly [LineFault, LineFault])[];
  /** Lines of which a part cannot be seen, or stands outside the box that is painted for it. */
  readonly cut: readonly LineFault[];
  /** Lines that touch the edge of the viewport. */
  readonly edge: readonly LineFault[];
  /** Texts without any place on the page. */
  readonly lost: readonly string[];
}

export interface PageFaults extends TextFaults {
  /** Viewport, CSS pixels. */
  readonly width: number;
  /** CSS pixels by which the page is wider. */
  readonly overflow: number;
  /** Height of the page, CSS pixels. */
  readonly height: number;
}

/**
 * Runs inside the page. A line's ink is as high as its font says of its own letters (`measureText`), not as the
 * content area, which reaches into its neighbours under a tight line height.
 */
export function findTextFaults(): TextFaults {
  interface Line extends LineFault {
    element: Element;
    right: number;
    bottom: number;
  }
  const canvas = document.createElement('canvas').getContext('2d');
  const lines: Line[] = [];
  const cut: LineFault[] = [];
  const edge: LineFault[] = [];
  const lost: string[] = [];
  const squeeze = (text: string) => text.replace(/\s+/g, ' ').trim();
  const isShown = (element: Element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true });

  function metrics(element: Element, text: string): TextMetrics | undefined {
    const style = getComputedStyle(element);
    if (!canvas) return undefined;
    canvas.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    return canvas.measureText(text);
  }

  function put(element: Element, text: string, rect: DOMRect): void {
    const words = squeeze(text);
    if (words === '' || rect.width < 1) return;
    const found = metrics(element, words);
    const baseline = rect.top + (found?.fontBoundingBoxAscent ?? rect.height);
    const line = {
      element,
      text: words,
      x: rect.left + scrollX,
      y: baseline - (found?.actualBoundingBoxAscent ?? rect.height) + scrollY,
      right: rect.right + scrollX,
      bottom: baseline + (found?.actualBoundingBoxDescent ?? 0) + scrollY,
    };
    let [seen, scrolled] = [true, false];
    for (let at: Element | null = element; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.display === 'inline' || style.display === 'contents') continue;
      const box = at.getBoundingClientRect();
      const [left, top] = [box.left + scrollX, box.top + scrollY];
      const scrolls = /auto|scroll/.test(style.overflowX);
      const outside = Math.max(left - line.x, line.right - left - box.width, line.bottom - top - box.height);
      if (scrolls && (line.x > left + box.width - 1 || line.right < left + 1)) seen = false;
      scrolled ||= scrolls;
      if (scrolls) break;
      const painted =
        /hidden|clip/.test(style.overflowX) ||
        style.backgroundImage !== 'none' ||
        !/, 0\)$|^transparent$/.test(style.backgroundColor) ||
        Number.parseFloat(style.borderLeftWidth) * Number.parseFloat(style.borderRightWidth) > 0;
      if (painted && outside > 2) {
        cut.push({ text: words, x: line.x, y: line.y });
        break;
      }
    }
    if (!seen) return;
    lines.push(line);
    const width = document.documentElement.clientWidth;
    if (!scrolled && (line.x < 4 || line.right > width - 4)) edge.push({ text: words, x: line.x, y: line.y });
  }

  function field(element: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement): void {
    const text =
      element instanceof HTMLSelectElement ? (element.selectedOptions[0]?.text ?? '') : element.value;
    const style = getComputedStyle(element);
    const inset = ['padding-left', 'padding-right', 'border-left-width', 'border-right-width'].reduce(
      (sum, name) => sum + Number.parseFloat(style.getPropertyValue(name)),
      0,
    );
    const box = element.getBoundingClientRect();
    const wraps = element instanceof HTMLTextAreaElement || /checkbox|radio|password/.test(element.type);
    const needs = metrics(element, squeeze(text))?.width ?? 0;
    if (!wraps && needs > box.width - inset + 2)
      cut.push({ text: squeeze(text), x: box.left + scrollX, y: box.top + scrollY });
  }

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node: Node | null = walker.currentNode; node; node = walker.nextNode()) {
    if (
      node instanceof HTMLInputElement ||
      node instanceof HTMLTextAreaElement ||
      node instanceof HTMLSelectElement
    ) {
      if (isShown(node)) field(node);
      continue;
    }
    const parent = node.parentElement;
    if (!(node instanceof Text) || !parent || node.data.trim() === '') continue;
    if (parent.closest('script, style, noscript, template, textarea, option, details:not([open])')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const rects = isShown(parent) ? [...range.getClientRects()] : [];
    if (rects.length === 0) lost.push(squeeze(node.data));
    const [only] = rects;
    if (rects.length === 1 && only) put(parent, node.data, only);
    else for (const rect of rects) put(parent, node.data, rect);
  }

  const overlaps: [LineFault, LineFault][] = [];
  const brief = ({ text, x, y }: Line): LineFault => ({ text, x, y });
  lines.forEach((line, index) => {
    for (const other of lines.slice(index + 1)) {
      if (other.element === line.element) continue;
      const across = Math.min(line.right, other.right) - Math.max(line.x, other.x);
      const down = Math.min(line.bottom, other.bottom) - Math.max(line.y, other.y);
      const least = Math.min(line.bottom - line.y, other.bottom - other.y);
      if (across > 2 && down > Math.max(1.5, 0.15 * least)) overlaps.push([brief(line), brief(other)]);
    }
  });
  return { overlaps, cut, edge, lost };
}

async function faultsAt(page: Page, width: number): Promise<PageFaults> {
  await page.setViewportSize({ width, height: 800 });
  const faults = await page.evaluate(findTextFaults);
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  // Last, because it changes the root's overflow.
  return { width, height, ...faults, overflow: await page.evaluate(measureOverflow) };
}

/**
 * Opens a local page offline, without its scripts, and looks at it at each width.
 *
 * @param widths viewports, CSS pixels.
 * @throws PixelwrightError `input-not-found` if the page cannot be opened, `cancelled` on abort.
 */
export async function findFaults(
  browser: Browser,
  file: string,
  widths: readonly number[],
  context: RunContext,
): Promise<PageFaults[]> {
  return await withPage(browser, file, { width: 1280, height: 800 }, async ({ page }) => {
    const found: PageFaults[] = [];
    for (const width of widths) {
      throwIfCancelled(context.signal);
      found.push(await faultsAt(page, width));
    }
    return found;
  });
}
