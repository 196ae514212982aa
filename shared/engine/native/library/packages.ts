/** Finds the libraries for a device: in our own dependencies, or among what the user added. */
import { access, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import type { Device } from '../../../config.ts';
import { PixelwrightError } from '../../../errors.ts';
import { homeFolder } from '../../../home-folder.ts';
import type { Log } from '../../../log.ts';
import {
  type AddedCuda,
  addedCuda,
  type CudaBackend,
  cudaGap,
  cudaRuntime,
  usableBackend,
} from '../gpu/cuda.ts';
import { addOnFolder, enginesFolder, librariesIn } from './add-ons.ts';
import type { LibraryFiles } from './load.ts';
import { libraryVersion, pinsOf, rolesOf } from './pins.ts';
import {
  type Choice,
  choosePackage,
  type LibraryDevice,
  type Machine,
  thisMachine,
  useServerInstead,
} from './platforms.ts';
import { verifyFiles } from './verify.ts';

/** Libraries that were found and checked; `openLibrary` takes it. */
export interface LibraryLocation extends LibraryFiles {
  /** What they can compute on beside the processor; whether such a device is there is known once they run. */
  readonly device: LibraryDevice;
  /** Of the npm package. */
  readonly version: string;
}

export interface FindOptions {
  readonly device: Device;
  readonly log: Log;
  /** Where add-ons lie; see `homeFolder`. */
  readonly home?: string;
  readonly machine?: Machine;
}

/** @throws PixelwrightError `engine-unavailable` with what is missing, and what to do. */
export async function findLibrary(options: FindOptions): Promise<LibraryLocation> {
  const { device, log, home = homeFolder(process.env), machine = thisMachine() } = options;
  const cuda = await findCuda(device, home, machine);
  const choice = choosePackage(machine, device, cuda !== undefined);
  const roles = rolesOf(choice.package);
  const folder = cuda?.added.folder ?? (await baseFolder(choice, home));
  log.debug(`Libraries of the native engine: ${folder}`);

  const accelerators = cuda === undefined ? acceleratorsFor(choice.device, roles.accelerators) : [];
  const { ggmlBase, ggml, llama } = roles;
  const processors = await presentIn(folder, roles.processors);
  const wanted = [ggmlBase, ggml, llama, ...processors, ...accelerators];
  const check = { stampFile: path.join(enginesFolder(home), 'checked.json'), log };
  await verifyFiles(folder, only(pinsOf(choice.package), wanted), check);
  if (cuda !== undefined) {
    const { backend } = cuda;
    await verifyFiles(backend.folder, only(pinsOf(backend.package), [backend.file]), check);
  }

  const at = (name: string): string => path.join(folder, name);
  return {
    folder,
    ggmlBase: at(ggmlBase),
    ggml: at(ggml),
    llama: at(llama),
    device: choice.device,
    version: libraryVersion,
    accelerators:
      cuda === undefined ? accelerators.map(at) : [path.join(cuda.backend.folder, cuda.backend.file)],
    processors: processors.map(at),
  };
}

/** The editor's package leaves out processors that others serve as well; with none at all the check says so. */
async function presentIn(folder: string, files: readonly string[]): Promise<readonly string[]> {
  const exist = await Promise.all(
    files.map((file) =>
      access(path.join(folder, file)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return exist.includes(true) ? files.filter((_, index) => exist[index]) : files;
}

/** A GPU's backend is not touched where only the processor is asked for: a broken driver must not matter then. */
function acceleratorsFor(device: LibraryDevice, files: readonly string[]): readonly string[] {
  return device === 'cpu' ? files.filter((file) => /ggml-blas/.test(file)) : files;
}

function only(pins: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(pins).filter(([name]) => names.includes(name)));
}

/** CUDA where it is asked for or simply there; nothing where `auto` has to do without. */
async function findCuda(
  device: Device,
  home: string,
  machine: Machine,
): Promise<{ added: AddedCuda; backend: CudaBackend } | undefined> {
  if (device !== 'auto' && device !== 'cuda') return undefined;
  const added = await addedCuda(home, machine);
  if (added === undefined) {
    if (device === 'cuda' && choosePackage(machine, device, false).from === 'add-on') throw notAdded();
    return undefined;
  }
  const runtime = cudaRuntime(machine.platform);
  const backend = usableBackend(added, runtime);
  if (backend !== undefined) return { added, backend };
  if (device === 'auto') return undefined;
  const { found, next } = cudaGap(runtime, added.backends);
  throw new PixelwrightError('engine-unavailable', `CUDA was added, but ${found}.`, {
    next,
    details: { ...runtime },
  });
}

function notAdded(): PixelwrightError {
  return new PixelwrightError('engine-unavailable', 'The CUDA libraries are not installed.', {
    next: 'Run "pixelwright gpu add cuda", or leave --device out.',
  });
}

async function baseFolder(choice: Choice, home: string): Promise<string> {
  if (choice.from === 'dependency') return dependencyFolder(choice.package);
  const folder = librariesIn(addOnFolder(home, 'cpu'), choice.package);
  await access(folder).catch((cause: unknown) => {
    throw new PixelwrightError(
      'engine-unavailable',
      'The libraries of the native engine for this machine do not come with pixelwright.',
      { next: `Run "pixelwright gpu add cpu" once. ${useServerInstead}`, cause },
    );
  });
  return folder;
}

const manifestSchema = z.object({ version: z.string() });

/** The folder of a package's libraries. @throws PixelwrightError `engine-unavailable`. */
async function dependencyFolder(packageName: string): Promise<string> {
  const name = `@node-llama-cpp/${packageName}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch (cause) {
    throw new PixelwrightError('engine-unavailable', `The package ${name} is not installed.`, {
      next: `Install pixelwright again without --omit=optional. ${useServerInstead}`,
      cause,
    });
  }
  const root = path.resolve(path.dirname(entry), '..');
  const { version } = manifestSchema.parse(
    JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')),
  );
  if (version !== libraryVersion) {
    throw new PixelwrightError(
      'engine-unavailable',
      `Expected ${name} ${libraryVersion}, found ${version}: its structs may be laid out differently.`,
      { next: `Install that version: npm install ${name}@${libraryVersion}`, details: { root } },
    );
  }
  return path.join(root, 'bins', packageName);
}
