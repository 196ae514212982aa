/** Which package of llama.cpp's libraries serves which machine and device. */
import { familySync } from 'detect-libc';
import type { Device } from '../../../config.ts';
import { PixelwrightError } from '../../../errors.ts';

/** What a set of libraries can compute on beside the processor. */
export type LibraryDevice = Exclude<Device, 'auto'>;

/** What decides which libraries run here. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  /** C library on Linux; `null` where it cannot be told, and elsewhere. */
  readonly libc: string | null;
}

export interface PlatformPackages {
  /** Without the scope `@node-llama-cpp/`. */
  readonly base: string;
  /** To be added by the user, for npm would install it on other machines too: it claims to be for x64 as well. */
  readonly baseIsAddOn?: true;
  readonly gpu?: 'vulkan' | 'metal';
  /** To be added by the user. */
  readonly cuda?: CudaPackages;
}

export interface CudaPackages {
  /** Built against CUDA 13. */
  readonly main: string;
  /** One more backend, built against CUDA 12, for older toolkits and older GPUs. */
  readonly ext: string;
}

/** By `platform-arch`, as Node names them. A Vulkan package holds every processor variant too. */
const platforms: Readonly<Record<string, PlatformPackages>> = {
  'linux-x64': {
    base: 'linux-x64-vulkan',
    gpu: 'vulkan',
    cuda: { main: 'linux-x64-cuda', ext: 'linux-x64-cuda-ext' },
  },
  'linux-arm64': { base: 'linux-arm64' },
  'win32-x64': {
    base: 'win-x64-vulkan',
    gpu: 'vulkan',
    cuda: { main: 'win-x64-cuda', ext: 'win-x64-cuda-ext' },
  },
  'win32-arm64': { base: 'win-arm64', baseIsAddOn: true },
  'darwin-arm64': { base: 'mac-arm64-metal', gpu: 'metal' },
  'darwin-x64': { base: 'mac-x64' },
};

/** What to do where the native engine cannot run. */
export const useServerInstead =
  'Use an OpenAI-compatible server (llama-server, Ollama, LM Studio, vLLM) with --base-url URL.';

export function thisMachine(): Machine {
  return { platform: process.platform, arch: process.arch, libc: familySync() };
}

/** @throws PixelwrightError `engine-unavailable` where there are no libraries for this machine. */
export function packagesOf(machine: Machine): PlatformPackages {
  const key = `${machine.platform}-${machine.arch}`;
  const found = platforms[key];
  const musl = machine.platform === 'linux' && machine.libc === 'musl';
  if (found !== undefined && !musl) return found;
  throw new PixelwrightError(
    'engine-unavailable',
    `The native engine has libraries for ${Object.keys(platforms).join(', ')} (on Linux with glibc); this machine is ${key}${musl ? ' with musl' : ''}.`,
    { next: useServerInstead, details: { ...machine } },
  );
}

export interface Choice {
  /** Without the scope. */
  readonly package: string;
  readonly device: LibraryDevice;
  readonly from: 'dependency' | 'add-on';
}

/**
 * The package for a device. `auto` takes CUDA where it was added and its toolkit is there, then what comes
 * with pixelwright.
 * @throws PixelwrightError `engine-unavailable`, naming the devices that this machine has libraries for.
 */
export function choosePackage(machine: Machine, device: Device, cudaUsable: boolean): Choice {
  const { base, baseIsAddOn, gpu, cuda } = packagesOf(machine);
  const from = baseIsAddOn === true ? 'add-on' : 'dependency';
  if (device === 'cuda' || (device === 'auto' && cudaUsable)) {
    if (cuda === undefined) throw noSuchDevice(machine, device);
    return { package: cuda.main, device: 'cuda', from: 'add-on' };
  }
  if (device === 'auto') return { package: base, device: gpu ?? 'cpu', from };
  if (device !== 'cpu' && device !== gpu) throw noSuchDevice(machine, device);
  return { package: base, device, from };
}

function noSuchDevice(machine: Machine, device: Device): PixelwrightError {
  const { gpu, cuda } = packagesOf(machine);
  const devices = ['cpu', gpu, cuda === undefined ? undefined : 'cuda'].filter(Boolean);
  return new PixelwrightError(
    'engine-unavailable',
    `There are no ${device} libraries for ${machine.platform}-${machine.arch}; it can use ${devices.join(', ')}.`,
    { next: 'Leave --device out to use the best that works.', details: { ...machine, device } },
  );
}
