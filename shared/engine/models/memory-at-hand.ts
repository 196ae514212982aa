/** How much memory is free for a model, before any library of the engine is loaded. */
import { freemem, totalmem } from 'node:os';
import type { Device } from '../../config.ts';
import type { FreeMemory } from './choose-model.ts';

/** Of the memory that processor and graphics share on Apple's chips, what Metal recommends to use at most. */
const metalShare = 2 / 3;

/**
 * Free system memory, and that of the graphics processor with most of it. Where a driver does not tell what is
 * free, all of it counts; memory that a small graphics processor borrows from the system does not count.
 * @param device the setting; `cpu` looks for no other.
 */
export async function memoryAtHand(device: Device): Promise<FreeMemory> {
  const freeSystemBytes = freemem();
  if (device === 'cpu') return { freeSystemBytes };
  if (process.platform === 'darwin' && process.arch === 'arm64') {
    // Free memory is near 0 on macOS, which fills it with files that it can drop.
    return { freeSystemBytes, freeGpuBytes: totalmem() * metalShare };
  }
  // Loaded late: it starts system tools.
  const { default: system } = await import('systeminformation');
  const { controllers } = await system.graphics();
  const free = controllers.map(
    ({ memoryFree, vram, vramDynamic }) => memoryFree ?? (vramDynamic ? 0 : vram) ?? 0,
  );
  return { freeSystemBytes, freeGpuBytes: Math.max(0, ...free) * 1024 ** 2 };
}
