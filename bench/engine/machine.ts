/** What else the machine is doing, and how much memory a process and its children have needed. */
import { readdir, readFile } from 'node:fs/promises';
import { loadavg } from 'node:os';

/** A sentence if other work ran at the start of a run, which makes its figures doubtful. */
export function loadWarning(): string | undefined {
  const [minute = 0] = loadavg();
  if (minute < 0.5) return undefined;
  return `The machine was not idle: load ${minute.toFixed(1)} over the last minute before the run. Ratios of interleaved runs stand, absolute figures do not.`;
}

/** Processor time that a process has used so far, all threads together, in milliseconds. Linux only. */
export async function processorTime(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The name before it may hold spaces; ticks are 10 ms on every Linux that Node runs on.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/**
 * Peak resident memory in bytes of a process and of all that descend from it now, each at its own peak (VmHWM).
 * Linux only.
 */
export async function peakMemory(pid: number): Promise<number> {
  const pids = [pid, ...(await descendants(pid))];
  const peaks = await Promise.all(pids.map((id) => statusNumber(id, 'VmHWM')));
  return peaks.reduce((sum, kilobytes) => sum + kilobytes * 1024, 0);
}

async function descendants(root: number): Promise<number[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = new Map<number, number>();
  for (const id of ids) parents.set(id, await statusNumber(id, 'PPid'));
  const found: number[] = [];
  for (let parent: number | undefined = root, queue = [root]; parent !== undefined; parent = queue[0]) {
    queue = queue.slice(1);
    const children = ids.filter((id) => parents.get(id) === parent);
    found.push(...children);
    queue.push(...children);
  }
  return found;
}

/** 0 where the process has ended meanwhile. */
async function statusNumber(pid: number, field: string): Promise<number> {
  try {
    const text = await readFile(`/proc/${pid}/status`, 'utf8');
    return Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return 0;
    throw error;
  }
}
