/** What the user wants differently from the picture, done to the page that was chosen. */
import type { Engine } from '../../engine/engine.ts';
import { PixelwrightError } from '../../errors.ts';
import { editCode } from '../edit/edit-code.ts';
import { editTree } from '../edit/edit-tree.ts';
import { renderFaultInWorker } from '../scoring/in-worker.ts';
import { type Candidate, type Conversion, treeCandidate } from './candidate.ts';

/**
 * Edits the UI tree, or the code where the model wrote it. A change that fails leaves the page as it was, with a
 * warning: it is worth more than the change.
 * @throws PixelwrightError of the engine.
 */
export async function instructed(
  candidate: Candidate,
  instruction: string,
  engine: Engine,
  conversion: Conversion,
): Promise<Candidate> {
  const { options, context } = conversion;
  const { maxTokens, seed, browserPath } = options;
  const choices = {
    engine,
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(seed === undefined ? {} : { seed }),
    ...(browserPath === undefined ? {} : { browserPath }),
  };
  context.progress({ stage: 'model', message: 'asking the model what to change' });
  try {
    if (candidate.tree === undefined) {
      const files = textFiles(candidate);
      const edited = await editCode(files, instruction, choices, context);
      const contents = new Map(edited.files.map(({ path, content }) => [path, content]));
      const page = candidate.page.map((file) => ({
        ...file,
        content: contents.get(file.path) ?? file.content,
      }));
      return { ...candidate, page, warnings: [...candidate.warnings, ...edited.warnings] };
    }
    const { tree, warnings } = await editTree(candidate.tree, instruction, choices, context);
    const plan = { tree, warnings: [...candidate.warnings, ...warnings] };
    const { truncated, repetition } = candidate;
    const changed = await treeCandidate(treeStrategy(candidate), plan, candidate.facts, conversion, {
      truncated,
      repetition,
      ...(candidate.usage === undefined ? {} : { usage: candidate.usage }),
    });
    const { fault, warnings: unseen } = await renderFaultInWorker(
      textFiles(candidate),
      textFiles(changed),
      choices,
      context,
    );
    if (fault !== undefined) throw new PixelwrightError('output-invalid', fault);
    return { ...changed, warnings: [...changed.warnings, ...unseen] };
  } catch (error) {
    if (!(error instanceof PixelwrightError) || error.code !== 'output-invalid') throw error;
    const warning = `The instructions were not followed: ${error.message}`;
    return { ...candidate, warnings: [...candidate.warnings, warning] };
  }
}

const treeStrategy = ({ strategy }: Candidate): 'measured' | 'perceived' =>
  strategy === 'perceived' ? 'perceived' : 'measured';

const textFiles = ({ page }: Candidate) =>
  page.flatMap(({ path, content }) => (typeof content === 'string' ? [{ path, content }] : []));
