/** NVIDIA GPUs, as the driver's own tool tells them. */
import { execFile } from 'node:child_process';

export interface NvidiaGpu {
  readonly name: string;
  /** e.g. `580.65`. */
  readonly driver: string;
  readonly memoryBytes: number;
  /** e.g. 8.9 for an RTX 4090; NaN where the tool does not tell. */
  readonly computeCapability: number;
}

const fields = ['name', 'driver_version', 'memory.total', 'compute_cap'];

/** CUDA 13 begins here (Turing); older GPUs need CUDA 12. */
export const leastCapability13 = 7.5;

/** None where the tool is not there or does not answer, as on a machine without an NVIDIA GPU. */
export async function nvidiaGpus(signal: AbortSignal, program = 'nvidia-smi'): Promise<NvidiaGpu[]> {
  const args = [`--query-gpu=${fields.join(',')}`, '--format=csv,noheader,nounits'];
  const text = await new Promise<string>((resolve) => {
    execFile(program, args, { signal, timeout: 10_000, windowsHide: true }, (error, stdout) => {
      resolve(error === null ? stdout : '');
    });
  });
  return parseGpus(text);
}

/** One GPU a line: `NVIDIA GeForce RTX 4090, 580.65, 24564, 8.9`. Lines of another form are left out. */
export function parseGpus(text: string): NvidiaGpu[] {
  return text.split('\n').flatMap((line) => {
    const parts = line.split(',').map((part) => part.trim());
    if (parts.length !== fields.length) return [];
    const [name = '', driver = '', megabytes = '', capability = ''] = parts;
    if (!/^\d+$/.test(megabytes)) return [];
    return {
      name,
      driver,
      memoryBytes: Number(megabytes) * 1024 ** 2,
      computeCapability: Number.parseFloat(capability),
    };
  });
}
