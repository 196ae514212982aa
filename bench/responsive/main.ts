/** Looks at composed pages at widths that nobody drew: `npm run bench:responsive`. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { compileTree } from '../../shared/compose/compile.ts';
import { planMeasured } from '../../shared/compose/measured/index.ts';
import { createContext, type RunContext } from '../../shared/context.ts';
import { measurePicture } from '../../shared/facts/index.ts';
import type { PageFacts } from '../../shared/facts/page-facts.ts';
import { readPicture, type SourcePicture } from '../../shared/image/index.ts';
import { cropAssets } from '../../shared/run/assets.ts';
import { type Browser, withBrowser } from '../../shared/score/browser.ts';
import { findFaults } from '../../shared/score/overlap.ts';
import { type PageTarget, pageTargets } from '../../shared/tasks/ui-to-code.ts';
import { type BenchPage, listPages } from '../quality/pages.ts';
import { referenceOf } from '../quality/references.ts';
import { replaceBetween } from '../readme.ts';
import { type Look, summaryOf, worstOf } from './report.ts';

interface Options {
  readonly pages: readonly string[];
  readonly dir: string;
  readonly targets: readonly PageTarget[];
  readonly widths: readonly number[];
  readonly keep?: string;
  readonly write?: boolean;
}

const ownPages = 'test/fixtures/pages';
const separated = (value: string): string[] => value.split(',').filter((part) => part !== '');

function parseOptions(): Options {
  const program = new Command('bench:responsive')
    .description('Counts overflow, text on text, cut and lost text of composed pages at several widths.')
    .option('--pages <names>', 'only these pages, separated by commas; * stands for anything', separated, [])
    .option('--dir <folder>', 'pages to shoot', ownPages)
    .option(
      '--targets <names>',
      `pages a browser opens as they are: html, html-tailwind`,
      (value) => separated(value).map(targetOf),
      ['html', 'html-tailwind'].map(targetOf),
    )
    .option(
      '--widths <pixels>',
      'viewports',
      (value) => separated(value).map(Number),
      [320, 390, 768, 1024, 1280],
    )
    .option('--keep <folder>', 'keep the pages')
    .option('--write', 'put the table into the README')
    .parse();
  return program.opts<Options>();
}

function targetOf(name: string): PageTarget {
  const found = pageTargets.find((target) => target === name);
  if (!found) throw new Error(`Expected a target out of ${pageTargets.join(', ')}; got "${name}".`);
  return found;
}

interface Measured {
  readonly page: BenchPage;
  readonly picture: SourcePicture;
  readonly facts: PageFacts;
}

async function measure(
  browser: Browser,
  page: BenchPage,
  root: string,
  context: RunContext,
): Promise<Measured> {
  const { png } = await referenceOf(browser, page, 1, root, context);
  const picture = await readPicture({ kind: 'bytes', bytes: png, name: page.name }, context);
  return { page, picture, facts: await measurePicture(picture, context) };
}

/** Writes the page with its pictures. @returns the file to open. */
async function compose(
  { page, picture, facts }: Measured,
  target: PageTarget,
  folder: string,
  context: RunContext,
): Promise<string> {
  const { tree } = planMeasured(facts);
  const { files, assets } = await compileTree(tree, target, { name: page.name, palette: facts.palette });
  const crops = await cropAssets(picture, facts.pixelRatio, assets, context);
  for (const file of [...files, ...crops]) {
    const to = path.join(folder, file.path);
    await mkdir(path.dirname(to), { recursive: true });
    await writeFile(to, file.content);
  }
  return path.join(folder, files[0]?.path ?? '');
}

async function main(): Promise<void> {
  const options = parseOptions();
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort(new Error('interrupted')));
  const context = createContext(interrupt.signal);
  const root = path.resolve(options.dir === ownPages ? path.dirname(ownPages) : options.dir);
  const pages = await listPages(path.resolve(options.dir), options.pages);
  const folder = options.keep
    ? path.resolve(options.keep)
    : await mkdtemp(path.join(os.tmpdir(), 'pixelwright-responsive-'));
  try {
    const looks: Look[] = [];
    await withBrowser({}, context, async (browser) => {
      for (const page of pages) {
        const measured = await measure(browser, page, root, context);
        for (const target of options.targets) {
          const file = await compose(measured, target, path.join(folder, target, page.name), context);
          const faults = await findFaults(browser, file, options.widths, context);
          looks.push(...faults.map((found) => ({ page: page.name, target, faults: found })));
        }
        process.stderr.write(`${page.name}\n`);
      }
    });
    process.stdout.write(`${summaryOf(looks)}\n\n${worstOf(looks)}\n`);
    if (options.write) {
      const readme = await readFile('README.md', 'utf8');
      await writeFile('README.md', replaceBetween(readme, 'responsive', summaryOf(looks)));
    }
  } finally {
    if (!options.keep) await rm(folder, { recursive: true, force: true });
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
