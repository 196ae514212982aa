/** Which node of the model is which of the measured: by place and by words, each at most once. */
import { distance as editDistance } from 'fastest-levenshtein';
import { munkres } from 'munkres';
import type { GraphNode } from '../../../diagram-graph.ts';
import { area, overlapArea } from '../../../geometry.ts';
import { wholeLabel } from '../mermaid/text.ts';
import { centreOf, distance } from '../route-points.ts';

/** What a pair must reach to be one; places alone make it with half of them shared. */
const least = 0.3;

const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** 0 to 1 over letters and figures; two empty texts are alike. */
export function likeness(a: string, b: string): number {
  const [p, q] = [plain(a), plain(b)];
  const longest = Math.max(p.length, q.length);
  return longest === 0 ? 1 : 1 - editDistance(p, q) / longest;
}

/** Share of the area of both that they have in common, 0 to 1. */
export function sharedArea(a: GraphNode, b: GraphNode): number {
  const shared = overlapArea(a.box, b.box);
  return shared === 0 ? 0 : shared / (area(a.box) + area(b.box) - shared);
}

/** How much two nodes are one, 0 to 1: mostly by place; far apart they are two, whatever they say. */
function affinity(a: GraphNode, b: GraphNode): number {
  const place = sharedArea(a, b);
  const [p, q] = [wholeLabel(a), wholeLabel(b)];
  const silent = p === '' && q === '' && a.shape === b.shape;
  const words = silent ? 1 : p === '' || q === '' ? 0 : likeness(p, q);
  const reach = Math.max(a.box.width, a.box.height, b.box.width, b.box.height);
  const near = Math.max(0, 1 - distance(centreOf(a.box), centreOf(b.box)) / reach);
  return near === 0 ? 0 : 0.6 * place + 0.3 * words * near + 0.1 * near;
}

/** Ids of the measured nodes by ids of the model's. The best whole assignment (Hungarian), without bad pairs. */
export function matchedNodes(
  measured: readonly GraphNode[],
  perceived: readonly GraphNode[],
): ReadonlyMap<string, string> {
  if (measured.length === 0 || perceived.length === 0) return new Map();
  const affinities = perceived.map((one) => measured.map((other) => affinity(one, other)));
  const pairs = munkres(affinities.map((row) => row.map((value) => 1 - value)));
  return new Map(
    pairs.flatMap(([row, column]) => {
      const [a, b] = [perceived[row], measured[column]];
      const value = affinities[row]?.[column] ?? 0;
      return a === undefined || b === undefined || value < least ? [] : [[a.id, b.id] as const];
    }),
  );
}
