/** GPUs of this machine, and the libraries for them. */
export type { AddOnPlan } from './add-on-plan.ts';
export { carryOut, type InstalledAddOn, installedAddOns, planFor, removeAddOn } from './add-ons.ts';
export { addedCuda, cudaGap, cudaRuntime, type Toolkit, usableBackend } from './cuda.ts';
export { type NvidiaGpu, nvidiaGpus } from './nvidia.ts';
export { probeLibraries } from './probe.ts';
export type { ProbeReport } from './probe-report.ts';
