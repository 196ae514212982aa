/** Form controls, buttons and badges: one element, or one around an icon and a text. */
import { bottom, type Rect, right, unionOf } from '../../geometry.ts';
import { childrenOf, type UiNode } from '../../ui-tree.ts';
import type { CompileContext } from './context.ts';
import { createElement, type HtmlElement } from './element.ts';
import { inlineContent, pictureElement, shapeElement } from './leaf.ts';
import { gapsAcross, isOneLine, isPicture, isText, paints } from './traits.ts';
import { borderEdges, colorOf, px, sides, surfaceDeclarations, textDeclarations } from './values.ts';

const tags: Partial<Record<UiNode['kind'], string>> = {
  button: 'button',
  badge: 'span',
  avatar: 'span',
  link: 'a',
  label: 'label',
  item: 'li',
};

/** True for things that are one text and at most a few icons: their words stand in the element itself. */
export function isCaptioned(node: UiNode): boolean {
  const children = childrenOf(node);
  const texts = children.filter((child) => isText(child));
  const rest = children.filter((child) => !isText(child));
  const marks = rest.every(
    (child) => isPicture(child) || child.kind === 'checkbox' || child.kind === 'radio',
  );
  if (children.length === 0 || texts.length > 1 || !marks) return false;
  return node.kind === 'row'
    ? isPair(node, texts[0], rest[0])
    : tags[node.kind] !== undefined && node.kind !== 'item';
}

/** An icon right beside one line of text. */
function isPair(node: UiNode, text: UiNode | undefined, mark: UiNode | undefined): boolean {
  if (paints(node) || childrenOf(node).length !== 2 || text === undefined || mark === undefined) return false;
  const gap = Math.max(mark.box.x - right(text.box), text.box.x - right(mark.box));
  return text.wrap === undefined && mark.box.width <= 40 && mark.box.height <= 40 && gap <= 20;
}

function captionTag(node: UiNode, text: UiNode | undefined, inline: boolean): string {
  if (node.kind !== 'row') return tags[node.kind] ?? 'div';
  if (text?.kind === 'heading') return `h${text.level ?? 2}`;
  return text?.kind === 'link' ? 'a' : inline ? 'span' : 'p';
}

/** A button, badge, link or label with its icons. */
export function captionedElement(
  node: UiNode,
  box: Rect,
  name: string,
  inline: boolean,
  context: CompileContext,
): HtmlElement {
  const children = [...childrenOf(node)].sort((a, b) => a.box.x - b.box.x);
  const text = children.find((child) => isText(child));
  const content = unionOf(children.map((child) => child.box));
  const edge = borderEdges(node.style);
  const element = createElement(captionTag(node, text, inline), name);
  const base = element.styles.base;
  Object.assign(base, surfaceDeclarations(node.style));
  if (text !== undefined) Object.assign(base, textDeclarations(text.style ?? {}, context.defaults));
  if (element.tag === 'a') element.attributes['href'] = '#';
  if (node.kind === 'button') element.attributes['type'] = 'button';
  const gaps = gapsAcross(children);
  const widest = Math.max(0, ...gaps);
  // What stands at the far end is pushed there, so that it stays there on any width.
  const spring = widest > 24 && widest > 2 * Math.min(...gaps, widest / 2) ? gaps.indexOf(widest) + 1 : -1;
  const left = content.x - box.x - edge.left;
  const rest = right(box) - right(content) - edge.right;
  const centred = Math.abs(left - rest) <= Math.max(4, 0.03 * box.width) && left > 1;
  if (node.kind === 'avatar' || (text === undefined && node.kind === 'button')) {
    Object.assign(base, {
      display: 'flex',
      'align-items': 'center',
      'justify-content': 'center',
      width: px(box.width),
      height: px(box.height),
      'flex-shrink': '0',
    });
  } else {
    const top = content.y - box.y - edge.top;
    const below = bottom(box) - bottom(content) - edge.bottom;
    const beside = (left + rest) / 2;
    const roomy = centred && (node.kind === 'button' || node.kind === 'link') && beside > 32;
    if (roomy) Object.assign(base, { width: px(box.width), 'max-width': '100%' });
    const padding = centred
      ? sides(top, roomy ? 16 : beside, below, roomy ? 16 : beside)
      : sides(top, Math.min(Math.max(rest, 0), Math.max(left, 0)), below, left);
    if (padding !== '0') base['padding'] = padding;
    if (children.length > 1) Object.assign(base, { display: 'flex', 'align-items': 'center' });
    else base['display'] = 'block';
    if (centred && children.length > 1 && spring < 0) base['justify-content'] = 'center';
    if (centred && children.length === 1 && node.kind !== 'button') base['text-align'] = 'center';
    if (children.length > 1)
      base['gap'] = px(spring < 0 ? meanGap(children) : Math.max(0, Math.min(...gaps)));
  }
  if (node.kind === 'badge' || node.kind === 'avatar') base['white-space'] = 'nowrap';
  else if (text !== undefined && isOneLine(text) && paints(node))
    element.styles.wide['white-space'] = 'nowrap';
  element.children = children.flatMap((child, index) => {
    const pushed = index === spring;
    if (isText(child)) {
      const words = inlineContent(child, context);
      if (!pushed) return words;
      const span = createElement('span', `${name}-end`, words);
      span.styles.base['margin-left'] = 'auto';
      return [span];
    }
    const mark = isPicture(child)
      ? pictureElement(child, 'icon', context)
      : checkElement(child, child.kind === 'radio' ? 'radio' : 'checkbox', context);
    if (pushed) mark.styles.base['margin-left'] = 'auto';
    return [mark];
  });
  return element;
}

