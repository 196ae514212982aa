/** `pixelwright gpu`: what the engine computes on here, and libraries for more. */
import { createInterface } from 'node:readline/promises';
import { type Command, Option } from 'commander';
import {
  type AddOn,
  type AddOnPlan,
  addAddOn,
  cancelled,
  formatSize,
  type GpuReport,
  listGpus,
  PixelwrightError,
  planAddOn,
  removeAddOn,
} from '../../shared/index.ts';
import { exitCodes } from '../exit.ts';
import { jsonOption, settingOption } from '../options.ts';
import { progressStyle, runOne } from '../progress.ts';
import {
  contextOf,
  type Flags,
  loadSettings,
  printJson,
  printNote,
  printResult,
  type Session,
} from '../session.ts';

const addOns: readonly AddOn[] = ['cuda', 'cpu'];

export function addGpu(program: Command, session: Session): void {
  const gpu = program.command('gpu').description('What the engine inside pixelwright computes on.');
  gpu
    .command('list')
    .description('List processors and GPUs that the engine can use, and the libraries that were added.')
    .addOption(settingOption('device'))
    .addOption(jsonOption())
    .action(async (flags: Flags) => {
      session.exitCode = await list(session, flags);
    });
  gpu
    .command('add')
    .description('Add libraries: cuda for NVIDIA GPUs, cpu where the processor’s own are not installed.')
    .argument('<what>', 'cuda or cpu')
    .option('--yes', 'Agree to the download without being asked.')
    .addOption(
      new Option('--toolkit <N>', 'Version of CUDA to use; the one found here if not given.').choices([
        '12',
        '13',
      ]),
    )
    .addOption(jsonOption())
    .action(async (what: string, flags: Flags) => {
      session.exitCode = await add(session, addOnOf(what), flags);
    });
  gpu
    .command('remove')
    .description('Remove libraries that were added.')
    .argument('<what>', 'cuda or cpu')
    .addOption(jsonOption())
    .action(async (what: string, flags: Flags) => {
      session.exitCode = await remove(session, addOnOf(what), flags);
    });
}

function addOnOf(what: string): AddOn {
  const addOn = addOns.find((known) => known === what);
  if (addOn !== undefined) return addOn;
  throw new PixelwrightError('option-invalid', `Expected one of ${addOns.join(', ')}; got "${what}".`, {
    next: 'Vulkan and Metal come with pixelwright: "pixelwright gpu list" shows what works here.',
  });
}

async function list(session: Session, flags: Flags): Promise<number> {
  const settings = await loadSettings(session, flags);
  const report = await listGpus(settings, contextOf(session, settings), session.environment);
  if (flags['json'] === true) printJson(report);
  else printReport(report);
  return report.engine === undefined ? exitCodes.failed : exitCodes.done;
}

function printReport({ engine, problem, addOns: added, advice }: GpuReport): void {
  for (const { name, description, kind, totalBytes } of engine?.devices ?? []) {
    printResult(`${name.padEnd(10)}  ${kind.padEnd(14)}  ${description}, ${formatSize(totalBytes)}`);
  }
  if (engine !== undefined) {
    const backends = [...engine.accelerators, engine.processor].join(', ');
    printNote(`Libraries ${engine.version} for ${engine.device} in ${engine.folder}: ${backends}.`);
  }
  if (problem !== undefined) printNote(`${problem.message}\n  ${problem.next ?? ''}`.trimEnd());
  for (const { addOn, version, outdated, folder, bytes } of added) {
    const use = outdated ? 'of another version, and of no use: remove or add it again' : 'added';
    printNote(`${addOn} ${version}: ${use}, ${formatSize(bytes)} in ${folder}`);
  }
  if (advice !== undefined) printNote(advice);
}

async function add(session: Session, addOn: AddOn, flags: Flags): Promise<number> {
  const json = flags['json'] === true;
  const settings = await loadSettings(session, flags);
  const context = contextOf(session, settings);
  const toolkit = { '12': 12, '13': 13 } as const;
  const asked =
    flags['toolkit'] === '12' || flags['toolkit'] === '13' ? toolkit[flags['toolkit']] : undefined;
  const plan = await planAddOn(addOn, context, asked);
  if (!json) for (const note of plan.notes) printNote(note);
  if (flags['yes'] !== true) await agree(plan, session, json);
  const style = progressStyle(json);
  const folder = await runOne(
    { title: `${addOn} ${plan.version}`, style, signal: session.signal },
    async (progress) =>
      await addAddOn(plan, context, {
        environment: session.environment,
        onProgress: (fraction) =>
          progress({ stage: 'model', message: `${Math.floor(fraction * 10) * 10} % installed`, fraction }),
      }),
  );
  if (json) printJson({ ...plan, folder });
  else printResult(folder);
  return exitCodes.done;
}

/** @throws PixelwrightError `option-invalid` where nobody can be asked, `cancelled` where the answer is no. */
async function agree(plan: AddOnPlan, session: Session, json: boolean): Promise<void> {
  const packages = plan.packages.map((name) => `@node-llama-cpp/${name}@${plan.version}`).join(', ');
  const what = `npm will download ${packages}: ${formatSize(plan.downloadBytes)}, ${formatSize(plan.diskBytes)} on disk.`;
  if (json || !process.stdin.isTTY) {
    throw new PixelwrightError('option-invalid', `${what} Nobody can be asked here.`, {
      next: 'Run the command again with --yes to agree.',
      details: { packages: plan.packages, downloadBytes: plan.downloadBytes, diskBytes: plan.diskBytes },
    });
  }
  printNote(what);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question('Go on? [y/N] ', { signal: session.signal });
    if (!/^y(?:es)?$/i.test(answer.trim())) throw cancelled('not agreed');
  } catch (error) {
    throw session.signal.aborted ? cancelled(session.signal.reason) : error;
  } finally {
    terminal.close();
  }
}

async function remove(session: Session, addOn: AddOn, flags: Flags): Promise<number> {
  const removed = await removeAddOn(addOn, session.environment);
  if (flags['json'] === true) printJson({ removed });
  else if (removed.length === 0) printNote(`${addOn} was not added: there is nothing to remove.`);
  else for (const { folder, bytes } of removed) printResult(`${folder} (${formatSize(bytes)})`);
  return exitCodes.done;
}
