/** `pixelwright mcp`: the tools for agents, over stdio or HTTP. */
import type { Command } from 'commander';
import { exitCodes } from '../exit.ts';
import { modelOptions, pictureOptions, settingOption } from '../options.ts';
import { contextOf, type Flags, loadSettings, type Session } from '../session.ts';

export function addMcp(program: Command, session: Session): void {
  const command = program
    .command('mcp')
    .description('Serve the tools to agents, over the Model Context Protocol on stdin and stdout.');
  for (const name of ['roots', ...modelOptions, ...pictureOptions] as const) {
    command.addOption(settingOption(name));
  }
  command.action(async (flags: Flags) => {
    session.exitCode = await mcp(session, flags);
  });
}

async function mcp(session: Session, flags: Flags): Promise<number> {
  const { signal, environment } = session;
  const settings = await loadSettings(session, flags);
  const { log } = contextOf(session, settings);
  // Loaded late: other commands need no protocol.
  const server = await import('../../mcp-server/index.ts');
  const options = { settings, environment, log, workingFolder: process.cwd(), signal };
  await server.serveOverStdio({ ...options, output: server.protocolOutput ?? process.stdout });
  return exitCodes.done;
}
