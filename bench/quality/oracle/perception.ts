/** The truth as a model would perceive it: boxes of its own and words, nothing that was measured. */
import type { PerceivedNode, Perception } from '../../../shared/tasks/perceive/perception.ts';
import { type Blur, blurOf, type Imprecision } from './imprecision.ts';
import type { Truth, TruthNode } from './truth.ts';

/** Longest part of a page that a model is shown at once, in widths of the page. */
const longestRegion = 1.25;

/**
 * Every leaf has a box and, where there are any, words, with a line break between its visual lines. A paragraph
 * with a link in it is a `text` whose children are its pieces.
 */
export function oraclePerception(truth: Truth, imprecision: Imprecision): Perception {
  const blur = blurOf(imprecision);
  const sides = { width: truth.width, height: Math.min(truth.height, longestRegion * truth.width) };
  return { nodes: truth.nodes.map((node) => perceived(node, blur, sides)) };
}

function perceived(
  node: TruthNode,
  blur: Blur,
  sides: { readonly width: number; readonly height: number },
): PerceivedNode {
  const { kind, state, level, lines, children } = node;
  const text = lines.map((line) => blur.words(line.text, line.box)).join('\n');
  return {
    kind,
    ...(children.length === 0 ? { box: blur.box(node.box, sides) } : {}),
    ...(text === '' ? {} : { text }),
    ...(state === undefined ? {} : { state }),
    ...(level === undefined ? {} : { level }),
    ...(children.length === 0 ? {} : { children: children.map((child) => perceived(child, blur, sides)) }),
  };
}
