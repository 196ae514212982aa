/** How many threads to compute on, unless the user says. */
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';

/**
 * One core is left free: ggml's threads wait for each other by spinning, and one that the system takes
 * away holds up all others (two threads on two busy cores are four times slower than one).
 */
export function defaultThreads(): number {
  return Math.max(1, Math.min(physicalCores(), availableParallelism()) - 1);
}

/** Two threads of one core share its arithmetic units, so that the second one gains nothing. */
export function physicalCores(): number {
  const logical = cpus().length;
  if (process.platform === 'linux') return coresOfLinux(logical) ?? logical;
  return process.arch === 'x64' && process.platform !== 'darwin' ? Math.ceil(logical / 2) : logical;
}

function coresOfLinux(logical: number): number | undefined {
  try {
    const siblings = Array.from({ length: logical }, (_, index) =>
      readFileSync(`/sys/devices/system/cpu/cpu${index}/topology/thread_siblings_list`, 'utf8').trim(),
    );
    return new Set(siblings).size;
  } catch {
    // Containers may hide it.
    return undefined;
  }
}
