/** From UI nodes to elements: picks the element and hands its children to the layout that they need. */
import type { Rect } from '../../geometry.ts';
import { childrenOf, type UiKind, type UiNode } from '../../ui-tree.ts';
import { layAreas } from './areas.ts';
import { layColumn } from './column.ts';
import type { CompileContext } from './context.ts';
import { captionedElement, checkElement, fieldElement, isCaptioned, switchElement } from './control.ts';
import { layDetails } from './details.ts';
import { createElement, type HtmlElement } from './element.ts';
import { layGrid, layOverlay } from './grid.ts';
import { dividerElement, pictureElement, shapeElement, textElement } from './leaf.ts';
import { className } from './names.ts';
import { withOwnText } from './own-text.ts';
import { layRow } from './row.ts';
import { tableElement } from './table.ts';
import { isPicture, isText } from './traits.ts';
import { surfaceDeclarations } from './values.ts';

const tags: Partial<Record<UiKind, string>> = {
  page: 'body',
  header: 'header',
  nav: 'nav',
  main: 'main',
  section: 'section',
  aside: 'aside',
  footer: 'footer',
  article: 'article',
  list: 'ul',
  item: 'li',
  form: 'form',
  link: 'a',
  label: 'label',
  quote: 'blockquote',
  fieldset: 'fieldset',
  details: 'dl',
  term: 'dt',
  description: 'dd',
  legend: 'legend',
};

/** Texts that may stand in a heading or a paragraph. */
const phrasing = new Set<UiKind>(['text', 'link', 'badge', 'label']);

/** A heading or a text with several phrases in it is the element that it would be with one. */
function tagOf(node: UiNode): string {
  const phrases = childrenOf(node).every(
    (child) => isPicture(child) || (isText(child) && phrasing.has(child.kind)),
  );
  if (phrases && node.flow === 'row' && node.kind === 'heading') return `h${node.level ?? 2}`;
  if (phrases && node.flow === 'row' && node.kind === 'text') return 'p';
  return tags[node.kind] ?? 'div';
}

interface Where {
  readonly owners: readonly UiKind[];
  /** In a row or a cell: a bare text is a span. */
  readonly inline: boolean;
  readonly paddingBottom?: number | undefined;
}

/** @param box the box that the parent gives to the node; it may be larger than the node's own. */
export function compileNode(given: UiNode, box: Rect, where: Where, context: CompileContext): HtmlElement {
  const element = elementOf(given, box, where, context);
  context.origins.set(element, given);
  return element;
}

function elementOf(given: UiNode, box: Rect, where: Where, context: CompileContext): HtmlElement {
  const node = withOwnText(given);
  const name = className(node, where.owners);
  if (isText(node)) return textElement(node, name, where.inline, context);
  // One with words in it is a line of its own: "or".
  if (node.kind === 'divider' && childrenOf(node).length === 0) return dividerElement(node, name);
  if (isPicture(node)) return pictureElement(node, name, context);
  if (node.kind === 'checkbox' || node.kind === 'radio') return checkElement(node, name, context);
  if (node.kind === 'switch') return switchElement(node, box, name, context);
  if (node.kind === 'input' || node.kind === 'textarea' || node.kind === 'select')
    return fieldElement(node, box, name, context);
  if (isCaptioned(node)) return captionedElement(node, box, name, where.inline, context);
  if (childrenOf(node).length === 0) return shapeElement(node, name, context);
  const owners = [...where.owners, node.kind];
  const child = (inner: UiNode, given: Rect, inline: boolean, paddingBottom?: number): HtmlElement => {
    const compiled = compileNode(inner, given, { owners, inline, paddingBottom }, context);
    return node.kind === 'list' && compiled.tag !== 'li' ? listItem(compiled) : compiled;
  };
  if (node.kind === 'table') return tableElement(node, name, context, (cell) => child(cell, cell.box, true));
  const element = createElement(tagOf(node), name);
  Object.assign(element.styles.base, surfaceDeclarations(node.style));
  if (node.kind === 'link') element.attributes['href'] = '#';
  if (node.kind === 'button') {
    element.tag = 'div';
    element.attributes['role'] = 'button';
  }
  if (node.asset !== undefined)
    element.styles.base['background'] = `url("${context.addAsset(node.asset)}") center / cover no-repeat`;
  if (node.flow === 'row')
    layRow(element, node, box, context, { paddingBottom: where.paddingBottom, compile: child });
  else if (node.flow === 'grid' && node.tracks !== undefined)
    layAreas(element, node, box, (inner, given) =>
      child(inner, given, node.kind === 'link' || node.kind === 'label'),
    );
  else if (node.kind === 'details' && node.flow === 'grid')
    layDetails(element, node, (inner) => child(inner, inner.box, true));
  else if (node.flow === 'grid')
    layGrid(element, node, box, (inner, given, below) => child(inner, given, false, below));
  else if (node.flow === 'overlay')
    layOverlay(element, node, box, (inner, given) => child(inner, given, false));
  else
    layColumn(element, node, box, context, {
      paddingBottom: where.paddingBottom,
      compile: (inner, given) => child(inner, given, node.kind === 'link' || node.kind === 'label'),
    });
  if (element.tag === 'a' && element.styles.base['display'] === undefined)
    element.styles.base['display'] = 'block';
  if (element.tag === 'fieldset') layLegend(element);
  return element;
}

/** A legend stands in its fieldset's border and outside of its layout, unless it floats. */
function layLegend(element: HtmlElement): void {
  const legend = element.children.find((child) => typeof child !== 'string' && child.tag === 'legend');
  if (legend === undefined || typeof legend === 'string') return;
  legend.styles.base['float'] = 'left';
  if (element.styles.base['display'] === undefined)
    Object.assign(element.styles.base, { display: 'flex', 'flex-direction': 'column' });
}

function listItem(content: HtmlElement): HtmlElement {
  return createElement('li', 'list-item', [content]);
}
