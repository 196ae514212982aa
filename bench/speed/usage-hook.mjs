/** Loaded into the measured process by `--import`: writes its peak memory to file descriptor 3 when it ends. */
import { writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

// Workers load it too, but one figure is the whole process: maxRSS is in kilobytes.
if (isMainThread) {
  process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)));
}