function meanGap(children: readonly UiNode[]): number {
  const gaps = children
    .slice(1)
    .map((child, index) => child.box.x - right(children[index]?.box ?? child.box));
  return Math.max(0, gaps.reduce((sum, gap) => sum + gap, 0) / Math.max(1, gaps.length));
}

/** A box to tick, drawn as it was. */
export function checkElement(node: UiNode, name: string, context: CompileContext): HtmlElement {
  const element = createElement('input', name);
  element.attributes['type'] = node.kind === 'radio' ? 'radio' : 'checkbox';
  if (node.state === 'checked') element.attributes['checked'] = '';
  const accent = node.style?.fill ?? node.style?.border?.top?.color;
  element.styles.base = { width: px(node.box.width), height: px(node.box.height), 'flex-shrink': '0' };
  if (node.asset !== undefined)
    Object.assign(element.styles.base, {
      appearance: 'none',
      background: `url("${context.addAsset(node.asset)}") center / cover no-repeat`,
    });
  if (node.state === 'checked' && accent !== undefined) element.styles.base['accent-color'] = colorOf(accent);
  return element;
}

function fieldStyles(
  element: HtmlElement,
  node: UiNode,
  text: UiNode | undefined,
  context: CompileContext,
): void {
  const style = text?.style ?? {};
  Object.assign(element.styles.base, textDeclarations(style, context.defaults));
  if (node.state === 'placeholder' && style.color) {
    element.styles.placeholder['color'] = colorOf(style.color);
    delete element.styles.base['color'];
  }
}

