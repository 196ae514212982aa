/** Runs of short texts below or beside each other: menus, link lists, plain lists. */
import {
  type LayoutGroup,
  type LayoutNode,
  mainRun,
  type PictureItem,
  type TextBlock,
  textOf,
} from '../../facts/layout/index.ts';
import { bottom, type Rect, right, unionOf } from '../../geometry.ts';
import type { UiNode } from '../../ui-tree.ts';
import type { MeasuredContext } from './context.ts';
import { pictureNode, surfaceStyle } from './leaves.ts';
import { textNode } from './text.ts';

export interface MenuEntry {
  readonly node: LayoutNode;
  readonly text: TextBlock;
  readonly icons: readonly PictureItem[];
  readonly surface: LayoutGroup | undefined;
}

function leaves(node: LayoutNode): LayoutNode[] {
  return node.kind === 'group' ? node.children.flatMap(leaves) : [node];
}

/** One short line, perhaps with an icon before or after it, perhaps on a surface of its own. */
export function menuEntry(node: LayoutNode): MenuEntry | undefined {
  const parts = leaves(node);
  const texts = parts.filter((part): part is TextBlock => part.kind === 'text');
  const icons = parts.filter((part): part is PictureItem => part.kind === 'picture');
  const [text] = texts;
  if (
    text === undefined ||
    texts.length > 1 ||
    icons.length > 2 ||
    texts.length + icons.length < parts.length
  )
    return undefined;
  if (text.lines.length > 1 || textOf(text).length > 32 || icons.some((icon) => icon.box.height > 32))
    return undefined;
  if (node.kind !== 'group') return { node, text, icons, surface: undefined };
  if (node.flow === 'overlay' || node.backdrop !== undefined || node.box.height > 64) return undefined;
  const inner = node.children.some((child) => child.kind === 'group' && child.surface !== undefined);
  if (inner) return undefined;
  return { node, text, icons, surface: node.surface === undefined ? undefined : node };
}

/** The longest run of entries from `from` on that belong together; its end, exclusive. */
export function menuRun(nodes: readonly LayoutNode[], from: number): readonly MenuEntry[] {
  const entries: MenuEntry[] = [];
  for (const node of nodes.slice(from)) {
    const entry = menuEntry(node);
    const [first] = entries;
    const last = entries[entries.length - 1];
    if (entry === undefined) break;
    if (first !== undefined && last !== undefined) {
      const [one, other] = [mainRun(first.text), mainRun(entry.text)];
      const sized = Math.abs(one.typography.size - other.typography.size) <= 0.08 * one.typography.size;
      const aligned = Math.abs(first.text.box.x - entry.text.box.x) <= 4;
      const boldHead =
        entries.length === 1 &&
        one.typography.weight >= 600 &&
        other.typography.weight < 600 &&
        first.surface === undefined;
      const pitch = entry.text.box.y - last.text.box.y;
      const before = entries[entries.length - 2];
      const steady =
        before === undefined ||
        Math.abs(pitch - (last.text.box.y - before.text.box.y)) <= Math.max(5, 0.25 * pitch);
      if (!sized || !aligned || boldHead || !steady || pitch > 72) break;
    }
    entries.push(entry);
  }
  return entries;
}

/** The boxes of all entries, as large as that of an entry with a surface. */
function entryBoxes(entries: readonly MenuEntry[]): Rect[] {
  const model = entries.find((entry) => entry.surface !== undefined)?.surface?.box;
  const boxes = entries.map((entry) => {
    if (model === undefined) return unionOf([entry.text.box, ...entry.icons.map((icon) => icon.box)]);
    const content = unionOf([entry.text.box, ...entry.icons.map((icon) => icon.box)]);
    const middle = content.y + content.height / 2;
    return entry.surface?.box ?? { ...model, y: middle - model.height / 2 };
  });
  const clash = boxes.some((box, index) => index > 0 && box.y < bottom(boxes[index - 1] ?? box) - 2);
  const outside = entries.some(
    (entry, index) => right(entry.text.box) > right(boxes[index] ?? entry.text.box) + 1,
  );
  if (!clash && !outside) return boxes;
  return entries.map(
    (entry) => entry.surface?.box ?? unionOf([entry.text.box, ...entry.icons.map((icon) => icon.box)]),
  );
}

/** A list of the entries; each is a link where `linked`. */
export function menuList(entries: readonly MenuEntry[], linked: boolean, context: MeasuredContext): UiNode {
  const boxes = entryBoxes(entries);
  const items = entries.map((entry, index): UiNode => {
    const text = textNode(entry.text, context.heights, context.metrics);
    const icons = entry.icons.map((icon) => pictureNode(icon, context));
    const bare =
      entry.surface === undefined &&
      icons.length === 0 &&
      !entries.some((other) => other.surface !== undefined);
    const box = bare ? text.box : (boxes[index] ?? text.box);
    const style = entry.surface?.surface ? surfaceStyle(entry.surface.surface) : undefined;
    if (bare)
      return { kind: 'item', box, flow: 'row', children: [linked ? { ...text, kind: 'link' } : text] };
    const children = [text, ...icons].sort((a, b) => a.box.x - b.box.x);
    const full = unionOf([box, ...(entry.surface ? [] : children.map((child) => child.box))]);
    const body: UiNode = {
      kind: linked ? 'link' : 'row',
      box: entry.surface ? box : full,
      flow: 'row',
      children,
      ...(style && { style }),
    };
    if (!linked) return { ...body, kind: 'item' };
    return { kind: 'item', box: body.box, flow: 'column', children: [body] };
  });
  return { kind: 'list', box: unionOf(items.map((item) => item.box)), flow: 'column', children: items };
}

/** Short single lines side by side, all of one size: a navigation bar, or links in a footer. */
export function linkRow(nodes: readonly LayoutNode[], context: MeasuredContext): UiNode | undefined {
  const entries = nodes.map((node) => menuEntry(node));
  const found = entries.filter((entry): entry is MenuEntry => entry !== undefined);
  const [first] = found;
  if (first === undefined || found.length < nodes.length || found.length < 2) return undefined;
  const size = mainRun(first.text).typography.size;
  const even = found.every(
    (entry) =>
      Math.abs(mainRun(entry.text).typography.size - size) <= 0.08 * size && entry.icons.length === 0,
  );
  const lettered = found.every((entry) => /\p{L}{2}/u.test(textOf(entry.text)));
  if (!even || !lettered || found.filter((entry) => entry.surface !== undefined).length > 1) return undefined;
  const gaps = found
    .slice(1)
    .map((entry, index) => entry.text.box.x - right(found[index]?.text.box ?? entry.text.box));
  if (Math.max(...gaps) > 2.2 * Math.min(...gaps) + 12 || Math.max(...gaps) > 120) return undefined;
  const items = found.map((entry): UiNode => {
    const text = textNode(entry.text, context.heights, context.metrics);
    const surface = entry.surface?.surface;
    const link: UiNode = surface
      ? { kind: 'link', box: { ...surface.box }, flow: 'row', style: surfaceStyle(surface), children: [text] }
      : { ...text, kind: 'link' };
    return { kind: 'item', box: link.box, flow: 'row', children: [link] };
  });
  return { kind: 'list', box: unionOf(items.map((item) => item.box)), flow: 'row', children: items };
}
