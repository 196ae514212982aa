/** Who stands in whom: what lies wholly in a larger shape belongs to it, though nobody said so. */
import { ancestorsOf, nodesById } from '../../../diagram-check.ts';
import type { GraphNode, NodeShape } from '../../../diagram-graph.ts';
import { area, overlapArea } from '../../../geometry.ts';

/** Shapes that hold nothing. */
const closed: readonly NodeShape[] = [
  'text',
  'image',
  'start',
  'end',
  'actor',
  'note',
  'diamond',
  'table',
  'class',
];

/** Nodes with the parents that their places call for; what stands beside its parent is taken out of it. */
export function nested(nodes: readonly GraphNode[]): readonly GraphNode[] {
  const known = nodesById(nodes);
  return nodes.map((node) => {
    if (node.parent !== undefined) {
      const parent = known.get(node.parent);
      const inside =
        parent === undefined ? 0 : overlapArea(node.box, parent.box) / Math.max(1, area(node.box));
      // A model's word counts where the two touch at all; growing the parent makes it true.
      if (inside > 0.3) return node;
    }
    const { parent: _, ...free } = node;
    const around = nodes
      .filter(
        (other) =>
          other.id !== node.id &&
          !closed.includes(other.shape) &&
          !ancestorsOf(other.id, known).includes(node.id) &&
          area(other.box) > 1.5 * area(node.box) &&
          overlapArea(node.box, other.box) >= 0.9 * area(node.box),
      )
      .toSorted((a, b) => area(a.box) - area(b.box))[0];
    return around === undefined ? free : { ...free, parent: around.id };
  });
}
