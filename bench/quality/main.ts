/** Converts screenshots of known pages with the built command line and scores what comes out: `npm run bench:quality`. */
import { access, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import pLimit from 'p-limit';
import { createContext, type RunContext } from '../../shared/context.ts';
import { type Browser, withBrowser } from '../../shared/score/browser.ts';
import { scoreAndRender } from '../../shared/score/score.ts';
import { replaceBetween } from '../readme.ts';
import { convert } from './convert.ts';
import { type BenchPage, listPages } from './pages.ts';
import { type Failure, type Measurement, reportOf, summaryOf } from './report.ts';
import { sideBySide } from './side-by-side.ts';
import { makeVariant, type VariantName, variantNames } from './variants.ts';

interface Options {
  readonly pages: readonly string[];
  readonly dir: string;
  readonly root?: string;
  readonly variants: readonly VariantName[];
  readonly json?: string;
  readonly write?: boolean;
  readonly keep?: string;
  readonly jobs: number;
  readonly cli: string;
}

const ownPages = 'test/fixtures/pages';

const separated = (value: string) => value.split(',').filter((part) => part !== '');

function parseOptions(): Options {
  const program = new Command('bench:quality')
    .description('Scores the pages that convert makes of screenshots against the pages that were shot.')
    .option('--pages <names>', 'only these pages, separated by commas; * stands for anything', separated, [])
    .option('--dir <folder>', 'pages to shoot', ownPages)
    .option(
      '--root <folder>',
      "whose files the pages may read; the pages' folder, or test/fixtures for our own",
    )
    .option('--variants <names>', `some of ${variantNames.join(',')}`, parseVariants, [...variantNames])
    .option('--json <file>', 'write all figures')
    .option('--write', 'put the means into the README')
    .option('--keep <folder>', 'keep pictures, pages, and each reference beside its candidate')
    .option('--jobs <n>', 'how many conversions run at once', parseJobs, 1)
    .option('--cli <file>', 'the built command line', 'dist/cli.js')
    .parse();
  return program.opts<Options>();
}

function parseVariants(value: string): VariantName[] {
  return separated(value).map((name) => {
    const found = variantNames.find((each) => each === name);
    if (!found) throw new Error(`Expected variants out of ${variantNames.join(', ')}; got "${name}".`);
    return found;
  });
}

function parseJobs(value: string): number {
  const jobs = Number(value);
  if (!Number.isInteger(jobs) || jobs < 1)
    throw new Error(`Expected --jobs to be 1 or more; got "${value}".`);
  return jobs;
}

async function measure(
  browser: Browser,
  page: BenchPage,
  variant: VariantName,
  options: Options,
  folder: string,
  context: RunContext,
): Promise<Measurement> {
  const root = path.resolve(
    options.root ?? (options.dir === ownPages ? path.dirname(ownPages) : options.dir),
  );
  const { picture, extension, reference } = await makeVariant(browser, page, variant, root, context);
  const stem = `${page.name}-${variant}`;
  const file = path.join(folder, `${stem}.${extension}`);
  await writeFile(file, picture);
  const conversion = await convert(path.resolve(options.cli), file, path.join(folder, stem), context.signal);
  const { score, rendered } = await scoreAndRender(reference, conversion.page, context, { browser });
  await writeFile(path.join(folder, `${stem}-side.png`), await sideBySide(reference.raster, rendered.raster));
  return { page: page.name, variant, seconds: conversion.seconds, score };
}

async function main(): Promise<void> {
  const options = parseOptions();
  await access(options.cli).catch(() => {
    throw new Error(`Expected the built command line at ${options.cli}; run "npm run build" first.`);
  });
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort(new Error('interrupted')));
  const context = createContext(interrupt.signal);
  const pages = await listPages(path.resolve(options.dir), options.pages);
  const folder = options.keep
    ? path.resolve(options.keep)
    : await mkdtemp(path.join(os.tmpdir(), 'pixelwright-bench-'));
  await mkdir(folder, { recursive: true });
  const failures: Failure[] = [];
  try {
    const measurements = await withBrowser({}, context, async (browser) => {
      const limit = pLimit(options.jobs);
      const work = options.variants.flatMap((variant) => pages.map((page) => ({ page, variant })));
      const results = await Promise.all(
        work.map(({ page, variant }) =>
          limit(async () => {
            try {
              const result = await measure(browser, page, variant, options, folder, context);
              process.stderr.write(
                `${page.name} ${variant}: D2C-4 ${(100 * result.score.d2c4).toFixed(1)}\n`,
              );
              return result;
            } catch (error) {
              if (interrupt.signal.aborted) throw error;
              failures.push({
                page: page.name,
                variant,
                message: error instanceof Error ? error.message : String(error),
              });
              return undefined;
            }
          }),
        ),
      );
      return results.filter((result) => result !== undefined);
    });
    process.stdout.write(`${reportOf(measurements, failures)}\n`);
    if (options.write) {
      const readme = await readFile('README.md', 'utf8');
      await writeFile('README.md', replaceBetween(readme, 'quality', summaryOf(measurements)));
    }
    if (options.json)
      await writeFile(options.json, `${JSON.stringify({ measurements, failures }, undefined, 2)}\n`);
  } finally {
    if (!options.keep) await rm(folder, { recursive: true, force: true });
  }
  if (failures.length > 0) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
