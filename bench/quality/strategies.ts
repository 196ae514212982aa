/** Converts one picture by one strategy and scores the page; in the model's place stands the oracle. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RunContext } from '../../shared/context.ts';
import type { Browser } from '../../shared/score/browser.ts';
import { scoreAndRender } from '../../shared/score/score.ts';
import { convert } from './convert.ts';
import { blurOf } from './oracle/imprecision.ts';
import { placedTruth } from './oracle/place-truth.ts';
import { readTruth } from './oracle/read-truth.ts';
import { startOracle } from './oracle/server.ts';
import type { BenchPage } from './pages.ts';
import type { Measurement } from './report.ts';
import { sideBySide } from './side-by-side.ts';
import { makeVariant, type VariantName } from './variants.ts';

/** `direct` is not among them: what a model writes by itself cannot be known without a model. */
export const strategyNames = ['measured', 'perceived'] as const;
export type StrategyName = (typeof strategyNames)[number];

export interface Work {
  readonly page: BenchPage;
  readonly variant: VariantName;
  readonly strategies: readonly StrategyName[];
}

export interface Workplace {
  readonly browser: Browser;
  /** Whose files the pages may read. */
  readonly root: string;
  readonly commandLine: string;
  /** Where pictures and pages are written. */
  readonly folder: string;
  readonly countTokens: (text: string) => number;
}

/** One measurement a strategy, of the same picture. */
export async function measure(
  { page, variant: name, strategies }: Work,
  workplace: Workplace,
  context: RunContext,
): Promise<Measurement[]> {
  const { browser, root, commandLine, folder, countTokens } = workplace;
  const worker = path.join(path.dirname(commandLine), 'facts-worker.js');
  const variant = await makeVariant(browser, page, name, root, worker, context);
  const stem = `${page.name}-${name}`;
  const file = path.join(folder, `${stem}.${variant.extension}`);
  await writeFile(file, variant.picture);
  const measurements: Measurement[] = [];
  for (const strategy of strategies) {
    const out = path.join(folder, `${stem}-${strategy}`);
    await mkdir(out, { recursive: true });
    const converted =
      strategy === 'measured'
        ? {
            conversion: await convert(file, { commandLine, strategy, folder: out }, context.signal),
            tokens: 0,
          }
        : await perceived(file, out, page, variant, workplace, context);
    const list = measurements[0]?.score.list;
    const { score, rendered } = await scoreAndRender(variant.reference, converted.conversion.page, context, {
      browser,
      ...(list === undefined ? {} : { list }),
    });
    const side = await sideBySide(variant.reference.raster, rendered.raster);
    await writeFile(path.join(folder, `${stem}-${strategy}-side.png`), side);
    measurements.push({
      page: page.name,
      variant: name,
      strategy,
      seconds: converted.conversion.seconds,
      score,
      writtenTokens: converted.tokens,
      pageTokens: countTokens(await readFile(page.file, 'utf8')),
    });
  }
  return measurements;
}

async function perceived(
  file: string,
  folder: string,
  page: BenchPage,
  { seen, place }: Awaited<ReturnType<typeof makeVariant>>,
  { browser, root, commandLine, countTokens }: Workplace,
  context: RunContext,
) {
  const truth = await readTruth(browser, page, root);
  const question = {
    truth: placedTruth(truth.nodes, place),
    facts: seen.facts,
    blur: blurOf({ seed: page.name }),
  };
  const oracle = await startOracle(question, countTokens);
  try {
    const options = { commandLine, strategy: 'perceived', baseUrl: oracle.url, folder } as const;
    const conversion = await convert(file, options, context.signal);
    await writeFile(path.join(folder, 'answers.json'), `[${oracle.answers.join(',\n')}]\n`);
    return { conversion, tokens: oracle.tokens() };
  } finally {
    await oracle.close();
  }
}
