/** Runs inside the page: walks the document in paint order and reads what a picture of it would show. */
import type { PagePicture, Separator } from '../../../shared/facts/page-facts.ts';
import type { Rect, Rgb } from '../../../shared/geometry.ts';
import { joinSeparators, readBox, toRect } from './boxes.ts';
import { parseColor, sameColor } from './color.ts';
import { lineOfField, linesOfText } from './text.ts';
import type { RawBox, RawLine, RawPage } from './types.ts';

interface Found {
  readonly lines: RawLine[];
  readonly boxes: RawBox[];
  readonly separators: Separator[];
  readonly pictures: PagePicture[];
}

function hidden(style: CSSStyleDeclaration): boolean {
  return style.display === 'none' || style.visibility === 'hidden' || Number(style.opacity) < 0.05;
}

function pictureOf(element: Element, under: Rgb): PagePicture | undefined {
  const tag = element.localName;
  if (!['img', 'svg', 'canvas', 'video', 'picture', 'iframe'].includes(tag)) return undefined;
  const box = toRect(element.getBoundingClientRect());
  if (box.width < 3 || box.height < 3) return undefined;
  const style = getComputedStyle(element);
  const radius = Number.parseFloat(style.borderTopLeftRadius);
  const scale = style.borderTopLeftRadius.endsWith('%') ? Math.min(box.width, box.height) / 100 : 1;
  const small = Math.max(box.width, box.height) <= 48;
  const kind = tag === 'svg' ? (small ? 'icon' : 'drawing') : small && radius === 0 ? 'icon' : 'photo';
  return {
    box,
    kind,
    radius: Math.min(radius * scale, Math.min(box.width, box.height) / 2),
    background: under,
  };
}

function checkable(element: Element): RawBox | undefined {
  if (!(element instanceof HTMLInputElement) || !['checkbox', 'radio'].includes(element.type))
    return undefined;
  const box = toRect(element.getBoundingClientRect());
  const color: Rgb = element.checked ? [0, 117, 255] : [118, 118, 118];
  const side = { width: 1, color };
  const border = { top: side, right: side, bottom: side, left: side };
  return {
    box,
    border,
    radius: element.type === 'radio' ? box.width / 2 : 2,
    ...(element.checked && { fill: color }),
  };
}

/** The arrow that the browser draws in a choice. */
function arrowOf(element: HTMLSelectElement, background: Rgb): PagePicture {
  const rect = toRect(element.getBoundingClientRect());
  const box = { x: rect.x + rect.width - 16, y: rect.y + rect.height / 2 - 3, width: 9, height: 6 };
  return { box, kind: 'icon', radius: 0, background };
}

/** The track and the filled part of a progress bar. */
function progressOf(element: HTMLProgressElement | HTMLMeterElement, found: Found): void {
  const box = toRect(element.getBoundingClientRect());
  const share =
    element instanceof HTMLProgressElement
      ? Math.max(0, element.position)
      : (element.value - element.min) / Math.max(1e-6, element.max - element.min);
  const radius = Number.parseFloat(getComputedStyle(element).borderTopLeftRadius) || box.height / 2;
  found.boxes.push({ box, fill: [230, 230, 230], border: {}, radius });
  found.boxes.push({ box: { ...box, width: box.width * share }, fill: [0, 117, 255], border: {}, radius });
}

function walk(element: Element, under: Rgb, found: Found): void {
  const style = getComputedStyle(element);
  if (hidden(style)) return;
  const picture = pictureOf(element, under);
  if (picture !== undefined) {
    found.pictures.push(picture);
    return;
  }
  if (element instanceof HTMLProgressElement || element instanceof HTMLMeterElement) {
    progressOf(element, found);
    return;
  }
  const check = checkable(element);
  if (check !== undefined) {
    found.boxes.push(check);
    return;
  }
  const reading =
    style.display === 'contents' ? { separators: [], background: under } : readBox(element, under);
  if (element !== document.body && element !== document.documentElement) {
    if (reading.box) found.boxes.push(reading.box);
    if (reading.picture) found.pictures.push(reading.picture);
    found.separators.push(...reading.separators);
  }
  const field = lineOfField(element, reading.background);
  if (field !== undefined) found.lines.push(field);
  if (element instanceof HTMLSelectElement && style.appearance !== 'none')
    found.pictures.push(arrowOf(element, reading.background));
  if (['select', 'textarea', 'input', 'script', 'style', 'noscript', 'template'].includes(element.localName))
    return;
  for (const child of element.childNodes) {
    if (child instanceof Text) found.lines.push(...linesOfText(child, element, reading.background));
    else if (child instanceof Element) walk(child, reading.background, found);
  }
}

function sameStyle(a: RawLine, b: RawLine): boolean {
  return (
    a.family === b.family &&
    a.size === b.size &&
    a.weight === b.weight &&
    a.italic === b.italic &&
    sameColor(a.color, b.color) &&
    sameColor(a.background, b.background) &&
    a.underline === b.underline &&
    a.strike === b.strike
  );
}

function union(a: Rect, b: Rect): Rect {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}

/** Pieces of one visual line in one style become one line, as pixels would have it. */
function joinLines(lines: readonly RawLine[]): RawLine[] {
  const joined: RawLine[] = [];
  for (const line of lines) {
    const last = joined[joined.length - 1];
    const gap = last === undefined ? 0 : line.box.x - last.box.x - last.box.width;
    if (
      last !== undefined &&
      sameStyle(last, line) &&
      Math.abs(last.baseline - line.baseline) < 1.5 &&
      gap > -2 &&
      gap < 0.45 * line.size
    ) {
      const glue = gap > 0.13 * line.size ? ' ' : '';
      joined[joined.length - 1] = {
        ...last,
        text: last.text + glue + line.text,
        words: [...last.words, ...line.words],
        box: union(last.box, line.box),
      };
    } else joined.push(line);
  }
  return joined;
}

/** Everything visible on the page. */
export function readPage(): RawPage {
  const root = parseColor(getComputedStyle(document.documentElement).backgroundColor);
  const body = parseColor(getComputedStyle(document.body).backgroundColor);
  const background: Rgb = body.alpha > 0 ? body.rgb : root.alpha > 0 ? root.rgb : [255, 255, 255];
  const found: Found = { lines: [], boxes: [], separators: [], pictures: [] };
  const gradient = readBox(document.body, background).box?.gradient;
  walk(document.body, background, found);
  const width = document.documentElement.clientWidth;
  const height = Math.max(document.documentElement.scrollHeight, innerHeight);
  const inside = (box: Rect): boolean =>
    box.x + box.width > 1 && box.x < width - 1 && box.y + box.height > 1 && box.y < height - 1;
  const covers = (picture: PagePicture, line: RawLine): boolean =>
    line.box.x >= picture.box.x - 1 &&
    line.box.y >= picture.box.y - 1 &&
    line.box.x + line.box.width <= picture.box.x + picture.box.width + 1 &&
    line.box.y + line.box.height <= picture.box.y + picture.box.height + 1;
  const pictures = found.pictures.filter((picture) => inside(picture.box));
  const lines = joinLines(found.lines.filter((line) => inside(line.box)));
  return {
    width,
    height,
    background,
    ...(gradient && { backgroundGradient: gradient }),
    language: document.documentElement.lang.startsWith('zh') ? 'zh-Hans' : 'en',
    lines: lines.map((line) => ({ ...line, onPicture: pictures.some((picture) => covers(picture, line)) })),
    boxes: found.boxes.filter((box) => inside(box.box)),
    separators: joinSeparators(found.separators.filter((rule) => inside(rule.box))),
    pictures,
  };
}
