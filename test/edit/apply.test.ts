/** Edits of trees and of code: what is changed, and what is left alone. */
import { describe, expect, it } from 'vitest';
import { applyReplacements } from '../../shared/compose/edit/apply-replacements.ts';
import { applyTreeEdits } from '../../shared/compose/edit/apply-tree-edits.ts';
import { codeFault } from '../../shared/compose/edit/code-fault.ts';
import type { UiNode, UiTree } from '../../shared/ui-tree.ts';

const box = { x: 0, y: 0, width: 100, height: 40 };
const font = {
  kind: 'sans' as const,
  family: 'Inter',
  size: 20,
  weight: 400,
  italic: false,
  letterSpacing: 0,
};
const text = (words: string): UiNode => ({
  kind: 'text',
  box,
  text: words,
  wrap: [10, 20],
  style: { color: [0, 0, 0], font: { ...font, lineHeight: 30 } },
});
const card = (words: string): UiNode => ({
  kind: 'card',
  box,
  style: { fill: [255, 255, 255], gradient: { angle: 0, from: [0, 0, 0], to: [9, 9, 9] } },
  children: [text(words)],
});
const tree: UiTree = {
  width: 100,
  height: 100,
  language: 'en',
  background: [255, 255, 255],
  root: { kind: 'page', box, children: [card('Starter'), card('Team')] },
};
const edit = (
  of: UiNode['kind'],
  set: Parameters<typeof applyTreeEdits>[1][number]['set'],
  to: string,
  containing = '',
) => applyTreeEdits(tree, [{ of, containing, set, to }]);
const cards = (edited: UiTree): UiNode[] => edited.root.children ?? [];

describe('edits of a tree', () => {
  it('change all things of a kind, or those with the words', () => {
    expect(cards(edit('card', 'radius', '12px').tree).map((one) => one.style?.radius)).toEqual([12, 12]);
    expect(cards(edit('card', 'radius', '12', 'team').tree).map((one) => one.style?.radius)).toEqual([
      undefined,
      12,
    ]);
  });

  it('leave the given tree as it was', () => {
    const before = structuredClone(tree);
    edit('card', 'fill', 'teal');
    expect(tree).toEqual(before);
  });

  it('a fill takes the place of a gradient', () => {
    const [first] = cards(edit('card', 'fill', 'rgb(1 2 3)').tree);
    expect(first?.style).toEqual({ fill: [1, 2, 3] });
  });

  it('text colour and size reach the words inside, with the line height in proportion', () => {
    const words = (changed: UiTree) => cards(changed)[0]?.children?.[0]?.style;
    expect(words(edit('card', 'color', '#ff0000').tree)?.color).toEqual([255, 0, 0]);
    expect(words(edit('card', 'size', '40px').tree)?.font).toMatchObject({ size: 40, lineHeight: 60 });
  });

  it('new words forget how the old ones wrapped', () => {
    const [first] = cards(edit('text', 'text', 'Free', 'Starter').tree)[0]?.children ?? [];
    expect(first).toMatchObject({ text: 'Free' });
    expect(first).not.toHaveProperty('wrap');
  });

  it('removing takes the thing away, but never the page', () => {
    expect(cards(edit('card', 'hidden', 'yes', 'Team').tree)).toHaveLength(1);
    expect(edit('page', 'hidden', 'yes').tree.root.kind).toBe('page');
  });

  it.each([
    ['radius', 'very round'],
    ['fill', 'javascript:alert(1)'],
    ['size', '100000px'],
    ['align', 'justify'],
    ['shadow', 'enormous'],
  ] as const)('%s cannot be "%s": told, nothing changed', (set, to) => {
    const { tree: edited, applied, warnings } = edit('card', set, to);
    expect({ edited, applied }).toEqual({ edited: tree, applied: [] });
    expect(warnings[0]).toContain(to);
  });

  it('a thing that is not there is told', () => {
    const { applied, warnings } = edit('card', 'radius', '3', 'Enterprise');
    expect(applied).toEqual([]);
    expect(warnings).toEqual(['There is no card with "Enterprise" to change.']);
  });
});

describe('replacements in code', () => {
  const files = [
    { path: 'a.css', content: '.card {\n  border-radius: 4px;\n}\n.badge { top: 0; }\n.badge { top: 0; }\n' },
  ];
  const replaced = (search: string, replace: string, file = 'a.css') =>
    applyReplacements(files, [{ file, search, replace }]);

  it('change what stands there once, and nothing else', () => {
    const { files: after, applied } = replaced('4px', '16px');
    expect(after[0]?.content).toBe(files[0]?.content.replace('4px', '16px'));
    expect(applied).toHaveLength(1);
  });

  it('forgive other white space', () => {
    expect(replaced('.card { border-radius: 4px; }', '.card { }').files[0]?.content).toMatch(
      /^\.card \{ \}\n\.badge/,
    );
  });

  it('take dollar signs as they are', () => {
    expect(replaced('4px', '$& $1').files[0]?.content).toContain('border-radius: $& $1;');
  });

  it.each([
    ['.badge { top: 0; }', 'a.css', 'it stands there 2 times'],
    ['missing', 'a.css', 'it stands there 0 times'],
    ['4px', '/etc/passwd', 'there is no such file'],
  ])('%s in %s is left out: %s', (search, file, reason) => {
    const { files: after, applied, warnings } = replaced(search, 'x', file);
    expect({ after, applied }).toEqual({ after: files, applied: [] });
    expect(warnings[0]).toContain(reason);
  });
});

describe('faults of code', () => {
  it.each([
    ['a.html', '<div><p>one</p></div>', '<div><p>one</span></div>'],
    ['a.css', '.a { color: red; }', '.a { color: red; } }'],
    ['A.vue', '<template><p v-if="one">1</p></template>', '<template><div>1</template>'],
    ['A.tsx', 'export const A = () => <p>1</p>;', 'export const A = () => <p>1;'],
  ])('%s', async (path, sound, broken) => {
    expect(await codeFault({ path, content: sound })).toBeUndefined();
    expect(await codeFault({ path, content: broken })).toEqual(expect.any(String));
  });
});
