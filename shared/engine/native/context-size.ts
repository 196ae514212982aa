/** How large a context the memory at hand allows. */
import { freemem } from 'node:os';
import type { ComputeDevice } from './device.ts';
import type { LanguageModel } from './model/load-model.ts';

/** A page of 2,000 image tokens with its answer, for several requests at once. */
const wanted = 16_384;
const least = 4096;
/** Part of the free memory that keys and values may take; the rest is for computing and for others. */
const share = 0.25;

/** @returns cells, a multiple of 256, which llama.cpp rounds to. */
export function chooseContextSize(model: LanguageModel, { freeBytes = freemem() }: ComputeDevice): number {
  const fitting = Math.floor((freeBytes * share) / model.cellBytes / 256) * 256;
  return Math.min(model.trainedContext, Math.max(least, Math.min(wanted, fitting)));
}
