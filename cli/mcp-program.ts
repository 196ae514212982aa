/** The program with the one command `mcp`, which is started by clients that do not wait long. */
import type { Command } from 'commander';
import { addMcp } from './commands/mcp.ts';
import { emptyProgram } from './empty-program.ts';
import type { Session } from './session.ts';

/** Throws as `createProgram` of the whole program. */
export function createProgram(session: Session): Command {
  const program = emptyProgram();
  addMcp(program, session);
  return program;
}
