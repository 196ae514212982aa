/** Hungarian assignment between perceived and measured things, in the small groups that can concern each other at all. */
import { munkres } from 'munkres';

/** A pair that may belong together; `score` 0..1, 1 the best. */
export interface Affinity {
  readonly row: number;
  readonly column: number;
  readonly score: number;
}

const impossible = 10;

/**
 * @param capacity how many rows a column may take.
 * @param least score under which a row rather stays alone.
 * @returns pairs whose scores add up to the most; each row once, each column as often as it may.
 */
export function assignBest(
  affinities: readonly Affinity[],
  least: number,
  capacity: (column: number) => number = () => 1,
): Affinity[] {
  return groupsOf(affinities.filter(({ score }) => score >= least)).flatMap((group) =>
    solve(group, least, capacity),
  );
}

/** Affinities that share rows or columns, directly or through others. */
function groupsOf(affinities: readonly Affinity[]): Affinity[][] {
  const parents = new Map<string, string>();
  const rootOf = (key: string): string => {
    let root = key;
    for (let next = parents.get(root); next !== undefined; next = parents.get(root)) root = next;
    return root;
  };
  for (const { row, column } of affinities) {
    const [a, b] = [rootOf(`row ${row}`), rootOf(`column ${column}`)];
    if (a !== b) parents.set(a, b);
  }
  const groups = new Map<string, Affinity[]>();
  for (const affinity of affinities) {
    const root = rootOf(`row ${affinity.row}`);
    groups.set(root, [...(groups.get(root) ?? []), affinity]);
  }
  return [...groups.values()];
}

function solve(group: readonly Affinity[], least: number, capacity: (column: number) => number): Affinity[] {
  const rows = [...new Set(group.map(({ row }) => row))];
  const columns = [...new Set(group.map(({ column }) => column))];
  const slots = columns.flatMap((column) =>
    Array.from({ length: Math.min(rows.length, Math.max(1, capacity(column))) }, () => column),
  );
  const known = new Map(group.map((affinity) => [`${affinity.row} ${affinity.column}`, affinity]));
  // A place of its own for each row, so that none has to take what does not suit it.
  const costs = rows.map((row) => [
    ...slots.map((column) => 1 - (known.get(`${row} ${column}`)?.score ?? 1 - impossible)),
    ...rows.map(() => 1 - least),
  ]);
  return munkres(costs).flatMap(([y, x]) => known.get(`${rows[y]} ${slots[x]}`) ?? []);
}
