/** The CUDA add-on in the user's folder, and whether NVIDIA's own libraries that it needs are installed. */
import { access } from 'node:fs/promises';
import path from 'node:path';
import koffi from 'koffi';
import { addOnFolder, librariesIn } from '../library/add-ons.ts';
import { rolesOf } from '../library/pins.ts';
import { type CudaPackages, type Machine, packagesOf } from '../library/platforms.ts';
import { growStacks } from '../library/stacks.ts';

/** Major version of NVIDIA's toolkit; each has a backend of its own. */
export type Toolkit = 13 | 12;

/** What the loader of this machine finds of NVIDIA's own libraries. */
export interface CudaRuntime {
  readonly driver: boolean;
  readonly toolkits: readonly Toolkit[];
}

export interface AddedCuda {
  /** Holds the libraries of the main package. */
  readonly folder: string;
  /** Backend by the toolkit that it needs, relative to the folder of its package. */
  readonly backends: readonly CudaBackend[];
}

export interface CudaBackend {
  readonly toolkit: Toolkit;
  /** Without the scope. */
  readonly package: string;
  readonly folder: string;
  /** Path below `folder`. */
  readonly file: string;
}

/** What the backends are linked with, the driver's own library left out. */
const needed: Readonly<Partial<Record<NodeJS.Platform, Readonly<Record<Toolkit, readonly string[]>>>>> = {
  linux: {
    13: ['libcudart.so.13', 'libcublas.so.13'],
    12: ['libcudart.so.12', 'libcublas.so.12'],
  },
  win32: { 13: ['cublas64_13.dll'], 12: ['cudart64_12.dll', 'cublas64_12.dll'] },
};
const driverLibrary: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  linux: 'libcuda.so.1',
  win32: 'nvcuda.dll',
};

/** Asks the loader itself, so that every place that it looks in counts. */
export function cudaRuntime(
  platform: NodeJS.Platform,
  loads: (library: string) => boolean = loadable,
): CudaRuntime {
  const driver = driverLibrary[platform];
  const libraries = needed[platform];
  if (driver === undefined || libraries === undefined) return { driver: false, toolkits: [] };
  const toolkits = ([13, 12] as const).filter((toolkit) => libraries[toolkit].every(loads));
  return { driver: loads(driver), toolkits };
}

function loadable(library: string): boolean {
  growStacks();
  try {
    koffi.load(library).unload();
    return true;
  } catch {
    // The loader's words only say that it is not there; what it is needed for is said by the caller.
    return false;
  }
}

/** What `pixelwright gpu add cuda` put there for this very version; nothing where it was not added. */
export async function addedCuda(home: string, machine: Machine): Promise<AddedCuda | undefined> {
  const { cuda } = packagesOf(machine);
  if (cuda === undefined) return undefined;
  const found = await backendsIn(addOnFolder(home, 'cuda'), cuda);
  const main = found.find((backend) => backend.package === cuda.main);
  return main === undefined ? undefined : { folder: main.folder, backends: found };
}

async function backendsIn(folder: string, { main, ext }: CudaPackages): Promise<CudaBackend[]> {
  const found: CudaBackend[] = [];
  for (const [name, toolkit] of [[ext, 12] as const, [main, 13] as const]) {
    const libraries = librariesIn(folder, name);
    const [file] = rolesOf(name).accelerators;
    if (file === undefined) continue;
    const there = await access(path.join(libraries, file)).then(
      () => true,
      () => false,
    );
    if (there) found.push({ toolkit, package: name, folder: libraries, file });
  }
  return found;
}

/** The backend that can be loaded here. The older one goes first: it is only added where it is needed. */
export function usableBackend(added: AddedCuda, runtime: CudaRuntime): CudaBackend | undefined {
  if (!runtime.driver) return undefined;
  return added.backends.find(({ toolkit }) => runtime.toolkits.includes(toolkit));
}

/** What is missing, as the end of a sentence, and what to install. */
export function cudaGap(
  runtime: CudaRuntime,
  backends: readonly CudaBackend[],
): { found: string; next: string } {
  if (!runtime.driver) {
    return { found: 'NVIDIA’s driver is not installed', next: 'Install the driver of your NVIDIA GPU.' };
  }
  if (runtime.toolkits.includes(12) && !backends.some(({ toolkit }) => toolkit === 12)) {
    return {
      found: 'CUDA 12 is installed, and the backend for it was not added',
      next: 'Run "pixelwright gpu add cuda" again, or install CUDA 13.',
    };
  }
  return {
    found: 'the CUDA runtime and cuBLAS are not installed',
    next: 'Install NVIDIA’s CUDA toolkit 13 (its runtime and cuBLAS), or use --device vulkan.',
  };
}
