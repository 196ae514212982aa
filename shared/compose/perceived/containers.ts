/** Containers and controls that were perceived, as UI: laid out by the pixels, named by the perception. */
import type { LayoutGroup, LayoutNode, PictureItem, TextBlock } from '../../facts/layout/index.ts';
import type { PerceivedNode } from '../../tasks/perceive/perception.ts';
import type { UiKind, UiNode } from '../../ui-tree.ts';
import type { MeasuredContext } from '../measured/context.ts';
import { toUi } from '../measured/groups.ts';
import { surfaceStyle } from '../measured/leaves.ts';
import { absorbRules } from '../measured/rules.ts';
import { namedBy, withWords } from './leaves.ts';

const containers = new Set<UiKind>([
  'header',
  'nav',
  'main',
  'section',
  'aside',
  'footer',
  'article',
  'card',
  'grid',
  'row',
  'column',
  'list',
  'item',
  'form',
  'field',
  'tabs',
  'label',
  'link',
  'button',
  'quote',
  'fieldset',
  'details',
  'term',
  'description',
  'legend',
]);

function leavesOf(node: LayoutNode): LayoutNode[] {
  return node.kind === 'group' && node.children.length > 0 ? node.children.flatMap(leavesOf) : [node];
}

/** Visible look of a group. */
export function shellOf(
  group: LayoutGroup,
  context: MeasuredContext,
): Pick<UiNode, 'box' | 'style' | 'asset'> {
  const style = group.surface ? surfaceStyle(group.surface) : undefined;
  return {
    box: { ...group.box },
    ...(style && { style }),
    ...(group.backdrop && { asset: context.asset(group.backdrop), style: { radius: group.backdrop.radius } }),
  };
}

/** A control, where what is in its box is what the control can hold; nothing in it may be lost. */
export function perceivedControl(
  group: LayoutGroup,
  perceived: PerceivedNode,
  context: MeasuredContext,
): UiNode | undefined {
  const { kind } = perceived;
  const leaves = leavesOf(group);
  const texts = leaves.filter((leaf): leaf is TextBlock => leaf.kind === 'text');
  const pictures = leaves.filter((leaf): leaf is PictureItem => leaf.kind === 'picture');
  const plain = texts.length + pictures.length === leaves.length && group.backdrop === undefined;
  const own = { kind, ...shellOf(group, context), ...namedBy(perceived), flow: 'row' as const };
  const inside = (): UiNode[] =>
    [...texts, ...pictures].map((leaf) => leafOf(leaf, context)).sort((a, b) => a.box.x - b.box.x);
  if (group.children.length === 0)
    return ['button', 'badge', 'link', 'label'].includes(kind) ? undefined : own;
  switch (kind) {
    case 'input':
    case 'select':
    case 'textarea': {
      const lines = texts.reduce((sum, text) => sum + text.lines.length, 0);
      const fits = plain && texts.length <= 1 && (lines <= 1 || kind === 'textarea');
      return fits ? withWords(own, inside()) : undefined;
    }
    case 'checkbox':
    case 'radio':
      return texts.length === 0 ? own : undefined;
    case 'switch': {
      const knob = leaves.length === 1 && texts.length === 0 ? leaves[0] : undefined;
      return knob ? { ...own, children: [toUi(knob, context)] } : texts.length === 0 ? own : undefined;
    }
    case 'avatar':
    case 'badge':
      return plain && texts.length <= 1 && (texts[0]?.lines.length ?? 1) <= 1
        ? { ...own, children: inside() }
        : undefined;
    case 'button':
    case 'link':
    case 'label': {
      const fits =
        plain && texts.length <= 1 && group.children.length === leaves.length && group.flow !== 'column';
      return fits ? { ...own, children: inside() } : undefined;
    }
    default:
      return undefined;
  }
}

/** Words and marks in a control are no more than that, whatever they were taken for. */
function leafOf(leaf: TextBlock | PictureItem, context: MeasuredContext): UiNode {
  const node = toUi(leaf, context);
  if (leaf.kind === 'text')
    return node.text === undefined ? (node.children?.[0] ?? node) : { ...node, kind: 'text' };
  return node.asset === undefined ? (node.children?.[0] ?? node) : node;
}

/** A heading or text whose words stand apart in one line, perhaps with marks among them. */
function wordLine(
  group: LayoutGroup,
  { kind, level }: PerceivedNode,
  context: MeasuredContext,
): UiNode | undefined {
  const phrases = group.children.every((child) => child.kind === 'text' || child.kind === 'picture');
  if (!phrases || group.flow !== 'row' || group.surface !== undefined || group.backdrop !== undefined)
    return undefined;
  const children = group.children.map((child): UiNode => {
    const { level: _level, ...node } = toUi(child, context);
    return node.kind === 'heading' ? { ...node, kind: 'text' } : node;
  });
  return { kind, box: group.box, flow: 'row', children, ...(kind === 'heading' && { level: level ?? 2 }) };
}

/** A container with its children as the pixels lay them out. */
export function perceivedContainer(
  group: LayoutGroup,
  perceived: PerceivedNode,
  context: MeasuredContext,
): UiNode {
  if (perceived.kind === 'heading' || perceived.kind === 'text') {
    const line = wordLine(group, perceived, context);
    if (line !== undefined) return line;
  }
  const kind = containers.has(perceived.kind) ? perceived.kind : group.flow === 'row' ? 'row' : 'column';
  const shell = { ...shellOf(group, context), ...namedBy(perceived) };
  if (group.children.length === 0) return { kind: 'shape', ...shell };
  const flow = group.flow === 'table' ? 'column' : group.flow;
  const converted = group.children.map((child) => toUi(child, context));
  const children = flow === 'column' ? absorbRules(converted, group.box.y) : converted;
  const columns = flow === 'grid' && group.columns !== undefined ? { columns: group.columns } : {};
  const tracks = flow === 'grid' && group.tracks !== undefined ? { tracks: [...group.tracks] } : {};
  return { kind, ...shell, flow, ...columns, ...tracks, children };
}
