/** A page that could be the answer, and what it takes to make one of a UI tree. */
import type { PlannedPage } from '../../compose/measured/index.ts';
import type { RunContext } from '../../context.ts';
import type { Usage } from '../../engine/engine.ts';
import type { PageFacts } from '../../facts/page-facts.ts';
import type { PageTarget } from '../../tasks/ui-to-code.ts';
import type { UiTree } from '../../ui-tree.ts';
import { cropAssets, inlineFiles } from '../assets.ts';
import type { Composer } from '../composer.ts';
import type { ConvertOptions, MadeBy, Measured } from '../convert-result.ts';
import type { OutputFile } from '../write-output.ts';

/** What every step of a conversion works with. */
export interface Conversion {
  readonly measured: Measured;
  readonly composer: Composer;
  readonly options: ConvertOptions;
  readonly context: RunContext;
}

export interface Candidate {
  readonly strategy: MadeBy;
  /** `direct 2`: tells several of one strategy apart. */
  readonly name: string;
  /** Absent where the model wrote code. */
  readonly tree?: UiTree;
  /** What is known of the picture now; a model may have corrected what was read. */
  readonly facts: PageFacts;
  /** The page as HTML, with all that it refers to: what is rendered. */
  readonly page: readonly OutputFile[];
  readonly warnings: readonly string[];
  readonly truncated: boolean;
  readonly repetition: boolean;
  readonly usage?: Usage;
}

/** Candidates are compared as plain files. */
export const plain: Pick<ConvertOptions, 'inline' | 'script' | 'components'> = {
  inline: false,
  script: false,
  components: 'plain',
};

/** The files of a tree in a target's language; pictures are cut out of the source. */
export async function treeFiles(
  tree: UiTree,
  facts: PageFacts,
  target: PageTarget,
  { measured, composer, options, context }: Conversion,
  { inline = false, script = false, components = 'plain' }: typeof plain = options,
): Promise<OutputFile[]> {
  context.progress({ stage: 'compose', message: 'composing the page' });
  const choices = { name: options.name, inline, script, components, palette: facts.palette };
  const { files, assets } = await composer.compile(tree, target, choices, context.signal);
  const crops = await cropAssets(measured.picture, facts.pixelRatio, assets, context);
  return inline ? inlineFiles(files, crops) : [...files, ...crops];
}

export async function treeCandidate(
  strategy: 'measured' | 'perceived',
  { tree, warnings }: PlannedPage,
  facts: PageFacts,
  conversion: Conversion,
  about: Partial<Pick<Candidate, 'truncated' | 'repetition' | 'usage' | 'warnings'>> = {},
): Promise<Candidate> {
  return {
    strategy,
    name: strategy,
    tree,
    facts,
    page: await treeFiles(tree, facts, 'html', conversion, plain),
    truncated: false,
    repetition: false,
    ...about,
    warnings: [...warnings, ...(about.warnings ?? [])],
  };
}
