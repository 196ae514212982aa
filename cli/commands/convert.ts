/** `pixelwright convert`: pictures to pages, several at once. */
import path from 'node:path';
import type { Command } from 'commander';
import {
  type ConvertReport,
  convertPicture,
  type DiagramReport,
  distinctStems,
  type Engine,
  expectedPaths,
  isDiagramTarget,
  loadOptions,
  noModelNote,
  type OutputFolder,
  openEngine,
  openOutputFolder,
  type PageTarget,
  PixelwrightError,
  refuseForeignFiles,
  replaceableFiles,
  requireBuilt,
  requireComponents,
  requireScriptable,
  type Settings,
  writeOutput,
} from '../../shared/index.ts';
import { errorReport, errorText, exitCodeOf, exitCodes } from '../exit.ts';
import { openInBrowser } from '../open.ts';
import { forceOption, jsonOption, modelOptions, pictureOptions, settingOption } from '../options.ts';
import { type Job, type Outcome, progressStyle, runJobs } from '../progress.ts';
import {
  contextOf,
  type Flags,
  loadSettings,
  printJson,
  printNote,
  printResult,
  type Session,
} from '../session.ts';
import { diagramMaker, diagramOptions, type Maker } from './convert-diagrams.ts';

/** What came of one picture. */
interface Converted {
  /** Absolute paths; the page or the diagram first. */
  readonly files: readonly string[];
  readonly report: ConvertReport | DiagramReport;
}

interface Work {
  readonly session: Session;
  readonly settings: Settings;
  readonly maker: Maker<Converted['report']>;
  readonly folder: OutputFolder;
  readonly force: boolean;
}

const settingNames = [
  'to',
  'strategy',
  'samples',
  'out',
  'jobs',
  'fit',
  'components',
  'browser',
  ...modelOptions,
  ...pictureOptions,
] as const;

export function addConvert(program: Command, session: Session): void {
  const command = program
    .command('convert')
    .description('Turn pictures into pages, or into draw.io and Mermaid diagrams.')
    .argument('<file...>', 'pictures: paths, http(s) addresses, data: URIs, or clipboard:');
  for (const name of settingNames) {
    command.addOption(settingOption(name));
  }
  for (const option of diagramOptions()) command.addOption(option);
  command
    .option('--instructions <TEXT>', 'What to do differently from the picture; needs a model.')
    .option('--inline', 'Put style and pictures into the page, so that it is one file.')
    .option('--script', 'Add a small script that drives tabs, a folded menu and the like; HTML only.')
    .option('--open', 'Open each page in the browser.')
    .addOption(forceOption())
    .addOption(jsonOption())
    .action(async (files: string[], flags: Flags) => {
      session.exitCode = await convert(session, files, flags);
    });
}

async function convert(session: Session, references: readonly string[], flags: Flags): Promise<number> {
  const json = flags['json'] === true;
  const settings = await loadSettings(session, flags);
  requireBuilt(settings.to);
  requireComponents(settings.to, settings.components);
  requireScriptable(settings.to, flags['script'] === true);
  const engine = settings.strategy === 'measured' ? undefined : await openEngine(settings);
  const note = noModelNote(settings, engine);
  if (note !== undefined && !json) printNote(note);
  const folder = await openOutputFolder(settings.out);
  let outcomes: Outcome<Converted>[];
  try {
    const maker = isDiagramTarget(settings.to)
      ? diagramMaker(settings.to, settings, engine, flags)
      : pageMaker(settings.to, settings, engine, flags);
    const work = { session, settings, maker, folder, force: flags['force'] === true };
    outcomes = await runJobs(jobsOf(work, references), {
      concurrency: settings.jobs,
      style: progressStyle(json),
      signal: session.signal,
    });
  } finally {
    await folder.close();
    await engine?.close();
  }
  if (json) printJson(documentOf(references, outcomes, note));
  else printOutcomes(references, outcomes);
  if (flags['open'] === true) await openPages(outcomes);
  return codeOf(outcomes);
}

function pageMaker(
  target: PageTarget,
  settings: Settings,
  engine: Engine | undefined,
  flags: Flags,
): Maker<ConvertReport> {
  const inline = flags['inline'] === true;
  const script = flags['script'] === true;
  const { strategy, maxTokens, samples, browser, fit, components } = settings;
  const instructions = typeof flags['instructions'] === 'string' ? flags['instructions'] : undefined;
  return {
    paths: (stem) => expectedPaths(stem, target, inline, script),
    make: async (reference, name, context) =>
      await convertPicture(
        { kind: 'reference', reference },
        {
          name,
          target,
          strategy,
          inline,
          script,
          fit,
          components,
          read: loadOptions(settings),
          ...(engine === undefined ? {} : { engine }),
          ...(maxTokens === undefined ? {} : { maxTokens }),
          ...(samples === undefined ? {} : { samples }),
          ...(browser === undefined ? {} : { browserPath: browser }),
          ...(instructions === undefined ? {} : { instructions }),
        },
        context,
      ),
  };
}

