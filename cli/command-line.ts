/** Reads the arguments, runs one command, tells its error, sets the exit code. */
import { type Command, CommanderError } from 'commander';
import { errorReport, errorText, exitCodeOf, exitCodes } from './exit.ts';
import { endQuietlyOnClosedPipe, interruptSignal } from './interrupt.ts';
import { printJson, printNote, type Session } from './session.ts';

/** Runs the command that the process was started with; sets its exit code. */
export async function runCommandLine(createProgram: (session: Session) => Command): Promise<void> {
  endQuietlyOnClosedPipe();
  const session: Session = { signal: interruptSignal(), environment: process.env, exitCode: exitCodes.done };
  // Known before the options are parsed, because a wrong option is reported as JSON too.
  const json = process.argv.includes('--json');
  process.exitCode = await run(createProgram(session), session, json);
}

async function run(program: Command, session: Session, json: boolean): Promise<number> {
  try {
    if (json) silence(program);
    await program.parseAsync(process.argv);
    return session.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return usageExit(error, json);
    if (json) printJson({ error: errorReport(error) });
    else printNote(errorText(error));
    return exitCodeOf(error);
  }
}

/** Commander's own sentences about wrong options, of a command and of all below it. */
function silence(command: Command): void {
  command.configureOutput({ writeErr: () => {} });
  for (const below of command.commands) silence(below);
}

/** Commander has printed help, the version, or its sentence already. */
function usageExit(error: CommanderError, json: boolean): number {
  if (error.exitCode === 0) return exitCodes.done;
  if (json)
    printJson({
      error: { code: 'option-invalid', message: error.message.replace(/^error: /, '').replaceAll('\n', ' ') },
    });
  return exitCodes.usage;
}
