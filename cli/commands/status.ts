/** `pixelwright status`: what this user's engine host does. */
import { type Command, Option } from 'commander';
import {
  formatDuration,
  formatSize,
  type HostReport,
  type HostStatus,
  hostReport,
  PixelwrightError,
} from '../../shared/index.ts';
import { exitCodes } from '../exit.ts';
import { jsonOption } from '../options.ts';
import { type Flags, printJson, printResult, type Session } from '../session.ts';

export function addStatus(program: Command, session: Session): void {
  program
    .command('status')
    .description('Tell whether the engine host runs, its address, model, memory and requests.')
    .addOption(new Option('--token', 'Print the token alone: the API key for OpenAI clients.'))
    .addOption(jsonOption().conflicts('token'))
    .action(async (flags: Flags) => {
      session.exitCode = await status(session, flags);
    });
}

async function status({ signal, environment }: Session, flags: Flags): Promise<number> {
  const report = await hostReport({ signal, environment });
  if (flags['token'] === true) {
    if (report === undefined) throw notRunning();
    printResult(report.token);
  } else if (flags['json'] === true) {
    printJson(
      report === undefined ? { running: false } : { running: true, ...report.status, log: report.log },
    );
  } else {
    printResult(report === undefined ? 'No engine host runs.' : text(report));
  }
  return exitCodes.done;
}

function text({ status, log }: HostReport): string {
  const { pid, version, baseUrl, foreground, requests, memory, uptimeSeconds } = status;
  const lines: readonly (readonly [string, string])[] = [
    ['host', `process ${pid}, version ${version}, ${foreground ? 'pixelwright serve' : 'in the background'}`],
    ['address', baseUrl],
    ['model', modelText(status)],
    [
      'requests',
      `${requests.running} running, ${requests.waiting} of them waiting; ${requests.served} served`,
    ],
    ['memory', formatSize(memory.residentBytes)],
    ['up', formatDuration(uptimeSeconds)],
    ['idle', idleText(status)],
    ...(foreground ? [] : [['log', log] as const]),
  ];
  return lines.map(([name, value]) => `${name.padEnd(9)} ${value}`).join('\n');
}

function modelText({ model }: HostStatus): string {
  if (model === undefined) return 'none in memory';
  const { name, state, engine, contextSize } = model;
  const context = contextSize === undefined ? '' : `, context of ${contextSize} tokens`;
  return `${name}, ${state}${engine === undefined ? '' : `, ${engine}`}${context}`;
}

function idleText({ idleSeconds, idleMinutes, model }: HostStatus): string {
  if (idleSeconds === undefined) return 'no, a request runs';
  const rest = model === undefined ? '' : `; unloads the model after ${idleMinutes} min`;
  return `${formatDuration(idleSeconds)}${rest}`;
}

function notRunning(): PixelwrightError {
  return new PixelwrightError('engine-unavailable', 'No engine host runs, so there is no token.', {
    next: 'Start one with "pixelwright serve".',
  });
}
