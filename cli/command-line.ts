/** The command line: reads the arguments, runs one command, ends with its exit code. */
import { type Command, CommanderError } from 'commander';
import { errorReport, errorText, exitCodeOf, exitCodes } from './exit.ts';
import { endQuietlyOnClosedPipe, interruptSignal } from './interrupt.ts';
import { createProgram } from './program.ts';
import { printJson, printNote, type Session } from './session.ts';

endQuietlyOnClosedPipe();
const session: Session = { signal: interruptSignal(), environment: process.env, exitCode: exitCodes.done };
// Known before the options are parsed, because a wrong option is reported as JSON too.
const json = process.argv.includes('--json');
process.exitCode = await run(process.argv);

async function run(argv: readonly string[]): Promise<number> {
  const program = createProgram(session);
  try {
    if (json) silence(program);
    await program.parseAsync(argv);
    return session.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return usageExit(error);
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
function usageExit(error: CommanderError): number {
  if (error.exitCode === 0) return exitCodes.done;
  if (json)
    printJson({
      error: { code: 'option-invalid', message: error.message.replace(/^error: /, '').replaceAll('\n', ' ') },
    });
  return exitCodes.usage;
}
