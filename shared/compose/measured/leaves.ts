/** Layout leaves and controls as UI nodes. */
import {
  type LayoutGroup,
  type LayoutNode,
  mainRun,
  type PictureItem,
  type RuleItem,
  type TextBlock,
} from '../../facts/layout/index.ts';
import type { Gradient, PageBox, PagePicture } from '../../facts/page-facts.ts';
import { symbolSchema, type UiNode, type UiStyle } from '../../ui-tree.ts';
import type { MeasuredContext } from './context.ts';
import type { Control } from './controls.ts';
import { textNode } from './text.ts';

/** The look of a visible rectangle. */
export function surfaceStyle(surface: PageBox): UiStyle {
  const { top, right, bottom, left } = surface.border;
  const border = {
    ...(top && { top: side(top) }),
    ...(right && { right: side(right) }),
    ...(bottom && { bottom: side(bottom) }),
    ...(left && { left: side(left) }),
  };
  return {
    ...(surface.fill && { fill: [...surface.fill] }),
    ...(surface.gradient && { gradient: gradientOf(surface.gradient) }),
    ...(Object.keys(border).length > 0 && { border }),
    ...(surface.radius > 0 && { radius: surface.radius }),
    ...(surface.radii && { radii: [...surface.radii] as [number, number, number, number] }),
    ...(surface.shadow && { shadow: { ...surface.shadow, color: [...surface.shadow.color] } }),
  };
}

/** A gradient as the UI tree holds it. */
export function gradientOf({ angle, from, to, stops }: Gradient): NonNullable<UiStyle['gradient']> {
  return {
    angle,
    from: [...from],
    to: [...to],
    ...(stops && { stops: stops.map(({ offset, color }) => ({ offset, color: [...color] })) }),
  };
}

function side(from: { width: number; color: readonly [number, number, number] }): {
  width: number;
  color: [number, number, number];
} {
  return { width: from.width, color: [...from.color] };
}

export function pictureNode(item: PictureItem, context: MeasuredContext): UiNode {
  const { picture } = item;
  if (picture.symbol !== undefined) {
    const { name, nodes, strokeWidth, color } = picture.symbol;
    // Only drawing of the set passes: nothing else can come into a page this way.
    const symbol = symbolSchema.parse({ name, nodes, strokeWidth, color });
    // The crop is for places where only a picture can stand.
    return { kind: 'icon', box: { ...picture.box }, symbol, asset: context.asset(picture) };
  }
  const round = picture.radius >= 0.45 * Math.min(picture.box.width, picture.box.height);
  const square = Math.abs(picture.box.width - picture.box.height) <= 3;
  const icon = picture.kind === 'icon' || Math.max(picture.box.width, picture.box.height) <= 32;
  const kind =
    round && square && picture.kind !== 'icon' && picture.box.width <= 128
      ? 'avatar'
      : icon
        ? 'icon'
        : 'image';
  return {
    kind,
    box: { ...picture.box },
    asset: context.asset(picture),
    ...(picture.radius > 0 && { style: { radius: picture.radius, ...ringStyle(picture) } }),
  };
}

function ringStyle({ ring }: PagePicture): UiStyle {
  if (ring === undefined) return {};
  return { border: { top: side(ring), right: side(ring), bottom: side(ring), left: side(ring) } };
}

export function ruleNode(item: RuleItem): UiNode {
  return { kind: 'divider', box: { ...item.box }, style: { fill: [...item.separator.color] } };
}

/** A text with the rank that the type scale gives it. */
export function plainText(block: TextBlock, context: MeasuredContext): UiNode {
  const node = textNode(block, context.heights, context.metrics);
  if (block.code === true) return node;
  const rank = context.scale.rank(block);
  if (rank !== undefined) return { ...node, kind: 'heading', level: rank };
  return looksLikeLink(block) ? { ...node, kind: 'link' } : node;
}

/** A single short line in a saturated colour, or underlined. */
export function looksLikeLink(block: TextBlock): boolean {
  if (block.lines.length > 1 || (block.lines[0]?.runs.length ?? 0) > 1) return false;
  const run = mainRun(block);
  if (run.underline) return true;
  const saturated = Math.max(...run.color) - Math.min(...run.color) > 70;
  return (
    saturated && /\p{L}{2}/u.test(run.text) && !/^[+\-−↑↓▲▼]|%|\d/u.test(run.text) && run.text.length <= 40
  );
}

function leafTexts(node: LayoutNode): TextBlock[] {
  if (node.kind === 'text') return [node];
  return node.kind === 'group' ? node.children.flatMap(leafTexts) : [];
}

function leafPictures(node: LayoutNode): PictureItem[] {
  if (node.kind === 'picture') return [node];
  return node.kind === 'group' ? node.children.flatMap(leafPictures) : [];
}

/** A control with its text and icons as children. Fields keep their text as `text`. */
export function controlNode(group: LayoutGroup, control: Control, context: MeasuredContext): UiNode {
  const style = group.surface ? surfaceStyle(group.surface) : {};
  const texts = leafTexts(group).map((block) => textNode(block, context.heights, context.metrics));
  const pictures = leafPictures(group).map((item) => pictureNode(item, context));
  const children = [...texts, ...pictures].sort((a, b) => a.box.x - b.box.x);
  return {
    kind: control.kind,
    box: { ...group.box },
    style,
    flow: 'row',
    ...(control.state && { state: control.state }),
    ...(children.length > 0 && { children }),
  };
}
