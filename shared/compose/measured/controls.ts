/** Recognises form controls, buttons and badges among boxes with little in them. */
import {
  type LayoutGroup,
  type LayoutNode,
  mainRun,
  type PictureItem,
  type TextBlock,
  textOf,
} from '../../facts/layout/index.ts';
import { right } from '../../geometry.ts';
import type { UiKind, UiNode } from '../../ui-tree.ts';

export interface Control {
  readonly kind: UiKind;
  readonly state?: UiNode['state'];
}

const promptWords = /^(search|type|enter|write|ask|message|add a|your |e\.g\.|搜索|请输入|输入)|(…|\.\.\.)$/i;

const luminance = (color: readonly number[]): number =>
  (0.2126 * (color[0] ?? 0) + 0.7152 * (color[1] ?? 0) + 0.0722 * (color[2] ?? 0)) / 255;

function leavesOf(group: LayoutGroup): LayoutNode[] {
  return group.children.flatMap((child) =>
    child.kind === 'group' && child.surface === undefined && child.backdrop === undefined
      ? leavesOf(child)
      : [child],
  );
}

function framed(group: LayoutGroup): boolean {
  const border = group.surface?.border;
  return (
    border?.top !== undefined &&
    border.bottom !== undefined &&
    border.left !== undefined &&
    border.right !== undefined
  );
}

function empty(group: LayoutGroup): Control | undefined {
  const { width, height } = group.box;
  const radius = group.surface?.radius ?? 0;
  const square = Math.abs(width - height) <= 2;
  const ground = group.surface?.fill;
  const tint = group.surface?.border.top?.color;
  // A native box to tick is pale, or filled in the colour of its own edge; other coloured dots are swatches.
  const plain =
    ground === undefined ||
    luminance(ground) > 0.8 ||
    luminance(ground) < 0.25 ||
    ground.join() === tint?.join();
  if (square && width >= 10 && width <= 22 && framed(group) && plain) {
    const kind = radius >= 0.4 * width ? 'radio' : 'checkbox';
    const fill = group.surface?.fill;
    const checked = fill !== undefined && Math.max(...fill) - Math.min(...fill) > 60;
    return { kind, ...(checked && { state: 'checked' as const }) };
  }
  if (framed(group) && width >= 100 && height >= 28 && height <= 64) return { kind: 'input' };
  if (framed(group) && width >= 160 && height > 64 && height <= 220) return { kind: 'textarea' };
  return undefined;
}

/** A small box with a tick or a dot in it. */
function ticked(group: LayoutGroup): Control | undefined {
  const { width, height } = group.box;
  if (Math.abs(width - height) > 2 || width < 10 || width > 22) return undefined;
  const round = (group.surface?.radius ?? 0) >= 0.4 * width;
  return { kind: round ? 'radio' : 'checkbox', state: 'checked' };
}

/** A field with a low row of dots: a password. */
function secret(group: LayoutGroup, pictures: readonly PictureItem[]): boolean {
  const { box } = group;
  const [dots] = pictures;
  if (dots === undefined || pictures.length > 2 || !framed(group) || box.height < 26 || box.height > 64)
    return false;
  return (
    dots.box.height <= 11 &&
    dots.box.width >= 4 * dots.box.height &&
    box.width >= 120 &&
    dots.box.x - box.x <= 24
  );
}

/** A knob in a pill. */
function isSwitch(group: LayoutGroup, leaves: readonly LayoutNode[]): boolean {
  const { width, height } = group.box;
  const pill = (group.surface?.radius ?? 0) >= 0.4 * height;
  const knob = leaves[0];
  return (
    pill &&
    width >= 24 &&
    width <= 64 &&
    height >= 14 &&
    height <= 34 &&
    leaves.length === 1 &&
    knob?.kind !== 'text' &&
    knob !== undefined &&
    Math.abs(knob.box.width - knob.box.height) <= 3
  );
}

