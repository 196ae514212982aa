/** `pixelwright mcp`: the tools for agents, over stdio or HTTP, and what to tell a client to start them. */
import { once } from 'node:events';
import path from 'node:path';
import { type Command, Option } from 'commander';
import { flagName, PixelwrightError, type SettingName } from '../../shared/start.ts';
import { exitCodes } from '../exit.ts';
import { modelOptions, pictureOptions, settingOption } from '../options.ts';
import { contextOf, type Flags, loadSettings, printNote, printResult, type Session } from '../session.ts';

/** Loaded late: other commands need no protocol. */
const loadServer = async () => await import('../../mcp-server/index.ts');

type McpServerModule = Awaited<ReturnType<typeof loadServer>>;

const settingsOfMcp: readonly SettingName[] = ['roots', ...modelOptions, ...pictureOptions];

export function addMcp(program: Command, session: Session): void {
  const command = program
    .command('mcp')
    .description('Serve the tools to agents over the Model Context Protocol, on stdin and stdout.')
    .argument('[folder...]', 'folders that may be used besides the working folder, as with --roots')
    .addOption(new Option('--http', 'Serve streamable HTTP on this machine instead, until Ctrl-C.'))
    .addOption(new Option('--port <N>', 'Port for --http; 0 lets the system choose.').default('7391'))
    .addOption(
      new Option(
        '--print-config <CLIENT>',
        'Print what to configure in a client: claude-code, claude-desktop, cursor, vscode, windsurf, zed, cline, gemini-cli, copilot-cli, codex.',
      ),
    );
  for (const name of settingsOfMcp) command.addOption(settingOption(name));
  command.action(async (folders: string[], flags: Flags) => {
    session.exitCode = await mcp(session, folders, flags);
  });
}

async function mcp(session: Session, folders: readonly string[], flags: Flags): Promise<number> {
  const server = await loadServer();
  const client = flags['printConfig'];
  if (typeof client === 'string') return printConfig(server, client, passedOn(folders, flags));
  const { signal, environment } = session;
  const loaded = await loadSettings(session, flags);
  const settings = { ...loaded, roots: [...loaded.roots, ...folders] };
  const { log } = contextOf(session, settings);
  const options = { settings, environment, log, workingFolder: process.cwd() };
  if (flags['http'] !== true) {
    if (process.stdin.isTTY) {
      printNote('Agents start this and speak to it. --print-config CLIENT tells how; Ctrl-C ends it.');
    }
    await server.serveOverStdio({ ...options, signal, output: server.protocolOutput ?? process.stdout });
    return exitCodes.done;
  }
  const running = await server.serveOverHttp({ ...options, port: portOf(flags['port']) });
  printResult(running.url);
  printNote('Clients of this machine connect to this address; Ctrl-C ends it.');
  if (!signal.aborted) await once(signal, 'abort');
  await running.close();
  return exitCodes.done;
}

/** What the client is to start the server with: everything that was given beside the client's name. */
function passedOn(folders: readonly string[], flags: Flags): string[] {
  const given = settingsOfMcp.flatMap((name) => {
    const value = flags[name];
    return typeof value === 'string' ? [flagName(name), value] : [];
  });
  return [...folders.map((folder) => path.resolve(folder)), ...given];
}

/** @throws PixelwrightError `option-invalid` for a client that is not known. */
function printConfig(
  { clientConfig, clientNames, nearest }: McpServerModule,
  name: string,
  args: readonly string[],
): number {
  const client = clientNames.find((known) => known === name);
  if (client === undefined) {
    const near = nearest(name, clientNames);
    const hint = near === undefined ? '' : ` Did you mean ${near}?`;
    const message = `--print-config knows ${clientNames.join(', ')}; not "${name}".${hint}`;
    const next = 'For another client: the command is npx, its arguments are -y pixelwright mcp.';
    throw new PixelwrightError('option-invalid', message, { next });
  }
  const { place, text } = clientConfig(client, args);
  printNote(place);
  printResult(text);
  return exitCodes.done;
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
