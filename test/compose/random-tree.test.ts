/** The random trees are trees, and hold what they promise. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uiKinds, uiTreeSchema, walk } from '../../shared/ui-tree.ts';
import { randomTree } from './random-tree.ts';

describe('random trees', () => {
  const trees = fc.sample(randomTree, { numRuns: 300, seed: 5 });

  it('are what the schema accepts', () => {
    for (const tree of trees) expect(uiTreeSchema.safeParse(tree).error).toBeUndefined();
  });

  it('hold every kind, and texts that break careless code', () => {
    const nodes = trees.flatMap((tree) => [...walk(tree.root)]);
    expect(new Set(nodes.map((node) => node.kind))).toEqual(new Set(uiKinds));
    const texts = nodes.map((node) => node.text ?? '').join('\n');
    for (const odd of ['</script>', '{{ total }}', `\${name}`, '-->', '😀', 'مرحبا'])
      expect(texts).toContain(odd);
  });
});
