/** GPUs and the libraries for them, as the hosts' commands need it; the FFI is loaded by the call. */
import type { Settings } from '../config.ts';
import type { RunContext } from '../context.ts';
import type {
  AddOnPlan,
  InstalledAddOn,
  NvidiaGpu,
  ProbeReport,
  Toolkit,
} from '../engine/native/gpu/index.ts';
import type { AddOn } from '../engine/native/library/add-ons.ts';
import { PixelwrightError, throwIfCancelled } from '../errors.ts';
import { type Environment, homeFolder } from '../home-folder.ts';

export type { AddOn, AddOnPlan, InstalledAddOn, ProbeReport, Toolkit };

export interface GpuReport {
  /** What the native engine finds; absent where its libraries cannot be used, see `problem`. */
  readonly engine?: ProbeReport;
  readonly problem?: { readonly message: string; readonly next?: string };
  readonly nvidia: readonly NvidiaGpu[];
  readonly addOns: readonly InstalledAddOn[];
  /** What would make it faster here, as a sentence. */
  readonly advice?: string;
}

const gpuModule = () => import('../engine/native/gpu/index.ts');

/** Devices, and the libraries that were added. @throws PixelwrightError `cancelled`. */
export async function listGpus(
  settings: Settings,
  context: RunContext,
  environment: Environment = process.env,
): Promise<GpuReport> {
  const { signal } = context;
  const { installedAddOns, nvidiaGpus, probeLibraries } = await gpuModule();
  const nvidia = await nvidiaGpus(signal);
  const addOns = await installedAddOns(environment);
  const advice = await adviceFor(nvidia, environment);
  const known = { nvidia, addOns, ...(advice === undefined ? {} : { advice }) };
  try {
    return { ...known, engine: await probeLibraries(settings.device, { signal, environment }) };
  } catch (error) {
    throwIfCancelled(signal);
    if (!(error instanceof PixelwrightError)) throw error;
    const { message, next } = error;
    return { ...known, problem: { message, ...(next === undefined ? {} : { next }) } };
  }
}

/** For a machine with an NVIDIA GPU: add CUDA, or what CUDA still lacks. */
async function adviceFor(
  nvidia: readonly NvidiaGpu[],
  environment: Environment,
): Promise<string | undefined> {
  if (nvidia.length === 0 || process.arch !== 'x64') return undefined;
  const { addedCuda, cudaGap, cudaRuntime, usableBackend } = await gpuModule();
  const { thisMachine } = await import('../engine/native/library/platforms.ts');
  const machine = thisMachine();
  if (machine.libc === 'musl') return undefined;
  const added = await addedCuda(homeFolder(environment), machine);
  if (added === undefined) {
    return 'Run "pixelwright gpu add cuda" to use your NVIDIA GPU at its full speed.';
  }
  const runtime = cudaRuntime(machine.platform);
  if (usableBackend(added, runtime) !== undefined) return undefined;
  const { found, next } = cudaGap(runtime, added.backends);
  return `CUDA was added, but ${found}. ${next}`;
}

/** What adding would mean. @throws PixelwrightError `engine-unavailable`, `cancelled`. */
export async function planAddOn(addOn: AddOn, context: RunContext, toolkit?: Toolkit): Promise<AddOnPlan> {
  return await (await gpuModule()).planFor(addOn, context.signal, toolkit);
}

/** Installs what was planned. @returns its folder. @throws PixelwrightError as `installPackages`. */
export async function addAddOn(
  plan: AddOnPlan,
  context: RunContext,
  options: { readonly environment?: Environment; readonly onProgress?: (fraction: number) => void } = {},
): Promise<string> {
  const { environment = process.env, onProgress } = options;
  const { signal, log } = context;
  const { carryOut } = await gpuModule();
  return await carryOut(plan, { signal, log, environment, ...(onProgress ? { onProgress } : {}) });
}

/** @returns what was removed, perhaps nothing. @throws PixelwrightError `output-not-writable`. */
export async function removeAddOn(
  addOn: AddOn,
  environment: Environment = process.env,
): Promise<InstalledAddOn[]> {
  return await (await gpuModule()).removeAddOn(addOn, environment);
}
