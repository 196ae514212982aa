/** The program without its commands: its name, its version, what it says of wrong use. */
import { Command } from 'commander';
import { version } from '../shared/start.ts';

/** Throws CommanderError instead of ending the process. */
export function emptyProgram(): Command {
  return new Command('pixelwright')
    .description('Turns pictures into code, locally: a screenshot in, a page out.')
    .version(version)
    .showHelpAfterError('(pixelwright --help lists the commands, pixelwright COMMAND --help the options.)')
    .exitOverride();
}
