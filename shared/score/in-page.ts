/**
 * Functions that run inside the rendered page; each is sent there as text and can call nothing outside itself.
 *
 * They must be synchronous: with a page's scripts switched off its event loop runs no promises.
 */
import type { Rect } from '../geometry.ts';

/** One visual line of one run, as the layout places it, before its visibility is known. */
export interface PlacedLine {
  readonly text: string;
  /** Content area of the glyphs, CSS pixels from the page's upper left corner. */
  readonly box: Rect;
}

/** All text directly inside one element, or shown by one form field. */
export interface PlacedText {
  readonly text: string;
  readonly lines: readonly PlacedLine[];
  /** CSS colour that fills the glyphs. */
  readonly color: string;
  /** Product of the opacities of the element and its ancestors, 0..1. */
  readonly opacity: number;
}

/** Kinds of visible components, close to those of Sketch2Code's layout measure. */
export const componentKinds = [
  'text',
  'picture',
  'button',
  'field',
  'navigation',
  'table',
  'divider',
] as const;
export type ComponentKind = (typeof componentKinds)[number];

export interface Component {
  readonly kind: ComponentKind;
  readonly box: Rect;
}

export interface PageStructure {
  /** `parent>child,child` of every element in `body` that has element children. */
  readonly subtrees: readonly string[];
  readonly components: readonly Component[];
  /** Elements that have a box. */
  readonly elements: number;
  /** Those of them that are placed `absolute` or `fixed`. */
  readonly absoluteElements: number;
  /** Scroll height of the page, CSS pixels. */
  readonly height: number;
}

/** Collects the text of the page with its boxes; text that is not laid out comes without lines. */
export function collectText(): PlacedText[] {
  interface Run {
    texts: string[];
    lines: { text: string; box: { x: number; y: number; width: number; height: number } }[];
  }
  const skipped = new Set([
    'SCRIPT',
    'STYLE',
    'NOSCRIPT',
    'TEMPLATE',
    'TEXTAREA',
    'OPTION',
    'TITLE',
    'DESC',
    'METADATA',
  ]);
  const valueTypes = new Set([
    'text',
    'search',
    'email',
    'url',
    'tel',
    'number',
    'password',
    'date',
    'time',
    'month',
    'week',
    'datetime-local',
    'submit',
    'button',
    'reset',
  ]);
  const runs = new Map<Element, Run>();
  const results: { element: Element; pseudo?: string; text: string; lines: Run['lines'] }[] = [];

  const squeeze = (text: string) => text.replace(/\s+/g, ' ').trim();

  function linesOf(node: Text): Run['lines'] {
    const lines: { text: string; left: number; top: number; right: number; bottom: number }[] = [];
    const range = document.createRange();
    let offset = 0;
    for (const character of node.data) {
      range.setStart(node, offset);
      offset += character.length;
      range.setEnd(node, offset);
      const rect = range.getClientRects()[0];
      if (!rect || rect.width === 0 || rect.height === 0) continue;
      const line = lines.at(-1);
      const middle = rect.top + rect.height / 2;
      if (line && middle > line.top && middle < line.bottom) {
        line.text += character;
        line.left = Math.min(line.left, rect.left);
        line.right = Math.max(line.right, rect.right);
        line.top = Math.min(line.top, rect.top);
        line.bottom = Math.max(line.bottom, rect.bottom);
      } else if (character.trim() !== '') {
        lines.push({
          text: character,
          left: rect.left,
          top: rect.top,
          right: rect.right,
          bottom: rect.bottom,
        });
      }
    }
    return lines.map((line) => ({
      text: squeeze(line.text),
      box: {
        x: line.left + scrollX,
        y: line.top + scrollY,
        width: line.right - line.left,
        height: line.bottom - line.top,
      },
    }));
  }

  function fieldText(element: Element): { text: string; pseudo?: string } | undefined {
    if (element instanceof HTMLSelectElement)
      return { text: squeeze(element.selectedOptions[0]?.text ?? '') };
    const isField =
      element instanceof HTMLTextAreaElement ||
      (element instanceof HTMLInputElement && valueTypes.has(element.type));
    if (!isField) return undefined;
    if (element.value === '') return { text: squeeze(element.placeholder), pseudo: '::placeholder' };
    return { text: element.type === 'password' ? '•'.repeat(element.value.length) : squeeze(element.value) };
  }

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node: Node | null = walker.currentNode; node; node = walker.nextNode()) {
    if (node instanceof Text) {
      const parent = node.parentElement;
      const text = squeeze(node.data);
      if (!parent || text === '' || parent.closest([...skipped].join(','))) continue;
      let run = runs.get(parent);
      if (!run) {
        run = { texts: [], lines: [] };
        runs.set(parent, run);
        results.push({ element: parent, text: '', lines: run.lines });
      }
      run.texts.push(text);
      run.lines.push(...linesOf(node));
      continue;
    }
    if (!(node instanceof HTMLElement)) continue;
    const field = fieldText(node);
    if (!field || field.text === '') continue;
    const rect = node.getBoundingClientRect();
    const style = getComputedStyle(node);
    const inset = (side: string) =>
      Number.parseFloat(style.getPropertyValue(`border-${side}-width`)) +
      Number.parseFloat(style.getPropertyValue(`padding-${side}`));
    const box = {
      x: rect.left + scrollX + inset('left'),
      y: rect.top + scrollY + inset('top'),
      width: rect.width - inset('left') - inset('right'),
      height: rect.height - inset('top') - inset('bottom'),
    };
    const lines = box.width > 0 && box.height > 0 ? [{ text: field.text, box }] : [];
    results.push({
      element: node,
      text: field.text,
      lines,
      ...(field.pseudo ? { pseudo: field.pseudo } : {}),
    });
  }

  return results.map(({ element, pseudo, text, lines }) => {
    const style = getComputedStyle(element, pseudo);
    let opacity = pseudo ? Number(style.opacity) : 1;
    for (let ancestor: Element | null = element; ancestor; ancestor = ancestor.parentElement) {
      opacity *= Number(getComputedStyle(ancestor).opacity);
    }
    const svgFill = element instanceof SVGElement && style.fill !== 'none' ? style.fill : undefined;
    return {
      text: text || (runs.get(element)?.texts.join(' ') ?? ''),
      lines,
      color: svgFill ?? style.getPropertyValue('-webkit-text-fill-color'),
      opacity,
    };
  });
}

