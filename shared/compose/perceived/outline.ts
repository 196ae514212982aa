/** From what was perceived to an outline of measured things, each of which is claimed once. */
import type { Outline, OutlineNode, Thing } from '../../facts/layout/index.ts';
import type { MeasuredReference, PerceivedNode, Perception } from '../../tasks/perceive/perception.ts';
import type { UiKind, UiRun } from '../../ui-tree.ts';

/** A perception as the layout knows it, and what its marks stand for. */
export interface OutlinedPerception {
  readonly outline: Outline;
  /** By mark. */
  readonly nodes: readonly PerceivedNode[];
  /** Of lines that are a part of a perceived text: what that part is. By place among the measured lines. */
  readonly pieces: ReadonlyMap<number, UiRun['kind']>;
}

const solidities: Readonly<Partial<Record<UiKind, number>>> = {
  main: 0,
  text: 0,
  heading: 0,
  legend: 0,
  term: 0,
  description: 0,
  icon: 0,
  divider: 0,
  page: 0,
  list: 1,
  grid: 1,
  row: 1,
  column: 1,
  field: 1,
  link: 1,
  label: 1,
  overlay: 1,
  card: 3,
  button: 3,
  input: 3,
  textarea: 3,
  select: 3,
  checkbox: 3,
  radio: 3,
  switch: 3,
  badge: 3,
  avatar: 3,
  shape: 3,
};

/** Whether the children are entries of one sort; in a table the lines of its own grid part them. */
const gathering: Readonly<Partial<Record<UiKind, boolean>>> = {
  list: true,
  table: false,
  'table-row': false,
};

const solidityOf = (kind: UiKind): number => solidities[kind] ?? 2;

/** Texts whose parts are stretches of the same text. */
const flowing = new Set<UiKind>(['text', 'heading', 'quote', 'term', 'description']);

const childrenOf = (node: PerceivedNode): readonly PerceivedNode[] => node.children ?? [];

/** A paragraph with links in it, told piece by piece. */
function isFlowing(node: PerceivedNode): boolean {
  const children = childrenOf(node);
  return (
    flowing.has(node.kind) &&
    children.length > 0 &&
    children.every(
      (child) =>
        (child.kind === 'text' || child.kind === 'link') &&
        childrenOf(child).length === 0 &&
        (child.measured ?? []).every(({ list }) => list === 'lines'),
    )
  );
}

/** Numbers the nodes of a perception in reading order, parents first. Of two claims to a thing the deeper one holds. */
export function outlineOf(perception: Perception): OutlinedPerception {
  const nodes: PerceivedNode[] = [];
  const pieces = new Map<number, UiRun['kind']>();
  const claimed = new Set<string>();
  const claim = (references: readonly MeasuredReference[]): Thing[] =>
    references.filter(({ list, index }) => {
      const key = `${list} ${index}`;
      return !claimed.has(key) && claimed.add(key);
    });
  const visit = (node: PerceivedNode): OutlineNode => {
    const mark = nodes.push(node) - 1;
    const shell = {
      mark,
      solidity: solidityOf(node.kind),
      ...(gathering[node.kind] !== undefined && { gathers: gathering[node.kind] }),
    };
    if (isFlowing(node)) {
      const parts = childrenOf(node).map((child) => ({
        kind: child.kind,
        things: claim(child.measured ?? []),
      }));
      for (const { kind, things } of parts)
        for (const { index } of things) if (kind === 'link') pieces.set(index, 'link');
      const things = parts.flatMap((part) => part.things);
      return { ...shell, things: [...things, ...claim(node.measured ?? [])], children: [] };
    }
    const children = childrenOf(node).map(visit);
    return { ...shell, things: claim(node.measured ?? []), children };
  };
  return { outline: perception.nodes.map(visit), nodes, pieces };
}
