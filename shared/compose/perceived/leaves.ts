/** Texts and pictures that were perceived, as UI: looks from pixels, kinds from the perception. */
import type { PictureItem, TextBlock } from '../../facts/layout/index.ts';
import type { PerceivedNode } from '../../tasks/perceive/perception.ts';
import type { UiKind, UiNode } from '../../ui-tree.ts';
import type { MeasuredContext } from '../measured/context.ts';
import { pictureNode } from '../measured/leaves.ts';
import { textNode } from '../measured/text.ts';
import type { OutlinedPerception } from './outline.ts';

/** Kinds that are no more than words. */
const words = new Set<UiKind>([
  'text',
  'link',
  'label',
  'quote',
  'legend',
  'term',
  'description',
  'badge',
  'item',
]);
const fields = new Set<UiKind>(['input', 'textarea', 'select']);
const pictures = new Set<UiKind>(['image', 'icon', 'chart', 'avatar', 'video', 'map']);
const ticks = new Set<UiKind>(['checkbox', 'radio', 'switch']);
/** Kinds that hold a text or picture as their content. */
const holders = new Set<UiKind>([
  'button',
  'card',
  'nav',
  'header',
  'footer',
  'section',
  'article',
  'aside',
  'main',
  'form',
  'field',
  'tabs',
  'fieldset',
]);

/** Role and state as they were perceived. */
export function namedBy(perceived: PerceivedNode): Pick<UiNode, 'role' | 'state'> {
  const { role, state } = perceived;
  return { ...(role !== undefined && { role }), ...(state !== undefined && { state }) };
}

/** A field with its words. What reads as words is no secret, whatever it was taken for. */
export function withWords(field: UiNode, words: readonly UiNode[]): UiNode {
  const { state, ...rest } = field;
  const read = words.some((word) => new Set((word.text ?? '').replace(/\s/g, '')).size > 2);
  return state === undefined || (state === 'secret' && read)
    ? { ...rest, children: [...words] }
    : { ...rest, state, children: [...words] };
}

export function perceivedText(
  block: TextBlock,
  perceived: PerceivedNode,
  pieces: OutlinedPerception['pieces'],
  context: MeasuredContext,
): UiNode {
  const { kind } = perceived;
  const text = textNode(block, context.heights, context.metrics, (run) =>
    run.at === undefined ? undefined : pieces.get(run.at),
  );
  const names = namedBy(perceived);
  if (block.code === true)
    return holders.has(kind)
      ? { kind, box: text.box, flow: 'column', ...names, children: [text] }
      : { ...text, ...names };
  if (kind === 'heading')
    return { ...text, ...names, kind, level: perceived.level ?? context.scale.rank(block) ?? 2 };
  if (words.has(kind)) return { ...text, ...names, kind };
  if (fields.has(kind) && block.lines.length === 1)
    return withWords({ kind, box: text.box, flow: 'row', ...names }, [text]);
  if (holders.has(kind)) return { kind, box: text.box, flow: 'column', ...names, children: [text] };
  return text;
}

export function perceivedPicture(
  item: PictureItem,
  perceived: PerceivedNode,
  context: MeasuredContext,
): UiNode {
  const { kind, text } = perceived;
  const picture = pictureNode(item, context);
  const names = namedBy(perceived);
  if (pictures.has(kind)) return { ...picture, ...names, kind, ...(text !== undefined && { text }) };
  // Drawn as it was: its own picture shows that it is ticked.
  if (ticks.has(kind)) return { ...picture, ...names, kind };
  if (holders.has(kind) || kind === 'link' || kind === 'item')
    return { kind, box: picture.box, flow: 'row', ...names, children: [picture] };
  return picture;
}
