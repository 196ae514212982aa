/** Reads the visual lines of text nodes and form fields. */
import type { Rect, Rgb } from '../../../shared/geometry.ts';
import { blend, parseColor } from './color.ts';
import { classOf, measure, usedFamily } from './fonts.ts';
import type { RawLine, RawWord } from './types.ts';

interface Fragment {
  text: string;
  left: number;
  right: number;
  top: number;
  height: number;
}

function transform(text: string, style: CSSStyleDeclaration): string {
  if (style.textTransform === 'uppercase') return text.toUpperCase();
  if (style.textTransform === 'lowercase') return text.toLowerCase();
  if (style.textTransform === 'capitalize') return text.replace(/(^|\s)\S/g, (c) => c.toUpperCase());
  return text;
}

function decoration(element: Element, kind: string): boolean {
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const style = getComputedStyle(at);
    if (style.textDecorationLine.includes(kind)) return true;
    if (style.display !== 'inline') return false;
  }
  return false;
}

/** A line of known characters at a known place; the ink box comes from the font. */
function toLine(
  fragment: Fragment,
  element: Element,
  style: CSSStyleDeclaration,
  color: Rgb,
  background: Rgb,
): RawLine {
  const metrics = measure(fragment.text, style);
  const spread = metrics.fontBoundingBoxAscent + metrics.fontBoundingBoxDescent;
  const baseline = fragment.top + (fragment.height - spread) / 2 + metrics.fontBoundingBoxAscent;
  const ink = (text: string, left: number): Rect => {
    const m = measure(text, style);
    return {
      x: left - m.actualBoundingBoxLeft,
      y: baseline - m.actualBoundingBoxAscent,
      width: Math.max(0.5, m.actualBoundingBoxLeft + m.actualBoundingBoxRight),
      height: Math.max(0.5, m.actualBoundingBoxAscent + m.actualBoundingBoxDescent),
    };
  };
  const words: RawWord[] = [];
  for (const match of fragment.text.matchAll(/\S+/g)) {
    const before = measure(fragment.text.slice(0, match.index), style).width;
    words.push({ text: match[0], box: ink(match[0], fragment.left + before) });
  }
  const family = usedFamily(style.fontFamily);
  return {
    text: fragment.text,
    words,
    box: ink(fragment.text, fragment.left),
    baseline: Math.round(baseline * 100) / 100,
    color,
    background,
    family,
    kind: classOf(family, style.fontFamily),
    size: Number.parseFloat(style.fontSize),
    weight: Number(style.fontWeight),
    italic: style.fontStyle !== 'normal',
    letterSpacing: style.letterSpacing === 'normal' ? 0 : Number.parseFloat(style.letterSpacing),
    underline: decoration(element, 'underline'),
    strike: decoration(element, 'line-through'),
    onPicture: false,
  };
}

/** The lines of one text node, one a visual line, cut where the browser wrapped. */
export function linesOfText(node: Text, element: Element, background: Rgb): RawLine[] {
  const style = getComputedStyle(element);
  const range = document.createRange();
  const fragments: Fragment[] = [];
  let current: Fragment | undefined;
  for (let index = 0; index < node.data.length; index += 1) {
    range.setStart(node, index);
    range.setEnd(node, index + 1);
    const rects = range.getClientRects();
    const rect = rects[rects.length - 1];
    if (rect === undefined || rect.width === 0) continue;
    const top = rect.top + scrollY;
    const left = rect.left + scrollX;
    if (current === undefined || Math.abs(top - current.top) > 2 || left < current.right - 4) {
      current = { text: '', left, right: left, top, height: rect.height };
      fragments.push(current);
    }
    current.text += node.data[index] ?? '';
    current.right = Math.max(current.right, left + rect.width);
  }
  const color = blend(parseColor(style.color), background);
  const lines: RawLine[] = [];
  for (const fragment of fragments) {
    const text = transform(fragment.text.replace(/\s/g, ' '), style);
    const start = text.length - text.trimStart().length;
    const left = fragment.left + (start > 0 ? measure(text.slice(0, start), style).width : 0);
    if (text.trim() !== '')
      lines.push(toLine({ ...fragment, text: text.trim(), left }, element, style, color, background));
  }
  return lines;
}

/** The text that a form field shows: its value, chosen option or placeholder. */
export function lineOfField(element: Element, background: Rgb): RawLine | undefined {
  let text = '';
  let color = parseColor(getComputedStyle(element).color);
  let centred = false;
  if (element instanceof HTMLInputElement) {
    if (['checkbox', 'radio', 'range', 'color', 'file', 'hidden', 'image'].includes(element.type))
      return undefined;
    centred = ['submit', 'button', 'reset'].includes(element.type);
    text = element.type === 'password' ? '•'.repeat(element.value.length) : element.value;
  } else if (element instanceof HTMLTextAreaElement) text = element.value;
  else if (element instanceof HTMLSelectElement) text = element.selectedOptions[0]?.text ?? '';
  if (text === '' && (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)) {
    text = element.placeholder;
    color = parseColor(getComputedStyle(element, '::placeholder').color);
  }
  text = text.split('\n')[0]?.trim() ?? '';
  if (text === '') return undefined;
  const style = getComputedStyle(element);
  const rect = element.getBoundingClientRect();
  const metrics = measure(text, style);
  const height = metrics.fontBoundingBoxAscent + metrics.fontBoundingBoxDescent;
  const paddingLeft = Number.parseFloat(style.borderLeftWidth) + Number.parseFloat(style.paddingLeft);
  const nudge = element instanceof HTMLSelectElement && style.appearance !== 'none' ? 4 : 0;
  const left = rect.left + scrollX + (centred ? (rect.width - metrics.width) / 2 : paddingLeft + nudge);
  const paddingTop = Number.parseFloat(style.borderTopWidth) + Number.parseFloat(style.paddingTop);
  const top =
    rect.top + scrollY + (element instanceof HTMLTextAreaElement ? paddingTop : (rect.height - height) / 2);
  const fragment = { text, left, right: left + metrics.width, top, height };
  return toLine(fragment, element, style, blend(color, background), background);
}
