/** What a model told of a diagram, as a graph in the pixels of the picture. */
import { repairGraph } from '../../diagram-check.ts';
import type { DiagramGraph, EdgeHead, GraphEdge, GraphNode } from '../../diagram-graph.ts';
import type { Rect } from '../../geometry.ts';
import type { ReadAnswer } from '../../tasks/diagram/answer.ts';

/** A picture or a part of it, with what was answered about it. */
export interface AnsweredPart {
  readonly answer: ReadAnswer;
  readonly toPicture: (place: ReadAnswer['nodes'][number]['place']) => Rect;
}

/** Kinds whose lines have no arrows. */
const plainLines: readonly DiagramGraph['kind'][] = ['er', 'mindmap', 'org', 'network'];

/** Black lines round every shape: what a model does not tell. */
const ink = [0, 0, 0] as const;

/** @param size of the picture, in pixels. */
export function perceivedGraph(
  parts: readonly AnsweredPart[],
  size: { readonly width: number; readonly height: number },
): DiagramGraph {
  const kind = parts.map(({ answer }) => answer.kind).find((one) => one !== 'other') ?? 'other';
  const toHead: EdgeHead = plainLines.includes(kind) ? 'none' : 'arrow';
  const graph: DiagramGraph = {
    kind,
    ...size,
    nodes: parts.flatMap(({ answer, toPicture }, part) =>
      answer.nodes.map(
        ({ id, shape, label, place }): GraphNode => ({
          id: nameIn(part, id),
          shape,
          box: toPicture(place),
          ...(shape === 'text' ? {} : { stroke: [...ink] }),
          ...wordsOf(shape, label),
        }),
      ),
    ),
    edges: parts.flatMap(({ answer }, part) =>
      answer.edges.map(
        ({ from, to, label }, index): GraphEdge => ({
          id: nameIn(part, `edge${index + 1}`),
          from: nameIn(part, from),
          to: nameIn(part, to),
          label: label.trim(),
          fromHead: 'none',
          toHead,
        }),
      ),
    ),
  };
  return repairGraph(graph).graph;
}

/** Each part has names of its own. */
const nameIn = (part: number, id: string): string => (part === 0 ? id : `${id}-part${part + 1}`);

/** The label of a table or a class is its title with its rows below. */
export function wordsOf(shape: GraphNode['shape'], label: string): Pick<GraphNode, 'label' | 'rows'> {
  const text = label.trim();
  const [title = '', ...rest] = text.split(/\r?\n/).map((line) => line.trim());
  if ((shape !== 'table' && shape !== 'class') || rest.length === 0) return { label: text };
  const stereotype = /^[«<]/.test(title) && rest.length > 0;
  const rows = (stereotype ? rest.slice(1) : rest).filter((line) => !/^[-–—_=]{2,}$/.test(line));
  return {
    label: stereotype ? `${title}\n${rest[0] ?? ''}` : title,
    rows: rows.map((line, index) => ({ cells: [line], ...(beginsPart(rows, index) ? { ruled: true } : {}) })),
  };
}

/** The first row, and the first method after attributes. */
const beginsPart = (rows: readonly string[], index: number): boolean => {
  const isMethod = (line: string | undefined): boolean => /\(.*\)/.test(line ?? '');
  return index === 0 || (isMethod(rows[index]) && !isMethod(rows[index - 1]));
};