/** Makes all text invisible and leaves everything else as it is painted. */
export function hideText(): void {
  const hidden: readonly (readonly [string, string])[] = [
    ['-webkit-text-fill-color', 'transparent'],
    ['-webkit-text-stroke-color', 'transparent'],
    ['text-decoration-color', 'transparent'],
    ['text-emphasis-color', 'transparent'],
    ['text-shadow', 'none'],
    ['transition', 'none'],
  ];
  const rule = hidden.map(([property, value]) => `${property}: ${value} !important`).join('; ');
  const sheet = document.createElement('style');
  sheet.textContent = `*, *::before, *::after, ::placeholder, ::marker { ${rule} }`;
  document.head.append(sheet);
  for (const element of document.body.querySelectorAll('*')) {
    if (element instanceof SVGElement) {
      if (!element.closest('text')) continue;
      element.style.setProperty('fill', 'transparent', 'important');
      element.style.setProperty('stroke', 'transparent', 'important');
      continue;
    }
    if (!(element instanceof HTMLElement)) continue;
    // Inline and important, because a page's own important rules would outweigh the sheet.
    for (const [property, value] of hidden) element.style.setProperty(property, value, 'important');
    if (getComputedStyle(element).getPropertyValue('-webkit-background-clip').includes('text')) {
      element.style.setProperty('background', 'none', 'important');
    }
  }
}

/** Collects what is known of the page's elements: nesting, kinds, boxes, placement. */
export function collectStructure(): PageStructure {
  const ignored = new Set(['script', 'style', 'meta', 'link', 'noscript', 'template']);
  const subtrees: string[] = [];
  const components: { kind: ComponentKind; box: Rect }[] = [];
  let elements = 0;
  let absoluteElements = 0;

  function kindOf(element: Element, style: CSSStyleDeclaration): ComponentKind | undefined {
    if (element.matches('img, svg, canvas, video, picture, object, embed, iframe, input[type=image]'))
      return 'picture';
    if (element.matches('button, input[type=button], input[type=submit], input[type=reset], [role=button]'))
      return 'button';
    if (element.matches('input, select, textarea')) return 'field';
    if (element.matches('nav, [role=navigation]')) return 'navigation';
    if (element.matches('table, form')) return 'table';
    if (element.matches('hr')) return 'divider';
    return style.backgroundImage.includes('url(') ? 'picture' : undefined;
  }

  for (const element of [document.body, ...document.body.querySelectorAll('*')]) {
    const tag = element.tagName.toLowerCase();
    if (ignored.has(tag)) continue;
    const children = [...element.children]
      .map((child) => child.tagName.toLowerCase())
      .filter((name) => !ignored.has(name));
    if (children.length > 0) subtrees.push(`${tag}>${children.join(',')}`);
    if (element === document.body || element.parentElement?.closest('svg')) continue;
    if (element.getClientRects().length === 0) continue;
    const style = getComputedStyle(element);
    elements += 1;
    if (style.position === 'absolute' || style.position === 'fixed') absoluteElements += 1;
    const kind = kindOf(element, style);
    const rect = element.getBoundingClientRect();
    if (kind && style.visibility === 'visible' && rect.width > 0 && rect.height > 0) {
      components.push({
        kind,
        box: { x: rect.left + scrollX, y: rect.top + scrollY, width: rect.width, height: rect.height },
      });
    }
  }
  return { subtrees, components, elements, absoluteElements, height: document.documentElement.scrollHeight };
}

/** How many CSS pixels the page is wider than the viewport, cut-off content of the root included. */
export function measureOverflow(): number {
  // A root that hides its overflow cuts content off; that is no better than scrolling sideways.
  for (const element of [document.documentElement, document.body]) {
    element.style.setProperty('overflow-x', 'visible', 'important');
  }
  return Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Asks for pictures below the first screen and for the fonts in use. @returns how many are still to come. */
export function loadResources(): number {
  let pending = 0;
  for (const picture of document.images) {
    picture.loading = 'eager';
    if (!picture.complete) pending += 1;
  }
  // Reading a length lays the page out, which is what starts the fonts.
  const fontsLoad = document.body.offsetHeight >= 0 && document.fonts.status === 'loading';
  return pending + (fontsLoad ? 1 : 0);
}