function jobsOf(work: Work, references: readonly string[]): Job<Converted>[] {
  const stems = distinctStems(references, (stem) => work.maker.paths(stem)[0] ?? stem);
  return references.map((reference, index) => ({
    title: titleOf(reference),
    run: async (progress) => {
      const { session, settings, maker, folder, force } = work;
      const stem = stems[index] ?? 'picture';
      const paths = maker.paths(stem);
      const name = { stem, main: paths[0] ?? stem };
      // Asked before the work too, so that a minute of a model's time is not spent for nothing.
      if (!force) await refuseForeignFiles(folder.path, paths, await replaceableFiles(folder.path, name));
      const result = await maker.make(reference, stem, contextOf(session, settings, progress));
      progress({ stage: 'write', message: `writing ${result.files.length} files` });
      const files = await writeOutput(folder, name, result.files, { force, signal: session.signal });
      return { files, report: result.report };
    },
  }));
}

/** A data URI is too long to show. */
const titleOf = (reference: string): string =>
  reference.length > 200 ? `${reference.slice(0, 40)}…` : reference;

function documentOf(
  references: readonly string[],
  outcomes: readonly Outcome<Converted>[],
  note: string | undefined,
) {
  const results = outcomes.map((outcome, index) => {
    const input = titleOf(references[index] ?? '');
    return outcome.status === 'done'
      ? { input, status: 'done', ...outcome.value }
      : {
          input,
          status: isCancelled(outcome.error) ? 'cancelled' : 'failed',
          error: errorReport(outcome.error),
        };
  });
  const done = outcomes.filter((outcome) => outcome.status === 'done').length;
  return { results, done, failed: outcomes.length - done, notes: note === undefined ? [] : [note] };
}

function printOutcomes(references: readonly string[], outcomes: readonly Outcome<Converted>[]): void {
  outcomes.forEach((outcome, index) => {
    const title = titleOf(references[index] ?? '');
    if (outcome.status === 'failed') {
      printNote(`${title}: ${errorText(outcome.error)}`);
      return;
    }
    const { files, report } = outcome.value;
    for (const warning of report.warnings) printNote(`${title}: ${warning}`);
    const candidates = 'candidates' in report ? report.candidates : [];
    for (const candidate of candidates ?? []) printNote(`${title}: ${candidateLine(candidate)}`);
    printNote(`${title}: ${report.label}, ${files.length} ${files.length === 1 ? 'file' : 'files'}`);
    printResult(path.relative('', files[0] ?? ''));
  });
  const failed = outcomes.filter((outcome) => outcome.status === 'failed').length;
  if (outcomes.length > 1) {
    printNote(
      `${outcomes.length - failed} of ${outcomes.length} pictures converted${failed > 0 ? `, ${failed} failed` : ''}.`,
    );
  }
}

/** `perceived: words 98.1 %, pixels 0.92; kept`. */
function candidateLine({
  name,
  d2c4,
  ssim,
  chosen,
}: NonNullable<ConvertReport['candidates']>[number]): string {
  const figures =
    d2c4 === undefined || ssim === undefined
      ? 'not compared'
      : `words ${(100 * d2c4).toFixed(1)} %, pixels ${ssim.toFixed(3)}`;
  return `${name}: ${figures}${chosen ? '; kept' : ''}`;
}

/** The worst of the outcomes: cancelled before failed before done; a single usage error keeps its code. */
function codeOf(outcomes: readonly Outcome<Converted>[]): number {
  const errors = outcomes.flatMap((outcome) => (outcome.status === 'failed' ? [outcome.error] : []));
  if (errors.length === 0) return exitCodes.done;
  if (errors.some(isCancelled)) return exitCodes.cancelled;
  return outcomes.length === 1 ? exitCodeOf(errors[0]) : exitCodes.failed;
}

const isCancelled = (error: unknown): boolean =>
  error instanceof PixelwrightError && error.code === 'cancelled';

async function openPages(outcomes: readonly Outcome<Converted>[]): Promise<void> {
  for (const outcome of outcomes) {
    const page = outcome.status === 'done' ? outcome.value.files[0] : undefined;
    if (page !== undefined) await openInBrowser(page);
  }
}
