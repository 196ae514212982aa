/** Leaves: texts with their runs, pictures, rules, plain shapes. */
import { right } from '../../geometry.ts';
import type { UiNode, UiRun } from '../../ui-tree.ts';
import type { CompileContext } from './context.ts';
import { createElement, type HtmlElement } from './element.ts';
import { wrapWidth } from './traits.ts';
import { colorOf, px, surfaceDeclarations, textDeclarations } from './values.ts';

const runTags: Record<UiRun['kind'], string> = {
  plain: 'span',
  span: 'span',
  strong: 'strong',
  em: 'em',
  link: 'a',
};

/** Code as it was: blanks and line ends are kept, words that have a colour of their own keep it. */
function preformatted(node: UiNode, name: string, context: CompileContext): HtmlElement {
  const own = node.style?.color ? colorOf(node.style.color) : context.defaults.color;
  const parts = (node.runs ?? [{ text: node.text ?? '', line: 0, kind: 'plain' as const }]).flatMap(
    ({ text, kind, style }: UiRun): (HtmlElement | string)[] => {
      const color = style?.color ? colorOf(style.color) : own;
      if (kind === 'plain' || color === own) return [text];
      const words = text.trimStart();
      const element = createElement('span', 'token', [words]);
      element.styles.base = { color };
      return [text.slice(0, text.length - words.length), element].filter((part) => part !== '');
    },
  );
  const element = createElement('pre', name, [createElement('code', 'code', parts)]);
  element.styles.base = { ...textDeclarations(node.style ?? {}, context.defaults), overflow: 'auto' };
  return element;
}

/** Words of a text node: a string, or strings and elements where the style changes inside. */
export function inlineContent(node: UiNode, context: CompileContext): (HtmlElement | string)[] {
  const runs = node.runs;
  if (runs === undefined || runs.length === 0) return hardLines(node);
  const parts: (HtmlElement | string)[] = [];
  const size = node.style?.font?.size ?? context.defaults.size;
  let line = 0;
  for (const run of mergedRuns(runs, node.lines !== undefined)) {
    if (node.lines !== undefined && run.line > line) parts.push(' ', lineBreak());
    line = run.line;
    if (run.kind === 'plain') {
      parts.push(run.text);
      continue;
    }
    if (run.text.startsWith(' ') && parts.length > 0) parts.push(' ');
    const element = createElement(
      runTags[run.kind],
      run.kind === 'link' ? 'inline-link' : run.kind === 'span' ? 'note' : run.kind,
      [run.text.trim()],
    );
    if (run.kind === 'link') element.attributes['href'] = '#';
    const own = node.style ?? {};
    const declarations = textDeclarations(run.style ?? {}, {
      family: '',
      size,
      lineHeight: 0,
      color: own.color ? colorOf(own.color) : context.defaults.color,
    });
    delete declarations['line-height'];
    // What the text around it has and it has not.
    if (own.font !== undefined && run.style?.font !== undefined) {
      if (Math.abs(own.font.letterSpacing) >= 0.02) declarations['letter-spacing'] ??= '0';
      if (own.font.italic) declarations['font-style'] ??= 'normal';
    }
    if (run.style?.font?.family === own.font?.family) delete declarations['font-family'];
    if (run.style?.font?.weight === own.font?.weight) delete declarations['font-weight'];
    else if (run.style?.font !== undefined)
      declarations['font-weight'] = `${Math.round(run.style.font.weight)}`;
    element.styles.base = declarations;
    parts.push(element);
  }
  return parts;
}

/** A styled stretch that wraps stays one element, unless its lines must end where they did. */
function mergedRuns(runs: readonly UiRun[], hard: boolean): UiRun[] {
  const merged: UiRun[] = [];
  for (const run of runs) {
    const last = merged[merged.length - 1];
    const joins =
      last !== undefined &&
      last.kind === run.kind &&
      (!hard || last.line === run.line) &&
      (run.kind === 'plain' ||
        (run.line === last.line + 1 && run.style?.font?.size === last.style?.font?.size));
    if (last !== undefined && joins)
      merged[merged.length - 1] = { ...last, text: last.text + run.text, line: run.line };
    else merged.push(run);
  }
  return merged;
}

/** A break that holds at the picture's width only. */
function lineBreak(): HtmlElement {
  const element = createElement('br', 'line-end');
  element.styles.relaxed['display'] = 'none';
  return element;
}

/** Lines that no width alone breaks where they were broken. */
function hardLines(node: UiNode): (HtmlElement | string)[] {
  const lines = node.lines;
  if (lines === undefined) return [node.text ?? ''];
  return lines.flatMap((line, index) => (index === 0 ? [line] : [' ', lineBreak(), line]));
}

