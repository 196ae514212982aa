/**
 * Sees to it that of several clients only one starts a host. A file made exclusively, with the number of the
 * process that holds it: a holder that was killed is noticed at once, where libraries that only look at the
 * file's age (proper-lockfile) let everybody wait for seconds.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { isAlive } from './process-alive.ts';

/** Longer than any start may take: the number of a dead holder may have gone to another process. */
export const lockLimitMs = 60_000;

/** A lock is written right after it is made; one that stays empty this long has lost its maker. */
const emptyLimitMs = 5000;

/**
 * Takes the lock, or clears it away if its holder is gone; then the next try will have it.
 * @returns a function that gives it back, or undefined while somebody has it.
 */
export function tryLock(file: string): (() => void) | undefined {
  const mine = JSON.stringify({ pid: process.pid, id: randomUUID() });
  try {
    writeFileSync(file, mine, { flag: 'wx', mode: 0o600 });
    return () => {
      if (read(file) === mine) remove(file);
    };
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  const theirs = read(file);
  if (theirs !== undefined && isStale(file, theirs)) clear(file, theirs);
  return undefined;
}

function isStale(file: string, content: string): boolean {
  const made = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (made === undefined) return false;
  const age = Date.now() - made;
  if (age > lockLimitMs) return true;
  const pid = Number(/"pid":(\d+)/.exec(content)?.[1]);
  return Number.isInteger(pid) ? !isAlive(pid) : age > emptyLimitMs;
}

/**
 * Moves the lock away before looking at it again, because another client may have cleared it and made its
 * own in between; such a one is put back. If even that races, two hosts start, and the one whose state is
 * overwritten ends by itself.
 */
function clear(file: string, judged: string): void {
  const aside = `${file}.${process.pid}.${randomUUID()}.tmp`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if (read(aside) === judged) remove(aside);
  else renameSync(aside, file);
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function remove(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
