/** `pixelwright models`: which models there are, and bringing them onto this machine and away again. */
import type { Command } from 'commander';
import {
  formatDuration,
  formatSize,
  type ListedFile,
  listModels,
  memoryAtHand,
  PixelwrightError,
  type ProgressEvent,
  pullModel,
  removeModel,
  type TransferProgress,
  type Verified,
  verifyModels,
} from '../../shared/index.ts';
import { exitCodes } from '../exit.ts';
import { jsonOption, settingOption } from '../options.ts';
import { type ProgressStyle, progressStyle, runOne } from '../progress.ts';
import {
  contextOf,
  type Flags,
  loadSettings,
  printJson,
  printNote,
  printResult,
  type Session,
} from '../session.ts';
import { modelPath } from './model-path.ts';

const nameArgument = 'name, as "models list" shows it: qwen3-vl-2b or qwen3-vl-2b:Q8_0';

export function addModels(program: Command, session: Session): void {
  const models = program.command('models').description('Models of the engine inside pixelwright.');
  const add = (
    usage: string,
    description: string,
    action: (name: string | undefined, flags: Flags) => Promise<number>,
  ): Command => {
    const command = models.command(usage).description(description);
    return command.addOption(jsonOption()).action(async (...given: unknown[]) => {
      // Commander gives the arguments of the usage, then the options, then the command itself.
      const [name, flags] = given.length > 2 ? given : [undefined, ...given];
      session.exitCode = await action(name as string | undefined, flags as Flags);
    });
  };
  add('list', 'List the models that are known, and which of them are here.', (_, flags) =>
    list(session, flags),
  ).addOption(settingOption('device'));
  add('pull', 'Download a model; the one that fits this machine if none is named.', (name, flags) =>
    pull(session, name, flags),
  )
    .argument('[name]', nameArgument)
    .addOption(settingOption('mmproj'))
    .addOption(settingOption('modelHub'))
    .addOption(settingOption('device'));
  add('path', 'Print the paths of a model and of its vision file.', (name, flags) =>
    modelPath(session, name, flags),
  )
    .argument('[name]', nameArgument)
    .addOption(settingOption('mmproj'));
  add('verify', 'Read the models again and compare them with their checksums.', (name, flags) =>
    verify(session, name, flags),
  ).argument('[name]', nameArgument);
  add('remove', "Delete a model from pixelwright's own folder.", (name, flags) =>
    remove(session, name ?? '', flags),
  ).argument('<name>', nameArgument);
}

async function list(session: Session, flags: Flags): Promise<number> {
  const settings = await loadSettings(session, flags);
  const found = await listModels(await memoryAtHand(settings.device), session.environment);
  if (flags['json'] === true) {
    printJson(found);
    return exitCodes.done;
  }
  const width = Math.max(...found.files.map((file) => labelOf(file).length));
  for (const file of found.files) {
    const marks = [
      hereOf(file),
      file.recommended ? 'fits this machine best' : '',
      file.tested ? '' : 'untested',
    ];
    const line = `${labelOf(file).padEnd(width)}  ${formatSize(file.bytes).padStart(7)}  ${marks.filter(Boolean).join(', ')}`;
    printResult(line.trimEnd());
  }
  printNote(`Models are kept in ${found.folder}.`);
  return exitCodes.done;
}

const labelOf = ({ role, name, quantisation }: ListedFile): string =>
  role === 'model' ? name : `  vision file ${quantisation}`;

function hereOf({ origin, partBytes }: ListedFile): string {
  if (origin !== undefined) return origin === 'store' ? 'installed' : "in Hugging Face's cache";
  return partBytes === undefined ? '' : `${formatSize(partBytes)} downloaded`;
}

async function pull(session: Session, name: string | undefined, flags: Flags): Promise<number> {
  const json = flags['json'] === true;
  const settings = await loadSettings(session, flags);
  const style = progressStyle(json);
  const model = name ?? settings.model;
  const pulled = await runOne(
    { title: model ?? 'model', style, signal: session.signal },
    async (progress) =>
      await pullModel(
        { model, mmproj: settings.mmproj },
        {
          signal: session.signal,
          environment: session.environment,
          modelHub: settings.modelHub,
          memory: await memoryAtHand(settings.device),
          log: contextOf(session, settings).log,
          onProgress: told(style, progress),
          onNote: (message) => progress({ stage: 'model', message }),
        },
      ),
  );
  if (json) {
    printJson(pulled);
    return exitCodes.done;
  }
  printNote(pulled.downloaded.length === 0 ? `${pulled.name} is here already.` : `${pulled.name} is ready.`);
  printResult(pulled.model);
  printResult(pulled.mmproj);
  return exitCodes.done;
}

/** For lines that stay, every tenth part; for a line that is redrawn, everything. */
function told(
  style: ProgressStyle,
  progress: (event: ProgressEvent) => void,
): (transfer: TransferProgress) => void {
  return ({ file, receivedBytes, totalBytes, bytesPerSecond, secondsLeft }) => {
    const fraction = receivedBytes / totalBytes;
    if (style === 'lines') {
      progress({
        stage: 'model',
        message: `${file}: ${Math.floor(fraction * 10) * 10} % of ${formatSize(totalBytes)}`,
        fraction,
      });
      return;
    }
    const rate = bytesPerSecond === undefined ? '' : `, ${formatSize(bytesPerSecond)}/s`;
    const left = secondsLeft === undefined || secondsLeft < 1 ? '' : `, ${formatDuration(secondsLeft)} left`;
    const message = `${file}: ${formatSize(receivedBytes)} of ${formatSize(totalBytes)}${rate}${left}`;
    progress({ stage: 'model', message, fraction });
  };
}

async function verify(session: Session, name: string | undefined, flags: Flags): Promise<number> {
  const json = flags['json'] === true;
  const style = progressStyle(json);
  const files = await runOne(
    { title: 'checksums', style, signal: session.signal },
    async (progress) =>
      await verifyModels(name, {
        signal: session.signal,
        environment: session.environment,
        onProgress: told(style, progress),
      }),
  );
  if (files.length === 0) {
    throw new PixelwrightError('model-missing', 'No model is installed: there is nothing to verify.', {
      next: 'Download one with "pixelwright models pull".',
    });
  }
  if (json) printJson({ files });
  else for (const verified of files) printResult(verdict(verified));
  return files.some(({ status }) => status === 'wrong') ? exitCodes.failed : exitCodes.done;
}

function verdict({ file, status, expected, sha256 }: Verified): string {
  if (status === 'right') return `right    ${file.path}`;
  if (status === 'unknown') return `unknown  ${file.path} (no checksum came with it)`;
  return `WRONG    ${file.path}\n         expected ${expected}, it is ${sha256}\n         → Remove it, then download it again with "pixelwright models pull".`;
}

async function remove(session: Session, name: string, flags: Flags): Promise<number> {
  const removed = await removeModel(name, { signal: session.signal, environment: session.environment });
  if (flags['json'] === true) {
    printJson(removed);
    return exitCodes.done;
  }
  for (const file of removed.files) printResult(file);
  for (const file of removed.kept) printNote(`Kept, because pixelwright did not download it: ${file}`);
  printNote(`${formatSize(removed.bytes)} freed.`);
  return exitCodes.done;
}
