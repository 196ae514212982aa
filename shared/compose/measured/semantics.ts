/** Conventions that people write pages by, applied to a tree whose geometry stands: nothing is moved. */
import { unionOf } from '../../geometry.ts';
import { childrenOf, type UiNode, walk } from '../../ui-tree.ts';

interface Place {
  /** Kinds of the ancestors, the nearest last. */
  readonly within: readonly UiNode['kind'][];
  /** The page has a header with navigation: its calls to action are links. */
  readonly site: boolean;
}

const isSolid = (node: UiNode): boolean => node.style !== undefined || node.asset !== undefined;

/** A group with one child of its own kind of layout takes the child's place. */
function unwrapped(node: UiNode): UiNode {
  const [only, ...rest] = childrenOf(node);
  if (only === undefined || rest.length > 0 || isSolid(only)) return node;
  const loose = only.kind === 'row' || only.kind === 'column' || only.kind === 'section';
  const adopts = node.kind === 'main' || node.kind === 'section' || node.kind === 'column';
  if (!loose || !adopts || isSolid(node)) return node;
  const flow = only.flow ?? 'column';
  return { ...node, box: only.box, flow, ...(only.children && { children: only.children }) };
}

/** A frame around nothing but a list is the list's own. */
function framedList(node: UiNode): UiNode {
  const [only, ...rest] = childrenOf(node);
  if (node.kind !== 'card' || only?.kind !== 'list' || rest.length > 0 || isSolid(only) || node.asset)
    return node;
  return { ...only, box: node.box, ...(node.style && { style: node.style }) };
}

const startsWithHeading = (node: UiNode): boolean => {
  const [first] = childrenOf(node);
  return first?.kind === 'heading' || (first?.kind === 'row' && childrenOf(first)[0]?.kind === 'heading');
};

/** Cards in a grid are articles; a headed panel is a section. */
function namedCard(node: UiNode, place: Place): UiNode {
  if (node.kind !== 'card' || node.flow === 'overlay') return node;
  const parent = place.within[place.within.length - 1];
  const parts = childrenOf(node);
  if (parent === 'grid' && parts.length >= 2 && parts.some((part) => part.kind === 'heading'))
    return { ...node, kind: 'article' };
  if (parent !== 'item' && parent !== 'list' && parts.length >= 2 && startsWithHeading(node))
    return { ...node, kind: 'section' };
  return node;
}

/** Boxes to tick under a title are one group of fields. */
function fieldsets(children: readonly UiNode[]): UiNode[] {
  const result: UiNode[] = [];
  for (let index = 0; index < children.length; index += 1) {
    const title = children[index];
    if (title === undefined) continue;
    let end = index + 1;
    while (children[end]?.kind === 'label') end += 1;
    const titled = title.kind === 'text' || title.kind === 'heading';
    if (!titled || title.wrap !== undefined || end - index < 3) {
      result.push(title);
      continue;
    }
    const inside: UiNode[] = [{ ...title, kind: 'legend' }, ...children.slice(index + 1, end)];
    result.push({
      kind: 'fieldset',
      box: unionOf(inside.map((child) => child.box)),
      flow: 'column',
      children: inside,
    });
    index = end - 1;
  }
  return result;
}

const isPlainText = (node: UiNode | undefined): node is UiNode =>
  node !== undefined &&
  (node.kind === 'text' || node.kind === 'heading' || node.kind === 'link') &&
  node.text !== undefined;

/** A list of names and values, each in a row, becomes a description list. */
function details(node: UiNode): UiNode {
  if (node.kind !== 'list' || isSolid(node)) return node;
  const rows = childrenOf(node);
  const pairs = rows.map((row): [UiNode, UiNode] | undefined => {
    const [term, value, ...rest] = childrenOf(row);
    const fits =
      row.flow === 'row' &&
      rest.length === 0 &&
      isPlainText(term) &&
      isPlainText(value) &&
      term.wrap === undefined;
    return fits && (term.text ?? '').length <= 32
      ? [
          { ...term, kind: 'term' },
          { ...value, kind: 'description' },
        ]
      : undefined;
  });
  const found = pairs.filter((pair): pair is [UiNode, UiNode] => pair !== undefined);
  if (found.length < 3 || found.length < rows.length) return node;
  const lefts = found.map(([, value]) => value.box.x);
  const flat = Math.max(...lefts) - Math.min(...lefts) <= 3 && rows.every((row) => !isSolid(row));
  const children = flat
    ? found.flat()
    : rows.map((row, index): UiNode => ({ ...row, kind: 'row', children: [...(found[index] ?? [])] }));
  return { ...node, kind: 'details', flow: flat ? 'grid' : 'column', children };
}

