/** Has a model turn an instruction into edits of a UI tree, and applies those that fit. */
import { applyTreeEdits, type EditedTree } from '../../compose/edit/apply-tree-edits.ts';
import type { RunContext } from '../../context.ts';
import {
  treeEditModel,
  treeEditPrompt,
  treeEditSchema,
  treeEditsSchema,
} from '../../tasks/edit/tree-edits.ts';
import type { UiTree } from '../../ui-tree.ts';
import type { ModelAnswer } from '../model-answer.ts';
import { type EditOptions, listAnswer } from './list-answer.ts';

export interface TreeEditResult extends EditedTree {
  readonly answer: ModelAnswer;
}

/** @throws PixelwrightError of the engine; `output-invalid` for an answer that holds no edit. */
export async function editTree(
  tree: UiTree,
  instruction: string,
  options: EditOptions,
  context: RunContext,
): Promise<TreeEditResult> {
  const messages = treeEditPrompt(tree, instruction);
  const form = { schema: treeEditsSchema(tree), entry: treeEditSchema };
  const { entries, answer, warnings } = await listAnswer(messages, treeEditModel, form, options, context);
  const edited = applyTreeEdits(tree, entries);
  return { ...edited, warnings: [...warnings, ...edited.warnings], answer };
}
