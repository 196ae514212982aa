/** What `pixelwright convert` does for draw.io and Mermaid: its options, its files, and the work. */
import { Option } from 'commander';
import {
  convertDiagram,
  type DiagramReport,
  type DiagramTarget,
  diagramLayouts,
  diagramPaths,
  diagramSubjects,
  type Engine,
  loadOptions,
  type OutputFile,
  type RunContext,
  type Settings,
} from '../../shared/index.ts';
import type { Flags } from '../session.ts';

/** Makes the files of one picture. */
export interface Maker<Report> {
  /** What is written at the least, the main file first. */
  readonly paths: (stem: string) => readonly string[];
  readonly make: (
    reference: string,
    stem: string,
    context: RunContext,
  ) => Promise<{ readonly files: readonly OutputFile[]; readonly report: Report }>;
}

export const diagramOptions = (): Option[] => [
  new Option('--layout <LAYOUT>', 'Of a diagram. keep: shapes stay where they are; auto: placed afresh.')
    .choices(diagramLayouts)
    .default('keep'),
  new Option('--subject <SUBJECT>', 'What is to be a diagram. screen: a wireframe is made of it.')
    .choices(diagramSubjects)
    .default('auto'),
];

/** The one of the words that the flag is; commander has checked it. */
const chosen = <Word extends string>(words: readonly Word[], flag: unknown): Word | undefined =>
  words.find((word) => word === flag);

export function diagramMaker(
  target: DiagramTarget,
  settings: Settings,
  engine: Engine | undefined,
  flags: Flags,
): Maker<DiagramReport> {
  const { strategy, maxTokens } = settings;
  const layout = chosen(diagramLayouts, flags['layout']) ?? 'keep';
  const subject = chosen(diagramSubjects, flags['subject']) ?? 'auto';
  const method = strategy === 'measured' || strategy === 'auto' ? strategy : 'model';
  return {
    paths: (stem) => diagramPaths(stem, target),
    make: async (reference, name, context) =>
      await convertDiagram(
        { kind: 'reference', reference },
        { name, target, layout, subject, method, engine, maxTokens, read: loadOptions(settings) },
        context,
      ),
  };
}
