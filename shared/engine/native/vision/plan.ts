/** Cuts the work on one picture into steps of about equal size. */
import type { Projector } from './projector.ts';
import type { Attention, Rows } from './tower.ts';

/** One call of the tower. */
export type Unit =
  | { readonly kind: 'positions' }
  | { readonly kind: 'patches' | 'merger'; readonly rows: Rows }
  | { readonly kind: 'keys' | 'layer'; readonly layer: number; readonly rows: Rows };

export interface EncodePlan {
  readonly parts: readonly Rows[];
  /** Units to be computed in order; those of one step form one graph. */
  readonly steps: readonly (readonly Unit[])[];
  /** One unit of each kind at its largest: what they need, every step gets along with. */
  readonly largest: readonly Unit[];
}

/** Without flash attention every row holds its share of all patches, for each head, in 32 bits; bytes for a part. */
const mostShares = 512 * 1024 * 1024;

/** Rows are parted at multiples of this: flash attention's tiles, and whole tokens. */
const tile = 64;

/**
 * @param patches of the picture.
 * @param workPerStep multiplications that a step should have at most; a single unit may have more.
 */
export function planEncode(
  projector: Projector,
  patches: number,
  workPerStep: number,
  attention: Attention,
): EncodePlan {
  const { width, feedForward, layers, outputWidth, deepStackAt, heads } = projector;
  const merged = width * projector.patches.mergeSize ** 2;
  const project = (merged * merged + merged * outputWidth) / projector.patches.mergeSize ** 2;
  // Multiplications for each row: queries and output, feed-forward, attention over all patches.
  const layerWork = 2 * width * width + 2 * width * feedForward + 2 * width * patches;
  const room = attention === 'flash' ? patches : mostShares / (4 * patches * heads);
  const parts = partRows(patches, Math.min(room, workPerStep / (layerWork + project)));
  const cost = (unit: Unit): number => {
    switch (unit.kind) {
      case 'positions':
        return patches * width * 4;
      case 'patches':
        return unit.rows.count * 2 * width * 3 * projector.patches.patchSize ** 2;
      case 'keys':
        return unit.rows.count * 2 * width * width;
      case 'layer':
        return unit.rows.count * (layerWork + (deepStackAt.includes(unit.layer) ? project : 0));
      case 'merger':
        return unit.rows.count * project;
    }
  };
  const units: Unit[] = [{ kind: 'positions' }, ...parts.map((rows): Unit => ({ kind: 'patches', rows }))];
  for (let layer = 0; layer < layers; layer++) {
    units.push(...parts.map((rows): Unit => ({ kind: 'keys', layer, rows })));
    units.push(...parts.map((rows): Unit => ({ kind: 'layer', layer, rows })));
  }
  units.push(...parts.map((rows): Unit => ({ kind: 'merger', rows })));
  const rows = parts.reduce((most, part) => (part.count > most.count ? part : most), { first: 0, count: 0 });
  const largest: Unit[] = [
    { kind: 'positions' },
    { kind: 'patches', rows },
    { kind: 'keys', layer: 0, rows },
    { kind: 'layer', layer: deepStackAt[0] ?? 0, rows },
    { kind: 'merger', rows },
  ];
  return { parts, steps: group(units, cost, workPerStep), largest };
}

/** Parts of about equal size, none smaller than a tile but where all is. */
function partRows(patches: number, most: number): Rows[] {
  const count = Math.max(1, Math.ceil(patches / Math.max(tile, most)));
  const size = Math.ceil(patches / count / tile) * tile;
  const parts: Rows[] = [];
  for (let first = 0; first < patches; ) {
    const rest = patches - first;
    const rows = rest - size < tile ? rest : size;
    parts.push({ first, count: rows });
    first += rows;
  }
  return parts;
}

function group(units: readonly Unit[], cost: (unit: Unit) => number, most: number): Unit[][] {
  const steps: Unit[][] = [];
  let work = Number.POSITIVE_INFINITY;
  for (const unit of units) {
    const more = cost(unit);
    if (work + more > most) {
      steps.push([]);
      work = 0;
    }
    steps.at(-1)?.push(unit);
    work += more;
  }
  return steps;
}
