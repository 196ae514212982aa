#!/usr/bin/env node
/** The command line's entry: keeps stdout for a protocol that needs it, before anything else can print. */
import { protocolOutput } from '../mcp-server/own-stdout.ts';

const { runCommandLine } = await import('./command-line.ts');
// Other commands are not even loaded where a client waits for an answer.
const { createProgram } =
  protocolOutput === undefined ? await import('./program.ts') : await import('./mcp-program.ts');
await runCommandLine(createProgram);
