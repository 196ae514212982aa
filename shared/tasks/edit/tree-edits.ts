/** Task: an instruction becomes a few edits of a UI tree, each of which code can check and apply. */
import { z } from 'zod';
import { childrenOf, type UiKind, type UiTree, uiKinds, walk } from '../../ui-tree.ts';
import { jsonSampling } from '../fields.ts';
import { type PromptMessage, quoted, userTurn } from '../prompt.ts';

/** What can be changed of a thing, with what the model is told that a value looks like. */
export const editableProperties = {
  fill: 'a color',
  color: 'a color, of its text',
  border: 'a color, or none',
  radius: 'pixels, of its corners',
  shadow: 'none, small or large',
  size: 'pixels, of its text',
  weight: '100 to 900, of its text',
  align: 'left, center or right',
  text: 'the new words',
  hidden: 'yes, to remove it',
} as const;

export type EditableProperty = keyof typeof editableProperties;

// Object.keys is typed string[]; these are exactly the keys.
const properties = Object.keys(editableProperties) as [EditableProperty, ...EditableProperty[]];

export const treeEditSchema = z.object({
  of: z.enum(uiKinds).describe('Kind of the things to change.'),
  /** Words that stand in the thing; empty for all things of the kind. */
  containing: z.string().max(120),
  set: z.enum(properties),
  to: z.string().max(400),
});

export type TreeEdit = z.infer<typeof treeEditSchema>;

/** More edits than a sentence asks for are a loop. */
export const mostEdits = 16;

/** Only kinds that the page has, so that a model cannot name others. */
export function treeEditsSchema(tree: UiTree): Readonly<Record<string, unknown>> {
  const of = z.enum([...kindsOf(tree).keys()]);
  return z.toJSONSchema(z.array(treeEditSchema.extend({ of })).max(mostEdits));
}

/** Kinds on the page with words of their first few things. */
function kindsOf(tree: UiTree): Map<UiKind, string[]> {
  const kinds = new Map<UiKind, string[]>();
  for (const node of walk(tree.root)) {
    const words = kinds.get(node.kind) ?? [];
    words.push(wordsIn(node).slice(0, 40));
    kinds.set(node.kind, words);
  }
  return kinds;
}

function wordsIn(node: UiTree['root']): string {
  return (
    node.text ??
    childrenOf(node)
      .map(wordsIn)
      .find((words) => words !== '') ??
    ''
  );
}

export const treeEditModel = { sampling: jsonSampling, maxTokens: 1024 } as const;

/** @param instruction of the user. */
export function treeEditPrompt(tree: UiTree, instruction: string): PromptMessage[] {
  const parts = [...kindsOf(tree)].map(([kind, words]) => {
    const examples = words.filter((word) => word !== '').slice(0, 4);
    const shown = examples.map((word) => JSON.stringify(quoted(word))).join(', ');
    return `- ${kind} (${words.length})${shown === '' ? '' : `: ${shown}`}`;
  });
  const values = properties.map((name) => `${name}: ${editableProperties[name]}`).join('; ');
  const lines = [
    'A page has these parts:',
    ...parts,
    `The user wants: ${quoted(instruction)}`,
    `Answer with the changes in JSON: [{"of": kind, "containing": words or "", "set": property, "to": value}]. Properties: ${values}.`,
  ];
  return [userTurn([], lines.join('\n'))];
}
