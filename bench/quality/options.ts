/** The command line of the bench. */
import { Command } from 'commander';
import { type StrategyName, strategyNames } from './strategies.ts';
import { type VariantName, variantNames } from './variants.ts';

export interface BenchOptions {
  readonly pages: readonly string[];
  readonly dir: string;
  readonly root?: string;
  readonly variants: readonly VariantName[];
  readonly strategy: readonly StrategyName[];
  readonly json?: string;
  /** Files that `json` wrote: their figures are told, and nothing is run. */
  readonly from?: readonly string[];
  readonly write?: boolean;
  readonly keep?: string;
  readonly jobs: number;
  readonly cli: string;
}

export const ownPages = 'test/fixtures/pages';

export function parseOptions(): BenchOptions {
  const program = new Command('bench:quality')
    .description('Scores the pages that convert makes of screenshots against the pages that were shot.')
    .option('--pages <names>', 'only these pages, separated by commas; * stands for anything', separated, [])
    .option('--dir <folder>', 'pages to shoot', ownPages)
    .option(
      '--root <folder>',
      "whose files the pages may read; the pages' folder, or test/fixtures for our own",
    )
    .option('--variants <names>', `some of ${variantNames.join(',')}`, someOf(variantNames), [
      ...variantNames,
    ])
    .option(
      '--strategy <names>',
      `some of ${strategyNames.join(',')}; perceived asks an oracle`,
      someOf(strategyNames),
      [...strategyNames],
    )
    .option('--json <file>', 'write all figures')
    .option('--from <files>', 'tell the figures of these files of --json instead of running', separated)
    .option('--write', 'put the means into the README')
    .option('--keep <folder>', 'keep pictures, pages, and each reference beside its candidate')
    .option('--jobs <n>', 'how many conversions run at once', parseJobs, 1)
    .option('--cli <file>', 'the built command line', 'dist/cli.js')
    .parse();
  return program.opts<BenchOptions>();
}

const separated = (value: string): string[] => value.split(',').filter((part) => part !== '');

function someOf<Name extends string>(names: readonly Name[]): (value: string) => Name[] {
  return (value) =>
    separated(value).map((name) => {
      const found = names.find((each) => each === name);
      if (!found) throw new Error(`Expected some of ${names.join(', ')}; got "${name}".`);
      return found;
    });
}

function parseJobs(value: string): number {
  const jobs = Number(value);
  if (!Number.isInteger(jobs) || jobs < 1)
    throw new Error(`Expected --jobs to be 1 or more; got "${value}".`);
  return jobs;
}
