/** Guesses that the model checks several at once: the answer is the same, and comes sooner. */
export { type CostOfBatch, defaultCostOfBatch } from './draft-length.ts';
export { createDrafter, type Drafter, type DrafterOptions, prepareDrafter } from './drafter.ts';
export { htmlPhrases } from './html-phrases.ts';
