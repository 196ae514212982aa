/** Ctrl-C and its like: the first asks the work to stop, the second ends the process at once. */
import { PixelwrightError } from '../shared/start.ts';
import { exitCodes } from './exit.ts';

/** A signal that fires on SIGINT, SIGTERM or SIGHUP. `exit` handlers still run on the second one. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  const interrupt = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) process.exit(exitCodes.cancelled);
    controller.abort(new PixelwrightError('cancelled', `The work was cancelled by ${name}.`));
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, interrupt);
  return controller.signal;
}

/** A reader that closes the pipe (`| head`) wants no more: end quietly, without an error. */
export function endQuietlyOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(exitCodes.done);
      // A full disk, for one: there is nowhere left to tell it but stderr.
      if (stream === process.stdout)
        process.stderr.write(`The output could not be written: ${error.message}\n`);
      process.exit(exitCodes.failed);
    });
  }
}
