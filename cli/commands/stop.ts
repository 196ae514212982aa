/** `pixelwright stop`: ends this user's engine host. */
import { type Command, Option } from 'commander';
import { stopHost } from '../../shared/index.ts';
import { exitCodes } from '../exit.ts';
import { jsonOption } from '../options.ts';
import { type Flags, printJson, printResult, type Session } from '../session.ts';

export function addStop(program: Command, session: Session): void {
  program
    .command('stop')
    .description('End the engine host, and with it the requests that it answers.')
    .addOption(new Option('--force', 'End it also when it does not answer.'))
    .addOption(jsonOption())
    .action(async (flags: Flags) => {
      const { signal, environment } = session;
      const pid = await stopHost({ signal, environment, force: flags['force'] === true });
      if (flags['json'] === true) printJson({ stopped: pid !== undefined, ...(pid && { pid }) });
      else
        printResult(
          pid === undefined ? 'No engine host runs.' : `The engine host (process ${pid}) has ended.`,
        );
      session.exitCode = exitCodes.done;
    });
}
