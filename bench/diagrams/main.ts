/** Draws diagrams from known graphs, converts the pictures, and compares what comes out: `npm run bench:diagrams`. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import sharp from 'sharp';
import { createContext, type RunContext } from '../../shared/context.ts';
import { encodePng } from '../../shared/image/raster.ts';
import { convertDiagram, openEngine } from '../../shared/index.ts';
import { withBrowser } from '../../shared/score/browser.ts';
import { mergeSettings } from '../../shared/setting-sources.ts';
import { replaceBetween } from '../readme.ts';
import { scoreDiagram } from './metrics.ts';
import { startOracle } from './oracle.ts';
import { programScript } from './programs/page.ts';
import { makeProgramSample, type Program, programs } from './programs/samples.ts';
import { type Measurement, reportOf, type Strategy, strategies, summaryOf } from './report.ts';
import { type Look, looks, makeSample, placed, type Sample } from './samples.ts';

interface Options {
  readonly seeds: readonly number[];
  readonly looks: readonly Look[];
  readonly by: readonly Strategy[];
  readonly programs: readonly Program[];
  readonly keep?: string;
  readonly show?: boolean;
  readonly pieces?: string;
  readonly write?: boolean;
}

/** `0-11,40` → 0 … 11, 40. */
function seedsIn(value: string): number[] {
  return value.split(',').flatMap((part) => {
    const [from = Number.NaN, to = from] = part.split('-').map(Number);
    if (!Number.isInteger(from) || !Number.isInteger(to))
      throw new Error(`Expected seeds such as 0-11; got "${value}".`);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}

function someOf<T extends string>(known: readonly T[]): (value: string) => T[] {
  return (value) =>
    value.split(',').map((part) => {
      const found = known.find((one) => one === part);
      if (!found) throw new Error(`Expected some of ${known.join(', ')}; got "${part}".`);
      return found;
    });
}

function parseOptions(): Options {
  return new Command('bench:diagrams')
    .description('Scores the graphs that are found in pictures of diagrams against those that were drawn.')
    .option(
      '--seeds <ranges>',
      'which diagrams: 0-11 are one of each kind, others differ in all but the kind',
      seedsIn,
      seedsIn('0-11'),
    )
    .option('--looks <names>', `some of ${looks.join(',')}`, someOf(looks), [...looks])
    .option('--by <names>', `some of ${strategies.join(',')}`, someOf(strategies), [...strategies])
    .option(
      '--programs <names>',
      `also as other programs draw them: some of ${programs.join(',')}`,
      someOf(programs),
      [],
    )
    .option('--show', "put the README's two pictures into media/")
    .option('--pieces <file>', 'add what was measured to a file, and count what stands in it already')
    .option('--keep <folder>', 'keep each picture beside the diagram that was made of it')
    .option('--write', 'put the means into the README')
    .parse()
    .opts<Options>();
}

async function measure(
  sample: Sample,
  strategy: Strategy,
  seed: number,
  options: Options,
  context: RunContext,
  program?: Program,
): Promise<Measurement> {
  const source = {
    kind: 'bytes',
    name: `${sample.name}.png`,
    bytes: await encodePng(sample.raster),
  } as const;
  const oracle =
    strategy === 'oracle' ? await startOracle(sample.truth, sample.raster, seed, context) : undefined;
  const engine = oracle && (await openEngine(mergeSettings({ baseUrl: oracle.url })));
  try {
    const start = performance.now();
    const method = engine ? 'model' : 'measured';
    const asked = { name: sample.name, target: 'drawio', subject: 'diagram', method, engine } as const;
    const { graph, files, report } = await convertDiagram(source, asked, context);
    const seconds = (performance.now() - start) / 1000;
    const svg = files.find((file) => file.path.endsWith('.svg'));
    if (options.keep && svg)
      await keep(
        options.keep,
        `${sample.name}-${sample.look}-${strategy}`,
        sample,
        String(svg.content),
        String(files[0]?.content),
      );
    if (options.show && svg && shown.includes(`${sample.name}-${sample.look}`) && strategy === 'measured')
      await writeFile(
        path.join('media', `diagram-${sample.look}.png`),
        await sharp(await beside(sample, String(svg.content)))
          .resize({ width: 1400, withoutEnlargement: true })
          .png({ palette: true, colours: 64 })
          .toBuffer(),
      );
    return {
      name: sample.name,
      seed,
      look: sample.look,
      ...(program ? { program } : {}),
      strategy,
      score: scoreDiagram(graph, placed(sample.truth, report.placement)),
      seconds,
    };
  } finally {
    await engine?.close();
    await oracle?.close();
  }
}

/** Those of the README. */
const shown: readonly string[] = ['decision-tree-8-clean', 'class-3-hand'];

/** The picture left, the preview of the diagram right; and the draw.io file. */
async function keep(
  folder: string,
  name: string,
  sample: Sample,
  svg: string,
  drawio: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, `${name}.png`), await beside(sample, svg));
  await writeFile(path.join(folder, `${name}.drawio`), drawio);
}

/** @returns PNG. */
async function beside({ raster }: Sample, svg: string): Promise<Buffer> {
  const { width, height } = raster;
  const preview = await sharp(Buffer.from(svg))
    .resize({ width, height, fit: 'contain', background: '#ffffff' })
    .png()
    .toBuffer();
  return await sharp(await encodePng(raster))
    .extend({ right: width + 12, background: '#888888' })
    .composite([{ input: preview, left: width + 12, top: 0 }])
    .png()
    .toBuffer();
}

async function piecesIn(file: string): Promise<Measurement[]> {
  if (!existsSync(file)) return [];
  // Written by an earlier run of this file.
  return JSON.parse(await readFile(file, 'utf8')) as Measurement[];
}

async function main(): Promise<void> {
  const options = parseOptions();
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort(new Error('interrupted')));
  const context = createContext(interrupt.signal);
  const measurements: Measurement[] = [];
  await withBrowser({}, context, async (browser) => {
    const converted = async (sample: Sample, seed: number, program?: Program): Promise<void> => {
      for (const strategy of options.by) {
        const found = await measure(sample, strategy, seed, options, context, program);
        process.stderr.write(
          `${found.name} ${sample.look} ${strategy}: nodes ${found.score.nodeF1.toFixed(2)}, edges ${found.score.edgeF1.toFixed(2)}\n`,
        );
        measurements.push(found);
      }
    };
    for (const look of options.looks)
      for (const seed of options.seeds)
        await converted(await makeSample(browser, seed, look, interrupt.signal), seed);
    const script = options.programs.length === 0 ? '' : await programScript();
    for (const program of options.programs)
      for (const seed of options.seeds) {
        const sample = await makeProgramSample(browser, script, program, seed);
        if (sample) await converted(sample, seed, program);
      }
  });
  if (options.pieces) measurements.unshift(...(await piecesIn(options.pieces)));
  if (options.pieces) await writeFile(options.pieces, JSON.stringify(measurements));
  process.stdout.write(`${reportOf(measurements)}\n`);
  if (options.write) {
    const readme = await readFile('README.md', 'utf8');
    await writeFile('README.md', replaceBetween(readme, 'diagrams', summaryOf(measurements)));
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