const tagOf = (node: UiNode, inline: boolean): string => {
  if (node.kind === 'heading') return `h${node.level ?? 2}`;
  if (node.kind === 'link') return 'a';
  if (node.kind === 'label' || node.kind === 'legend') return node.kind;
  if (node.kind === 'term') return 'dt';
  if (node.kind === 'description') return 'dd';
  if (node.kind === 'item') return 'li';
  if (node.kind === 'badge') return 'span';
  return inline ? 'span' : 'p';
};

/** @param inline the text stands in a row or a cell. */
export function textElement(
  node: UiNode,
  name: string,
  inline: boolean,
  context: CompileContext,
): HtmlElement {
  if (node.preformatted === true) return preformatted(node, name, context);
  const element = createElement(tagOf(node, inline), name, inlineContent(node, context));
  if (node.kind === 'link') element.attributes['href'] = '#';
  element.styles.base = textDeclarations(node.style ?? {}, context.defaults);
  if (element.tag === 'a' || element.tag === 'label' || element.tag === 'span')
    element.styles.base['display'] = 'block';
  if (node.wrap !== undefined) {
    const width = wrapWidth(node.wrap);
    if (width !== undefined) element.styles.base['max-width'] = px(width);
    else element.styles.wide['max-width'] = px(node.wrap[0] + 1);
  }
  return element;
}

/** An icon of the set, in the colour of the text around it wherever that is its own. */
function symbolElement(
  { box, text }: UiNode,
  { name: drawing, nodes, strokeWidth, color }: NonNullable<UiNode['symbol']>,
): HtmlElement {
  const shapes = nodes.map(([tag, attributes]) => ({
    ...createElement(tag, ''),
    attributes: { ...attributes },
  }));
  const element = createElement('svg', `icon-${drawing}`, shapes);
  element.attributes = {
    width: `${Math.round(box.width)}`,
    height: `${Math.round(box.height)}`,
    viewBox: '0 0 24 24',
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': `${strokeWidth}`,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    ...(text === undefined ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': text }),
  };
  element.styles.base = {
    display: 'block',
    width: px(box.width),
    height: px(box.height),
    'flex-shrink': '0',
    color: colorOf(color),
  };
  return element;
}

export function pictureElement(node: UiNode, name: string, context: CompileContext): HtmlElement {
  if (node.symbol !== undefined) return symbolElement(node, node.symbol);
  const element = createElement('img', name);
  const { width, height } = node.box;
  if (node.asset !== undefined) element.attributes['src'] = context.addAsset(node.asset);
  element.attributes['alt'] =
    node.text ?? (node.kind === 'avatar' ? 'Avatar' : node.kind === 'image' ? 'Picture' : '');
  element.attributes['width'] = `${Math.max(1, Math.round(width))}`;
  element.attributes['height'] = `${Math.max(1, Math.round(height))}`;
  element.styles.base = {
    display: 'block',
    width: px(width),
    ...surfaceDeclarations({
      ...(node.style?.radius && { radius: node.style.radius }),
      ...(node.style?.border && { border: node.style.border }),
    }),
  };
  if (node.kind === 'icon' || node.kind === 'avatar')
    Object.assign(element.styles.base, { height: px(height), 'flex-shrink': '0' });
  else
    Object.assign(element.styles.base, {
      height: 'auto',
      'aspect-ratio': `${Math.round(width)} / ${Math.round(height)}`,
      'object-fit': 'cover',
    });
  return element;
}

export function dividerElement(node: UiNode, name: string): HtmlElement {
  const upright = node.box.height > node.box.width;
  const element = createElement(upright ? 'div' : 'hr', name);
  const color = node.style?.fill ? colorOf(node.style.fill) : 'currentColor';
  element.styles.base = upright
    ? {
        width: px(Math.max(1, node.box.width)),
        height: px(node.box.height),
        background: color,
        'flex-shrink': '0',
      }
    : {
        width: px(node.box.width),
        'max-width': '100%',
        height: px(Math.max(1, node.box.height)),
        background: color,
      };
  return element;
}

/** A painted rectangle with nothing in it: a bar, a swatch, a knob. */
export function shapeElement(node: UiNode, name: string, context: CompileContext): HtmlElement {
  const element = createElement('div', name);
  element.styles.base = {
    width: px(node.box.width),
    height: px(node.box.height),
    ...surfaceDeclarations(node.style),
  };
  if (node.asset !== undefined)
    element.styles.base['background'] = `url("${context.addAsset(node.asset)}") center / cover no-repeat`;
  if (right(node.box) - node.box.x > 64) element.styles.base['max-width'] = '100%';
  else element.styles.base['flex-shrink'] = '0';
  return element;
}
