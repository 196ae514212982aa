/** Whether a process of this user has this number. */

/** True as well for another process that got the number later: ask it something before believing. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: another user's process, which no host and no client of this user can be. Windows says it of
    // the user's own processes too, when they run with more rights.
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'EPERM' && process.platform === 'win32';
  }
}
