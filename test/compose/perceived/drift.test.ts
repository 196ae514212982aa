/** What was only pushed away by something above it is told from what is wrong itself. */
import { describe, expect, it } from 'vitest';
import { driftedIn } from '../../../shared/compose/perceived/drift.ts';
import type { UiNode } from '../../../shared/ui-tree.ts';

const text = (words: string, y: number): UiNode => ({
  kind: 'text',
  text: words,
  box: { x: 0, y, width: 80, height: 20 },
});
const group = (...children: UiNode[]): UiNode => ({
  kind: 'section',
  flow: 'column',
  box: { x: 0, y: children[0]?.box.y ?? 0, width: 80, height: 20 * children.length },
  children,
});
const at = (words: string, y: number) => ({ text: words, box: { x: 0, y, width: 60, height: 12 } });

describe('driftedIn', () => {
  const above = group(text('one', 0), text('two', 20));
  const below = group(text('three', 60), text('four', 80));
  const page = group(above, below);

  it('is the largest part that was pushed as one', () => {
    const texts = [at('one', 4), at('two', 50), at('three', 90), at('four', 110)];
    const [, two] = above.children ?? [];
    expect([...driftedIn(page, texts)]).toEqual([two, below]);
  });

  it('is nothing where texts stand within their lines, or where it cannot be told which they are', () => {
    expect(driftedIn(page, [at('one', 4), at('two', 23), at('three', 64), at('four', 83)]).size).toBe(0);
    expect(driftedIn(page, []).size).toBe(0);
    expect(driftedIn(page, [at('one', 40), at('one', 90)]).size).toBe(0);
    const same = group(text('one', 0), text('one', 40));
    expect(driftedIn(same, [at('one', 40)]).size).toBe(0);
  });
});
