/** `pixelwright serve`: this user's engine host in the foreground, for any OpenAI client, and the panel for people. */
import { isIP } from 'node:net';
import { type Command, Option } from 'commander';
import { isLoopback, PixelwrightError, type RunningHost, serveHost, version } from '../../shared/index.ts';
import { exitCodes } from '../exit.ts';
import { openInBrowser } from '../open.ts';
import { engineOptions, jsonOption, pictureOptions, serverOptions, settingOption } from '../options.ts';
import { openPanels } from '../panel/panels.ts';
import {
  contextOf,
  type Flags,
  loadSettings,
  printJson,
  printNote,
  printResult,
  type Session,
} from '../session.ts';

/** Where the model runs is not asked: here. */
const hostOptions = [
  'model',
  'mmproj',
  ...engineOptions.filter((name) => name !== 'engine'),
  'engineIdleMinutes',
] as const;

/** How the panel converts; it may ask another server for the words. */
const panelOptions = ['to', 'strategy', 'fit', 'browser', ...serverOptions, ...pictureOptions] as const;

export function addServe(program: Command, session: Session): void {
  const command = program
    .command('serve')
    .description(
      'Run the model for other programs, behind the OpenAI protocol, and the panel for your browser, until Ctrl-C.',
    )
    .addOption(new Option('--port <N>', 'Port to listen on; 0 lets the system choose.').default('0'))
    .addOption(
      new Option(
        '--host <ADDRESS>',
        'Address to listen on. Any but 127.0.0.1 lets other machines in that know the token.',
      ).default('127.0.0.1'),
    );
  for (const name of [...hostOptions, ...panelOptions]) command.addOption(settingOption(name));
  command
    .option('--open', 'Open the panel in the browser.')
    .addOption(jsonOption())
    .action(async (flags: Flags) => {
      session.exitCode = await serve(session, flags);
    });
}

async function serve(session: Session, flags: Flags): Promise<number> {
  const settings = await loadSettings(session, flags);
  const { log } = contextOf(session, settings);
  const address = addressOf(flags['host']);
  const { signal, environment } = session;
  const panels = openPanels(settings, log, () => printNote(`Opened. For another browser: ${panelUrl()}`));
  const running = await serveHost({
    settings,
    environment,
    port: portOf(flags['port']),
    address,
    mount: panels.mount,
    log,
  });
  const panelUrl = (): string => new URL(`/panel#${panels.mount.code()}`, running.baseUrl).href;
  const { host } = running;
  const end = (): void => void host.end('it was ended by its user');
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  if (!isLoopback(address)) {
    printNote(
      `Warning: other machines can reach ${address}:${host.port}, and what they send is not encrypted. The token alone keeps them out.`,
    );
  }
  if (flags['json'] === true) printJson({ ...reportOf(running), panel: panelUrl() });
  else tell(running, panelUrl());
  if (flags['open'] === true) await openInBrowser(panelUrl());
  await host.ended;
  await panels.close();
  return exitCodes.done;
}

/**
 * The token is not printed: terminals keep what they show, and logs are read by others. The panel's address is,
 * as it lets one browser in only.
 */
function reportOf({ baseUrl, host, files }: RunningHost): object {
  return { version, baseUrl, pid: process.pid, port: host.port, tokenFile: files.state };
}

function tell({ baseUrl }: RunningHost, panel: string): void {
  printResult(baseUrl);
  printNote(
    [
      `The engine host runs as process ${process.pid}; Ctrl-C ends it. Programs of pixelwright that are given the same model find it by themselves.`,
      'For any OpenAI client:',
      `  export OPENAI_BASE_URL=${baseUrl}`,
      '  export OPENAI_API_KEY="$(pixelwright status --token)"',
      `The panel, for one browser: ${panel}`,
    ].join('\n'),
  );
}

/** @throws PixelwrightError `option-invalid`. */
function portOf(text: unknown): number {
  const port = typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : -1;
  if (port >= 0 && port <= 65_535) return port;
  throw new PixelwrightError(
    'option-invalid',
    `--port must be a whole number from 0 to 65535; it is "${text}".`,
    { next: 'Correct it, or leave it out.' },
  );
}

/** @throws PixelwrightError `option-invalid`. */
function addressOf(text: unknown): string {
  const address = text === 'localhost' ? '127.0.0.1' : text;
  if (typeof address === 'string' && isIP(address) !== 0) return address;
  throw new PixelwrightError('option-invalid', `--host must be an IP address; it is "${text}".`, {
    next: 'Use 127.0.0.1 for programs on this machine, 0.0.0.0 for those of others too.',
  });
}
