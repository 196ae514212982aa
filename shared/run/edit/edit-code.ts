/** Has a model change code by search and replace; what does not hold up is not kept. */

import { applyReplacements } from '../../compose/edit/apply-replacements.ts';
import { codeFault } from '../../compose/edit/code-fault.ts';
import type { RunContext } from '../../context.ts';
import { PixelwrightError } from '../../errors.ts';
import {
  type CodeFile,
  type Replacement,
  replacementModel,
  replacementPrompt,
  replacementSchema,
  replacementsSchema,
} from '../../tasks/edit/replacements.ts';
import type { ModelAnswer } from '../model-answer.ts';
import { renderFaultInWorker } from '../scoring/in-worker.ts';
import { type EditOptions, listAnswer } from './list-answer.ts';

export interface EditCodeOptions extends EditOptions {
  readonly browserPath?: string;
}

export interface EditedCode {
  /** All files, changed or not. */
  readonly files: readonly CodeFile[];
  readonly applied: readonly Replacement[];
  readonly warnings: readonly string[];
  readonly answer: ModelAnswer;
}

/**
 * @param files the page or component first, then styles that it uses.
 * @throws PixelwrightError of the engine; `output-invalid` where no change could be applied, or the changed page
 *   has a fault that the old one had not; the files stay as they are then.
 */
export async function editCode(
  files: readonly CodeFile[],
  instruction: string,
  options: EditCodeOptions,
  context: RunContext,
): Promise<EditedCode> {
  const form = { schema: replacementsSchema(files.map(({ path }) => path)), entry: replacementSchema };
  const messages = replacementPrompt(files, instruction);
  const { entries, answer, warnings } = await listAnswer(messages, replacementModel, form, options, context);
  const replaced = applyReplacements(files, entries);
  const told = [...warnings, ...replaced.warnings];
  if (replaced.applied.length === 0) throw notKept(`no change fits the code. ${told.join(' ')}`);
  const changed = replaced.files.filter((file, index) => file.content !== files[index]?.content);
  for (const file of changed) {
    const fault = await codeFault(file);
    if (fault !== undefined) throw notKept(`${file.path} would be broken: ${fault}`);
  }
  context.progress({ stage: 'score', message: 'rendering the changed page' });
  const rendered = await renderFaultInWorker(files, replaced.files, options, context);
  if (rendered.fault !== undefined) throw notKept(rendered.fault);
  return { ...replaced, warnings: [...told, ...rendered.warnings], answer };
}

function notKept(reason: string): PixelwrightError {
  return new PixelwrightError('output-invalid', `The model's change was not kept: ${reason}`.trim(), {
    next: 'Say it in other words, or try another seed.',
  });
}
