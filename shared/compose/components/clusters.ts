/** Which parts of a page are one component: repeats of some weight, and what recurs elsewhere on the page. */
import { type ElementNode, elementNodes, kindOf, type PartNode } from './node.ts';
import type { Similarity } from './similarity.ts';

/** Every place of the page where one component stands. */
export type Cluster = readonly ElementNode[];

/** Lighter things are written in place. */
const leastWeight = 4;
/** Things apart from each other must be more alike than neighbours. */
const alikeApart = 0.75;
/** Rows of a table, its cells and choices are written in place, whatever they hold. */
const neverAlone = new Set(['tr', 'td', 'th', 'tbody', 'thead', 'option', 'body', 'main', 'dt', 'dd', 'svg']);

/** Items of one list, or one element by itself. */
interface Candidate {
  readonly members: readonly ElementNode[];
  readonly weight: number;
}

/** Where an element stands: its nearest element, and its place in that; items of a list share one. */
type Places = Map<ElementNode, { readonly parent: ElementNode | undefined; readonly step: string }>;

const mayBe = ({ element, weight }: ElementNode): boolean =>
  weight >= leastWeight && !neverAlone.has(element.tag);

function survey(root: ElementNode): { candidates: Candidate[]; places: Places } {
  const candidates: Candidate[] = [];
  const places: Places = new Map([[root, { parent: undefined, step: '' }]]);
  const visit = (parent: ElementNode, children: readonly PartNode[]): void => {
    children.forEach((child, index) => {
      if (child.type === 'text') return;
      const members = child.type === 'list' ? child.items : [child];
      if (members.some(mayBe)) {
        const weight = Math.max(...members.map((member) => member.weight));
        candidates.push({ members, weight });
      }
      for (const member of members) {
        places.set(member, { parent, step: `${index}` });
        visit(member, member.children);
      }
    });
  };
  visit(root, root.children);
  return { candidates, places };
}

/** The same for parts at one place of a repeated thing, which stand once in its code. */
function placeOf(node: ElementNode, places: Places, taken: ReadonlyMap<ElementNode, number>): string {
  const steps: string[] = [];
  for (let at: ElementNode | undefined = node; at !== undefined; at = places.get(at)?.parent) {
    const cluster = at === node ? undefined : taken.get(at);
    if (cluster !== undefined) return `${cluster}:${steps.join('/')}`;
    steps.unshift(`${places.get(at)?.step ?? ''}${kindOf(at.element)}`);
  }
  return steps.join('/');
}

/** The heaviest first, so that a card is found before the rows in it. */
export function clustersOf(root: ElementNode, similarity: Similarity): Cluster[] {
  const { candidates, places } = survey(root);
  candidates.sort((a, b) => b.weight - a.weight);
  const taken = new Map<ElementNode, number>();
  const clusters: Cluster[] = [];
  for (const candidate of candidates) {
    const [model] = candidate.members;
    const isFree = ({ members }: Candidate): boolean => members.every((member) => !taken.has(member));
    if (model === undefined || !isFree(candidate)) continue;
    const alike = withoutNested([
      candidate,
      ...candidates.filter(
        (other) =>
          other !== candidate &&
          isFree(other) &&
          other.members.some((member) => similarity(model, member) >= alikeApart),
      ),
    ]);
    const repeated = alike.some(({ members }) => members.length > 1);
    const instances = alike.flatMap(({ members }) => members);
    if (!repeated && new Set(instances.map((node) => placeOf(node, places, taken))).size < 2) continue;
    for (const instance of instances) taken.set(instance, clusters.length);
    clusters.push(instances);
  }
  return clusters;
}

/** A thing inside another of its kind is part of that. */
function withoutNested(candidates: readonly Candidate[]): Candidate[] {
  const inside = new Set<ElementNode>();
  const kept: Candidate[] = [];
  const elementsOf = ({ members }: Candidate): ElementNode[] =>
    members.flatMap((member) => [...elementNodes(member)]);
  for (const candidate of candidates) {
    const all = elementsOf(candidate);
    if (candidate.members.some((member) => inside.has(member))) continue;
    if (kept.some(({ members }) => members.some((member) => all.includes(member)))) continue;
    kept.push(candidate);
    for (const element of all) inside.add(element);
  }
  return kept;
}
