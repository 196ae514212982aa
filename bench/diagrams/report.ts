/** Tables of the bench of diagrams. */
import { markdownTable } from '../readme.ts';
import type { DiagramScore } from './metrics.ts';
import type { Program } from './programs/samples.ts';
import type { Look } from './samples.ts';

export const strategies = ['measured', 'oracle'] as const;
export type Strategy = (typeof strategies)[number];

export interface Measurement {
  readonly name: string;
  readonly seed: number;
  /** Which other program drew it. */
  readonly program?: Program;
  readonly look: Look;
  readonly strategy: Strategy;
  readonly score: DiagramScore;
  readonly seconds: number;
}

const percent = (value: number): string => (100 * value).toFixed(1);

const columns: readonly {
  readonly title: string;
  readonly of: (one: Measurement) => number;
  readonly show: (value: number) => string;
}[] = [
  { title: 'node F1', of: ({ score }) => score.nodeF1, show: percent },
  { title: 'edge F1', of: ({ score }) => score.edgeF1, show: percent },
  { title: 'right shapes', of: ({ score }) => score.shapes, show: percent },
  { title: 'label errors', of: ({ score }) => score.labelErrors, show: percent },
  { title: 'overlaps', of: ({ score }) => score.overlaps, show: (value) => value.toFixed(2) },
  {
    title: 'edges through nodes',
    of: ({ score }) => score.edgesThroughNodes,
    show: (value) => value.toFixed(2),
  },
  { title: 's', of: ({ seconds }) => seconds, show: (value) => value.toFixed(1) },
];

/** A line for each picture, then the means. */
export function reportOf(measurements: readonly Measurement[]): string {
  const head = ['diagram', 'look', 'by', ...columns.map(({ title }) => title)];
  const rows = measurements.map((one) => [
    one.name,
    one.look,
    one.strategy,
    ...columns.map(({ of, show }) => show(of(one))),
  ]);
  return `${markdownTable(head, rows)}\n\n${summaryOf(measurements)}`;
}

const looksInWords: Readonly<Record<Look, string>> = {
  clean: 'drawn by a program',
  hand: 'drawn by hand',
  photo: 'drawn by hand, photographed',
};
const programsInWords: Readonly<Record<Program, string>> = {
  mermaid: 'drawn by Mermaid',
  graphviz: 'drawn by Graphviz',
  maxgraph: 'drawn as by draw.io',
};
const strategiesInWords: Readonly<Record<Strategy, string>> = {
  measured: 'measured',
  oracle: 'with the oracle',
};

/** Seeds up to this one were looked at while the measurement was made. */
const lastOwnSeed = 11;

/** Means by look and strategy, for the README. */
export function summaryOf(measurements: readonly Measurement[]): string {
  const groups = new Map<string, Measurement[]>();
  for (const one of measurements) {
    const drawn = one.program ? programsInWords[one.program] : looksInWords[one.look];
    const fresh = one.seed > lastOwnSeed ? ', others of these kinds' : '';
    const key = `${drawn}${fresh}, ${strategiesInWords[one.strategy]}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const rows = [...groups].map(([name, own]) => [
    `${name}, ${own.length}`,
    ...columns.map(({ of, show }) => show(own.reduce((sum, one) => sum + of(one), 0) / own.length)),
  ]);
  return markdownTable(['diagrams', ...columns.map(({ title }) => title)], rows);
}
