/** The models that are known by name: where they are published, how large they are, what they need. */
import { closest } from 'fastest-levenshtein';
import { z } from 'zod';
import { PixelwrightError } from '../../errors.ts';

export const quantisations = ['Q4_K_M', 'Q8_0', 'F16'] as const;
export type Quantisation = (typeof quantisations)[number];

export const projectorQuantisations = ['Q8_0', 'F16'] as const;
export type ProjectorQuantisation = (typeof projectorQuantisations)[number];

const bytes = z.int().positive();

const entrySchema = z.strictObject({
  /** What a user types. */
  name: z.string().regex(/^[a-z0-9.-]+$/),
  /** What the publisher calls it. */
  title: z.string().min(1),
  /** Owner and name on the hub. File names are not given: the hub's listing is asked, see `pickFile`. */
  repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  /** Branch or commit. */
  revision: z.string().min(1),
  /** False: another size of the same architecture, that this engine was never run with. */
  tested: z.boolean(),
  /** Nominal sizes in bytes, to plan memory by; what is downloaded is what the hub's listing says. */
  modelBytes: z.strictObject({ Q4_K_M: bytes, Q8_0: bytes, F16: bytes }),
  projectorBytes: z.strictObject({ Q8_0: bytes, F16: bytes }),
  /** The language model, as far as memory depends on it. */
  layers: z.int().positive(),
  keyValueHeads: z.int().positive(),
  headSize: z.int().positive(),
  vocabulary: z.int().positive(),
  /** The vision tower, likewise: width of a patch's embedding, and inside its feed-forward part. */
  towerWidth: z.int().positive(),
  towerFeedForward: z.int().positive(),
});

export type CatalogueEntry = Readonly<z.infer<typeof entrySchema>>;

const small = { vocabulary: 151_936, keyValueHeads: 8, headSize: 128, revision: 'main' };
const smallTower = { towerWidth: 1024, towerFeedForward: 4096 };

/** The first is the default. */
export const catalogue: readonly CatalogueEntry[] = z.array(entrySchema).parse([
  {
    ...small,
    ...smallTower,
    name: 'qwen3-vl-2b',
    title: 'Qwen3-VL-2B-Instruct',
    repository: 'Qwen/Qwen3-VL-2B-Instruct-GGUF',
    tested: true,
    modelBytes: { Q4_K_M: 1_110_000_000, Q8_0: 1_830_000_000, F16: 3_450_000_000 },
    projectorBytes: { Q8_0: 450_000_000, F16: 820_000_000 },
    layers: 28,
  },
  {
    ...small,
    ...smallTower,
    name: 'qwen3-vl-4b',
    title: 'Qwen3-VL-4B-Instruct',
    repository: 'Qwen/Qwen3-VL-4B-Instruct-GGUF',
    tested: false,
    modelBytes: { Q4_K_M: 2_500_000_000, Q8_0: 4_280_000_000, F16: 8_050_000_000 },
    projectorBytes: { Q8_0: 460_000_000, F16: 840_000_000 },
    layers: 36,
  },
  {
    ...small,
    towerWidth: 1152,
    towerFeedForward: 4304,
    name: 'qwen3-vl-8b',
    title: 'Qwen3-VL-8B-Instruct',
    repository: 'Qwen/Qwen3-VL-8B-Instruct-GGUF',
    tested: false,
    modelBytes: { Q4_K_M: 5_030_000_000, Q8_0: 8_710_000_000, F16: 16_400_000_000 },
    projectorBytes: { Q8_0: 760_000_000, F16: 1_160_000_000 },
    layers: 36,
  },
]);

/** A model that was asked for by name. */
export interface NamedModel {
  readonly entry: CatalogueEntry;
  /** Absent where the choice is left to the program. */
  readonly quantisation?: Quantisation;
}

/** `qwen3-vl-2b:Q8_0`, as users type it and lists show it. */
export const nameOf = (entry: CatalogueEntry, quantisation: Quantisation): string =>
  `${entry.name}:${quantisation}`;

/**
 * Reads `qwen3-vl-2b`, `Qwen3-VL-2B-Instruct` or `qwen3-vl-2b:Q8_0`, in upper or lower case.
 * @throws PixelwrightError `option-invalid` with the nearest name.
 */
export function parseName(text: string): NamedModel {
  const [wanted = '', suffix, ...more] = text.trim().split(':');
  const plain = wanted.toLowerCase().replace(/-instruct(-gguf)?$/, '');
  const names = catalogue.map(({ name }) => name);
  const entry = catalogue.find(({ name }) => name === plain);
  if (entry === undefined || more.length > 0) {
    throw new PixelwrightError(
      'option-invalid',
      `Expected a model's name (${names.join(', ')}) or the path of a .gguf file; got "${text}". Did you mean ${closest(plain, names)}?`,
      { next: 'List the models with "pixelwright models list".', details: { models: names } },
    );
  }
  if (suffix === undefined) return { entry };
  const quantisation = quantisations.find((word) => word === suffix.toUpperCase());
  if (quantisation !== undefined) return { entry, quantisation };
  throw new PixelwrightError(
    'option-invalid',
    `Expected one of ${quantisations.join(', ')} after "${entry.name}:"; got "${suffix}".`,
    { next: `Write ${nameOf(entry, quantisations[0])}, or leave the part after the colon out.` },
  );
}

/** `Q8_0` or `F16` in any case; undefined for other words, such as the path of a file. */
export function parseProjector(text: string): ProjectorQuantisation | undefined {
  return projectorQuantisations.find((word) => word === text.trim().toUpperCase());
}
