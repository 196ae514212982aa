/** Converts screenshots of known pages with the built command line and scores what comes out: `npm run bench:quality`. */
import { access, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pLimit from 'p-limit';
import { createContext } from '../../shared/context.ts';
import { withBrowser } from '../../shared/score/browser.ts';
import { replaceBetween } from '../readme.ts';
import { ownPages, parseOptions } from './options.ts';
import { tokenCounter } from './oracle/tokens.ts';
import { listPages } from './pages.ts';
import { costOf, type Failure, type Measurement, reportOf, summaryOf } from './report.ts';
import { measure } from './strategies.ts';

async function main(): Promise<void> {
  const options = parseOptions();
  if (options.from) {
    const told = await Promise.all(
      options.from.map(async (file) => JSON.parse(await readFile(file, 'utf8')) as Results),
    );
    const failures = told.flatMap((one) => one.failures);
    await tell({ measurements: told.flatMap((one) => one.measurements), failures }, options.write === true);
    if (failures.length > 0) process.exitCode = 1;
    return;
  }
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
      const root = path.resolve(
        options.root ?? (options.dir === ownPages ? path.dirname(ownPages) : options.dir),
      );
      const commandLine = path.resolve(options.cli);
      const workplace = { browser, root, commandLine, folder, countTokens: tokenCounter() };
      const work = options.variants.flatMap((variant) =>
        pages.map((page) => ({ page, variant, strategies: options.strategy })),
      );
      const results = await Promise.all(
        work.map((one) =>
          limit(async () => {
            const name = `${one.page.name} ${one.variant}`;
            try {
              const found = await measure(one, workplace, context);
              const scores = found.map(
                ({ strategy, score }) => `${strategy} ${(100 * score.d2c4).toFixed(1)}`,
              );
              process.stderr.write(`${name}: D2C-4 ${scores.join(', ')}\n`);
              return found;
            } catch (error) {
              if (interrupt.signal.aborted) throw error;
              const message = error instanceof Error ? error.message : String(error);
              process.stderr.write(`${name}: ${message}\n`);
              failures.push({ page: one.page.name, variant: one.variant, message });
              return [];
            }
          }),
        ),
      );
      return results.flat();
    });
    await tell({ measurements, failures }, options.write === true);
    if (options.json)
      await writeFile(options.json, `${JSON.stringify({ measurements, failures }, undefined, 2)}\n`);
  } finally {
    if (!options.keep) await rm(folder, { recursive: true, force: true });
  }
  if (failures.length > 0) process.exitCode = 1;
}

/** What `--json` writes. */
interface Results {
  readonly measurements: readonly Measurement[];
  readonly failures: readonly Failure[];
}

async function tell({ measurements, failures }: Results, write: boolean): Promise<void> {
  process.stdout.write(`${reportOf(measurements, failures)}\n\n${costOf(measurements)}\n`);
  if (!write) return;
  const readme = await readFile('README.md', 'utf8');
  const scored = replaceBetween(readme, 'quality', summaryOf(measurements));
  await writeFile('README.md', replaceBetween(scored, 'tokens', costOf(measurements)));
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