/** Text field, area or choice; icons inside it need a frame around the bare field. */
export function fieldElement(node: UiNode, box: Rect, name: string, context: CompileContext): HtmlElement {
  const children = childrenOf(node);
  const text = children.find((child) => isText(child));
  const secret = node.state === 'secret';
  const icons = children.filter((child) => isPicture(child) && !secret);
  const edge = borderEdges(node.style);
  const dots = children[0]?.box;
  const words =
    secret && dots
      ? '•'.repeat(Math.max(4, Math.round(dots.width / (2 * dots.height))))
      : (text?.text ?? node.text ?? '');
  const tag = node.kind === 'textarea' ? 'textarea' : node.kind === 'select' ? 'select' : 'input';
  const field = createElement(tag, name);
  fieldStyles(field, node, text, context);
  if (tag === 'input') {
    field.attributes['type'] = /^[•●*∙]{3,}$/.test(words)
      ? 'password'
      : /^search/i.test(words)
        ? 'search'
        : /@/.test(words)
          ? 'email'
          : 'text';
    if (words !== '') field.attributes[node.state === 'placeholder' ? 'placeholder' : 'value'] = words;
  } else if (tag === 'textarea') {
    if (node.state === 'placeholder') field.attributes['placeholder'] = words;
    else field.children = [words];
  } else field.children = [createElement('option', '', [words])];
  const surface = surfaceDeclarations(node.style);
  const left = (text?.box.x ?? (secret ? dots?.x : undefined) ?? box.x + 12) - box.x - edge.left;
  const framed = icons.length > 0 && tag !== 'select';
  if (!framed) {
    const top = tag === 'textarea' ? (text?.box.y ?? box.y + 8) - box.y - edge.top : 0;
    Object.assign(field.styles.base, surface, {
      padding: sides(top, Math.min(left, 16), top, left),
      height: px(box.height),
    });
    const [icon] = icons;
    if (icon?.asset !== undefined) {
      field.styles.base['appearance'] = 'none';
      field.styles.base['background'] =
        `${String(surface['background'] ?? 'none')} url("${context.addAsset(icon.asset)}") right ${px(right(box) - edge.right - right(icon.box))} center / ${px(icon.box.width)} no-repeat`.replace(
          /^none /,
          '',
        );
    }
    return field;
  }
  const frame = createElement('div', `${name}-frame`);
  const sorted = [...children].sort((a, b) => a.box.x - b.box.x);
  const first = sorted[0]?.box ?? box;
  Object.assign(frame.styles.base, surface, {
    display: 'flex',
    'align-items': 'center',
    height: px(box.height),
    gap: px(
      meanGap(
        sorted.filter(
          (child) => child === text || (text !== undefined && right(child.box) <= text.box.x + 2),
        ),
      ),
    ),
    padding: sides(
      0,
      Math.max(0, right(box) - edge.right - right(sorted[sorted.length - 1]?.box ?? box)) < 24
        ? right(box) - edge.right - right(sorted[sorted.length - 1]?.box ?? box)
        : 12,
      0,
      first.x - box.x - edge.left,
    ),
  });
  Object.assign(field.styles.base, {
    flex: '1 1 0',
    width: '100%',
    'min-width': 0,
    padding: '0',
    border: '0',
    background: 'transparent',
  });
  frame.children = sorted.map((child) => (isPicture(child) ? pictureElement(child, 'icon', context) : field));
  if (text === undefined) frame.children.push(field);
  return frame;
}

/** A pill with its knob at one end. */
export function switchElement(node: UiNode, box: Rect, name: string, context: CompileContext): HtmlElement {
  const element = createElement('span', name);
  const knob = childrenOf(node)[0];
  const on = knob !== undefined && knob.box.x + knob.box.width / 2 > box.x + box.width / 2;
  element.attributes['role'] = 'switch';
  element.attributes['aria-checked'] = on ? 'true' : 'false';
  const inset = knob === undefined ? 2 : Math.max(0, (box.height - knob.box.height) / 2);
  Object.assign(element.styles.base, surfaceDeclarations(node.style), {
    display: 'flex',
    'align-items': 'center',
    'justify-content': on ? 'flex-end' : 'flex-start',
    width: px(box.width),
    height: px(box.height),
    padding: `0 ${px(inset)}`,
    'flex-shrink': '0',
    ...(node.asset && { background: `url("${context.addAsset(node.asset)}") center / cover no-repeat` }),
  });
  if (knob !== undefined)
    element.children = [
      {
        ...(isPicture(knob)
          ? pictureElement(knob, 'switch-knob', context)
          : shapeElement(knob, 'switch-knob', context)),
        tag: isPicture(knob) ? 'img' : 'span',
      },
    ];
  return element;
}
