/** What an add-on consists of on a machine, and what it costs. */
import { PixelwrightError } from '../../../errors.ts';
import type { AddOn } from '../library/add-ons.ts';
import { libraryVersion } from '../library/pins.ts';
import { type Machine, packagesOf } from '../library/platforms.ts';
import type { CudaRuntime, Toolkit } from './cuda.ts';
import { leastCapability13, type NvidiaGpu } from './nvidia.ts';

export interface AddOnPlan {
  readonly addOn: AddOn;
  readonly version: string;
  /** npm packages, without the scope `@node-llama-cpp/`. */
  readonly packages: readonly string[];
  readonly downloadBytes: number;
  readonly diskBytes: number;
  /** What the user should know before agreeing; sentences. */
  readonly notes: readonly string[];
}

export interface CudaFacts {
  readonly runtime: CudaRuntime;
  readonly gpus: readonly NvidiaGpu[];
  /** What the user asks for, whatever is installed here. */
  readonly toolkit?: Toolkit;
}

/** Bytes of the tarball and on disk, of version 3.21.1. */
const sizes: Readonly<Record<string, readonly [download: number, disk: number]>> = {
  'linux-x64-cuda': [142_850_036, 188_693_843],
  'linux-x64-cuda-ext': [176_679_086, 374_197_136],
  'win-x64-cuda': [138_542_727, 175_510_346],
  'win-x64-cuda-ext': [175_417_684, 367_829_830],
  'win-arm64': [4_606_830, 22_460_249],
};

/** @throws PixelwrightError `engine-unavailable` where there is no such add-on for this machine. */
export function planAddOn(addOn: AddOn, machine: Machine, cuda: CudaFacts): AddOnPlan {
  const { base, baseIsAddOn, cuda: cudaPackages } = packagesOf(machine);
  if (addOn === 'cpu') {
    if (baseIsAddOn === true) return costed(addOn, [base], []);
    throw nothingToAdd(machine, 'The libraries for this processor came with pixelwright.');
  }
  if (cudaPackages === undefined) {
    throw nothingToAdd(machine, 'There are CUDA libraries for Linux and Windows on x64 only.');
  }
  const toolkit = cuda.toolkit ?? toolkitFor(cuda);
  const { main, ext } = cudaPackages;
  return costed(addOn, toolkit === 12 ? [main, ext] : [main], notesFor(cuda, toolkit));
}

/** CUDA 13, but for GPUs that it does not know, and machines that only have CUDA 12. */
function toolkitFor({ runtime, gpus }: CudaFacts): Toolkit {
  const old = gpus.some(({ computeCapability }) => computeCapability < leastCapability13);
  const [newest] = runtime.toolkits;
  return old || newest === 12 ? 12 : 13;
}

function notesFor({ runtime, gpus }: CudaFacts, toolkit: Toolkit): string[] {
  const notes: string[] = [];
  if (gpus.length === 0 && !runtime.driver) notes.push('No NVIDIA GPU was found on this machine.');
  if (!runtime.toolkits.includes(toolkit)) {
    notes.push(
      `They need NVIDIA's CUDA toolkit ${toolkit} (its runtime and cuBLAS), which is not installed here.`,
    );
  }
  return notes;
}

function costed(addOn: AddOn, packages: readonly string[], notes: readonly string[]): AddOnPlan {
  const costs = packages.map((name) => sizes[name] ?? [0, 0]);
  return {
    addOn,
    version: libraryVersion,
    packages,
    downloadBytes: costs.reduce((sum, [download]) => sum + download, 0),
    diskBytes: costs.reduce((sum, [, disk]) => sum + disk, 0),
    notes,
  };
}

function nothingToAdd(machine: Machine, message: string): PixelwrightError {
  return new PixelwrightError('engine-unavailable', message, {
    next: '"pixelwright gpu list" shows what is here.',
    details: { ...machine },
  });
}