/** A field and its button side by side are a form. */
function inlineForm(node: UiNode, place: Place): UiNode {
  if (node.kind !== 'row' || isSolid(node) || place.within.includes('form')) return node;
  const kinds = childrenOf(node).map((child) => child.kind);
  return kinds.length === 2 && kinds[0] === 'input' && kinds[1] === 'button'
    ? { ...node, kind: 'form' }
    : node;
}

/** In a header nothing is a heading; on a site its buttons lead somewhere. */
function inHeader(node: UiNode, site: boolean): UiNode {
  const children = node.children?.map((child) => inHeader(child, site));
  const own = children === undefined ? node : { ...node, children };
  if (own.kind === 'heading') {
    const { level: _level, ...text } = own;
    return { ...text, kind: 'text' };
  }
  return own.kind === 'button' && site && hasWords(own) ? { ...own, kind: 'link' } : own;
}

const hasWords = (node: UiNode): boolean => childrenOf(node).some((child) => child.text !== undefined);

/** What stands with the page's first heading calls to action: links, not buttons of a form. */
function callsToAction(node: UiNode): UiNode {
  const children = childrenOf(node);
  const lead = children.some((child) => child.kind === 'heading' && child.level === 1);
  if (!lead) return node;
  const link = (child: UiNode): UiNode => {
    if (child.kind === 'button' && hasWords(child)) return { ...child, kind: 'link' };
    const row =
      child.kind === 'row' &&
      childrenOf(child).every((part) => part.kind === 'button' || part.kind === 'link');
    return row ? { ...child, children: childrenOf(child).map(link) } : child;
  };
  return { ...node, children: children.map(link) };
}

const headingLevel = (node: UiNode): number | undefined => {
  if (node.kind === 'heading') return node.level;
  const [first] = node.kind === 'row' ? childrenOf(node) : [];
  return first?.kind === 'heading' ? first.level : undefined;
};

/** Things under headings of one rank become sections; running text with headings stays as it is. */
export function sectioned(children: readonly UiNode[]): UiNode[] {
  const levels = children.map(headingLevel);
  const rank = [1, 2, 3, 4].find((level) => levels.filter((other) => other === level).length >= 2);
  const paragraphs = children.filter((child) => child.wrap !== undefined && child.kind === 'text').length;
  if (rank === undefined || paragraphs > 0.4 * children.length) return [...children];
  const result: UiNode[] = [];
  let open: UiNode[] | undefined;
  const close = (): void => {
    if (open === undefined) return;
    if (open.length < 2) result.push(...open);
    else
      result.push({
        kind: 'section',
        box: unionOf(open.map((child) => child.box)),
        flow: 'column',
        children: open,
      });
    open = undefined;
  };
  children.forEach((child, index) => {
    const level = levels[index];
    if (level !== undefined && level <= rank) close();
    if (level === rank) open = [child];
    else if (open !== undefined && child.kind !== 'section' && child.kind !== 'footer') open.push(child);
    else {
      close();
      result.push(child);
    }
  });
  close();
  return result;
}

function refine(node: UiNode, place: Place): UiNode {
  if (node.kind === 'header') return { ...inHeader(node, place.site), kind: 'header' };
  const renamed = inlineForm(namedCard(node, place), place);
  const inner: Place = { ...place, within: [...place.within, renamed.kind] };
  const refined = renamed.children?.map((child) => refine(child, inner));
  if (refined === undefined) return renamed;
  const grouped = renamed.flow === 'column' ? fieldsets(refined) : refined;
  const parts = renamed.kind === 'main' ? sectioned(grouped) : grouped;
  const whole = details(framedList(unwrapped({ ...renamed, children: parts })));
  return place.site ? callsToAction(whole) : whole;
}

/** The tree with the elements that its parts would usually be. */
export function withConventions(page: UiNode): UiNode {
  const site = childrenOf(page).some(
    (child) => child.kind === 'header' && [...walk(child)].some((node) => node.kind === 'nav'),
  );
  return refine(page, { within: [], site });
}