function field(group: LayoutGroup, text: TextBlock, pictures: readonly PictureItem[]): Control | undefined {
  const { box } = group;
  const run = mainRun(text);
  const left = text.box.x - box.x;
  const icons = pictures.filter((picture) => picture.box.width <= 28 && picture.box.height <= 28);
  if (icons.length < pictures.length || text.lines.length > 1 || run.typography.weight >= 600)
    return undefined;
  const leading = icons.filter((icon) => right(icon.box) <= text.box.x + 2);
  const trailing = icons.filter((icon) => icon.box.x >= right(text.box) - 2);
  const room = right(box) - right(text.box);
  const leftish = left <= 20 || (leading.length === 1 && left <= 56);
  const blank = room > left + 16 || trailing.length === 1;
  const fill = group.surface?.fill;
  const plain = fill === undefined || Math.max(...fill) - Math.min(...fill) < 40;
  if (!leftish || !blank || !plain || box.width < 90) return undefined;
  const framedField = framed(group);
  if (!framedField && !(promptWords.test(textOf(text)) && box.width >= 120)) return undefined;
  const contrast = Math.abs(luminance(run.color) - luminance(run.background));
  const state = contrast < 0.62 ? { state: 'placeholder' as const } : {};
  if (box.height >= 26 && box.height <= 64) {
    const chevron = trailing.length === 1 && right(box) - right(trailing[0]?.box ?? box) < 24 && framedField;
    return chevron ? { kind: 'select' } : { kind: 'input', ...state };
  }
  if (
    box.height > 64 &&
    box.height <= 220 &&
    text.box.y - box.y <= 20 &&
    framedField &&
    pictures.length === 0
  )
    return { kind: 'textarea', ...state };
  return undefined;
}

function centred(group: LayoutGroup, leaves: readonly LayoutNode[]): boolean {
  const from = Math.min(...leaves.map((leaf) => leaf.box.x));
  const to = Math.max(...leaves.map((leaf) => right(leaf.box)));
  const [left, rest] = [from - group.box.x, right(group.box) - to];
  return Math.abs(left - rest) <= Math.max(5, 0.04 * group.box.width);
}

/** What a box with a surface is, where its content is that of a control. */
export function controlOf(group: LayoutGroup): Control | undefined {
  if (group.surface === undefined || group.backdrop !== undefined) return undefined;
  const leaves = leavesOf(group);
  if (leaves.length === 0) return empty(group);
  if (isSwitch(group, leaves)) return { kind: 'switch' };
  const texts = leaves.filter((leaf): leaf is TextBlock => leaf.kind === 'text');
  const pictures = leaves.filter((leaf): leaf is PictureItem => leaf.kind === 'picture');
  if (texts.length + pictures.length < leaves.length) return undefined;
  const { width, height } = group.box;
  const [text] = texts;
  if (text === undefined) {
    const tick = pictures.length === 1 ? ticked(group) : undefined;
    if (tick !== undefined) return tick;
    if (secret(group, pictures)) return { kind: 'input', state: 'secret' };
    const small =
      pictures.length === 1 && height <= 56 && width <= 72 && (pictures[0]?.box.width ?? 99) <= 32;
    return small ? { kind: 'button' } : undefined;
  }
  const asField = texts.length === 1 ? field(group, text, pictures) : undefined;
  if (asField !== undefined) return asField;
  if (texts.length !== 1 || text.lines.length > 1 || !centred(group, leaves)) return undefined;
  const { size } = mainRun(text).typography;
  const letters = textOf(text).trim().length;
  const round = Math.abs(width - height) <= 3 && group.surface.radius >= 0.4 * height;
  if (round && letters <= 2 && pictures.length === 0 && height >= 18)
    return { kind: height >= 24 ? 'avatar' : 'badge' };
  if (height <= 2.15 * size && height <= 30 && width <= 180 && size <= 14) return { kind: 'badge' };
  if (height >= 22 && height <= 68 && height <= 4.2 * size && letters <= 40 && pictures.length <= 1)
    return { kind: 'button' };
  return undefined;
}
