/** Calibrates the choice between screen and diagram over our pages and our diagrams: `npm run bench:subject`. */
import { Command } from 'commander';
import { createContext, type RunContext } from '../../shared/context.ts';
import { inWorker } from '../../shared/facts/measure-picture.ts';
import type { Raster } from '../../shared/image/index.ts';
import { leastLikelihood } from '../../shared/run/convert-diagram.ts';
import { type Browser, withBrowser } from '../../shared/score/browser.ts';
import { listPages } from '../quality/pages.ts';
import { decode, referenceOf } from '../quality/references.ts';
import { markdownTable } from '../readme.ts';
import { looks, makeSample } from './samples.ts';

interface Told {
  readonly name: string;
  readonly subject: 'screen' | 'diagram';
  readonly likelihood: number;
}

interface Options {
  readonly pages: string;
  readonly seeds: number;
}

const { pages, seeds } = new Command('bench:subject')
  .description('Prints which pictures are taken for screens and which for diagrams, and by how much.')
  .option('--pages <folder>', 'HTML pages that stand for screens', 'test/fixtures/pages')
  .option('--seeds <count>', 'diagrams of each look: 12 are one of each kind', Number, 12)
  .parse()
  .opts<Options>();

async function measureAll(browser: Browser, run: RunContext): Promise<Told[]> {
  const told: Told[] = [];
  const measure = async (subject: Told['subject'], name: string, raster: Raster): Promise<void> => {
    const { likelihood } = await inWorker('diagram', { raster }, run);
    process.stderr.write(`${name}: ${likelihood.toFixed(2)}\n`);
    told.push({ name, subject, likelihood });
  };
  for (const page of await listPages(pages, [])) {
    const { png } = await referenceOf(browser, page, 1, pages, run);
    await measure('screen', page.name, await decode(png));
  }
  for (const look of looks)
    for (let seed = 0; seed < seeds; seed++) {
      const { name, raster } = await makeSample(browser, seed, look, run.signal);
      await measure('diagram', `${name} ${look}`, raster);
    }
  return told;
}

const takenFor = ({ likelihood }: Told): Told['subject'] =>
  likelihood < leastLikelihood ? 'screen' : 'diagram';

/** A line for each subject: how many there were, what they were taken for, and the one nearest to the threshold. */
function confusionOf(list: readonly Told[]): string {
  const rows = (['screen', 'diagram'] as const).map((subject) => {
    const own = list.filter((one) => one.subject === subject);
    const taken = (as: Told['subject']): string => String(own.filter((one) => takenFor(one) === as).length);
    const margins = own.map(marginOf);
    return [subject, String(own.length), taken('screen'), taken('diagram'), Math.min(...margins).toFixed(2)];
  });
  return markdownTable(
    ['what it is', 'pictures', 'taken for a screen', 'for a diagram', 'least margin'],
    rows,
  );
}

/** How far on the right side of the threshold; below 0 it was mistaken. */
const marginOf = ({ subject, likelihood }: Told): number =>
  subject === 'screen' ? leastLikelihood - likelihood : likelihood - leastLikelihood;

/** The ten that were mistaken, or came nearest to that. */
function closestOf(list: readonly Told[]): string {
  const rows = list
    .toSorted((a, b) => marginOf(a) - marginOf(b))
    .slice(0, 10)
    .map((one) => [one.name, one.subject, one.likelihood.toFixed(2), marginOf(one).toFixed(2)]);
  return markdownTable(['closest', 'what it is', 'likelihood', 'margin'], rows);
}

const interrupt = new AbortController();
process.once('SIGINT', () => interrupt.abort(new Error('interrupted')));
const context = createContext(interrupt.signal);
const all = await withBrowser({}, context, (browser) => measureAll(browser, context));
process.stdout.write(`${confusionOf(all)}\n\n${closestOf(all)}\n`);
