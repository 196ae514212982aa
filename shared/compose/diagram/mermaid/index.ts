/** Graph → Mermaid text: the language's form that fits what the graph is. */
import type { DiagramGraph } from '../../../diagram-graph.ts';
import { type Direction, directionOf, inReadingOrder } from '../reading-order.ts';
import { classDiagram, classDirection } from './class.ts';
import { entityDiagram } from './er.ts';
import { flowchart } from './flowchart.ts';
import { mindmap } from './mindmap.ts';
import { sequence } from './sequence.ts';
import { stateDiagram } from './state.ts';

/** @param preview file beside it that shows the diagram. @param graph sound, as `repairGraph` gives it. */
export function mermaidText(graph: DiagramGraph, preview?: string): string {
  const named = preview === undefined ? '' : ` "${preview}"`;
  // The comment is how a later run knows the file as ours.
  return `${[`%% generator: pixelwright${named}`, ...formOf(inReadingOrder(graph, directionFor(graph)))].join('\n')}\n`;
}

/** How the form lays it out. */
function directionFor(graph: DiagramGraph): Direction {
  if (graph.kind === 'class') return classDirection(graph);
  return graph.kind === 'er' ? 'TB' : directionOf(graph);
}

function formOf(graph: DiagramGraph): string[] {
  const has = (shape: string): boolean => graph.nodes.some((node) => node.shape === shape);
  switch (graph.kind) {
    case 'sequence':
      return sequence(graph) ?? flowchart(graph);
    case 'mindmap':
      return mindmap(graph) ?? flowchart(graph);
    case 'state':
      return stateDiagram(graph);
    case 'class':
      return has('class') ? classDiagram(graph) : flowchart(graph);
    case 'er':
      // With diamonds for relations it is Chen's notation, which Mermaid has no form for.
      return has('table') && !has('diamond') ? entityDiagram(graph) : flowchart(graph);
    default:
      return flowchart(graph);
  }
}
