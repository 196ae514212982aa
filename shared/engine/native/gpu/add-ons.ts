/** Adds, lists and removes libraries beside those that come with pixelwright. */
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { throwIfCancelled } from '../../../errors.ts';
import { type Environment, homeFolder } from '../../../home-folder.ts';
import type { Log } from '../../../log.ts';
import { type AddOn, addOnFolder, addOns, enginesFolder } from '../library/add-ons.ts';
import { libraryVersion, pinsOf } from '../library/pins.ts';
import { type Machine, thisMachine } from '../library/platforms.ts';
import { type AddOnPlan, planAddOn } from './add-on-plan.ts';
import { cudaRuntime, type Toolkit } from './cuda.ts';
import { bytesIn, installPackages, inUse } from './install-packages.ts';
import { nvidiaGpus } from './nvidia.ts';

export interface InstalledAddOn {
  readonly addOn: AddOn;
  readonly version: string;
  /** Of another version than this pixelwright uses: it is of no use any more. */
  readonly outdated: boolean;
  readonly folder: string;
  readonly bytes: number;
}

export interface AddOptions {
  readonly signal: AbortSignal;
  readonly environment: Environment;
  readonly log: Log;
  readonly onProgress?: (fraction: number) => void;
}

/** What adding would mean here. @throws PixelwrightError `engine-unavailable`, `cancelled`. */
export async function planFor(
  addOn: AddOn,
  signal: AbortSignal,
  toolkit?: Toolkit,
  machine: Machine = thisMachine(),
): Promise<AddOnPlan> {
  const gpus = addOn === 'cuda' ? await nvidiaGpus(signal) : [];
  throwIfCancelled(signal);
  const runtime = cudaRuntime(machine.platform);
  return planAddOn(addOn, machine, { gpus, runtime, ...(toolkit === undefined ? {} : { toolkit }) });
}

/** Installs what was planned; versions of it that are older go. @returns its folder. @throws as `installPackages`. */
export async function carryOut(plan: AddOnPlan, options: AddOptions): Promise<string> {
  const home = homeFolder(options.environment);
  const target = addOnFolder(home, plan.addOn, plan.version);
  const packages = plan.packages.map((name) => ({
    name,
    spec: `@node-llama-cpp/${name}@${plan.version}`,
    pins: pinsOf(name),
  }));
  await installPackages(packages, target, { ...options, bytes: plan.downloadBytes + plan.diskBytes });
  const others = (await installedAddOns(options.environment)).filter(
    ({ addOn, outdated }) => addOn === plan.addOn && outdated,
  );
  for (const { folder } of others) await rm(folder, { recursive: true, force: true });
  return target;
}

/** By name, then version. */
export async function installedAddOns(environment: Environment): Promise<InstalledAddOn[]> {
  const folder = enginesFolder(homeFolder(environment));
  const names = await readdir(folder).catch(() => []);
  const found: InstalledAddOn[] = [];
  for (const name of names.toSorted()) {
    const addOn = addOns.find((known) => name.startsWith(`${known}-`));
    if (addOn === undefined) continue;
    const version = name.slice(addOn.length + 1);
    const place = path.join(folder, name);
    found.push({
      addOn,
      version,
      outdated: version !== libraryVersion,
      folder: place,
      bytes: await bytesIn(place),
    });
  }
  return found;
}

/** Every version of it. @returns what was removed. @throws PixelwrightError `output-not-writable` while it is in use. */
export async function removeAddOn(addOn: AddOn, environment: Environment): Promise<InstalledAddOn[]> {
  const found = (await installedAddOns(environment)).filter((installed) => installed.addOn === addOn);
  for (const { folder } of found) {
    await rm(folder, { recursive: true, force: true }).catch((cause: unknown) => {
      throw inUse(folder, cause);
    });
  }
  return found;
}
