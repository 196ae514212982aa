/** Whether a process of this user has this number. */
import { readFileSync } from 'node:fs';

/** True as well for another process that got the number later: ask it something before believing. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    // EPERM: another user's process, which no host and no client of this user can be. Windows says it of
    // the user's own processes too, when they run with more rights.
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'EPERM' && process.platform === 'win32';
  }
}

/** A dead process that nobody has asked for its exit code yet; in containers without an init for ever. */
function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false;
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // "PID (name) STATE …", and the name may hold parentheses.
    return status.slice(status.lastIndexOf(')')).startsWith(') Z ');
  } catch {
    // No /proc, or gone in between: what the signal said counts, and the next look will tell.
    return false;
  }
}
