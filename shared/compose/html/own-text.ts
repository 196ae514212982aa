/** Words that stand in a painted box itself become its child, as words are in measured trees. */
import { childrenOf, type UiNode } from '../../ui-tree.ts';
import { isControl, isPicture, isText } from './traits.ts';

/** Kinds that write their words themselves. */
const own = new Set(['input', 'textarea', 'select', 'checkbox', 'radio', 'switch', 'divider']);
/** Mean width of a letter over the font size, where nothing was measured. */
const letter = 0.52;

/** The same node, or one whose words are a text inside it. */
export function withOwnText(node: UiNode): UiNode {
  const { text, runs, lines, wrap, guessed, ...shell } = node;
  if (text === undefined || isText(node) || isPicture(node) || own.has(node.kind)) return node;
  if (childrenOf(node).length > 0) return node;
  const { font, color, align, underline, strike, ...surface } = node.style ?? {};
  const size = font?.size ?? 16;
  const width = Math.min(node.box.width, letter * size * text.length);
  const height = Math.min(node.box.height, font?.lineHeight ?? 1.25 * size);
  const middle = align === 'center' || (align === undefined && isControl(node));
  const child: UiNode = {
    kind: 'text',
    box: {
      x: node.box.x + (middle ? (node.box.width - width) / 2 : 0),
      y: node.box.y + (node.box.height - height) / 2,
      width: wrap === undefined ? width : node.box.width,
      height,
    },
    text,
    ...(runs && { runs }),
    ...(lines && { lines }),
    ...(wrap && { wrap }),
    ...(guessed && { guessed }),
    style: {
      ...(font && { font }),
      ...(color && { color }),
      ...(align && { align }),
      ...(underline && { underline }),
      ...(strike && { strike }),
    },
  };
  return { ...shell, style: surface, flow: 'column', children: [child] };
}
