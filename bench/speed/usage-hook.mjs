/** Loaded into the measured process by `--import`: writes what it used to file descriptor 3 when it ends. */
import { writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

// Workers load it too, but the figures are the whole process's: kilobytes and microseconds.
if (isMainThread) {
  process.on('exit', () => writeSync(3, JSON.stringify(process.resourceUsage())));
}
