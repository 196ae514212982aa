/** Graph → files: tidied, then a draw.io file or a Mermaid text, with a picture of it beside. */
import type { DiagramGraph } from '../../diagram-graph.ts';
import type { DiagramTarget } from '../../tasks/image-to-diagram.ts';
import { drawioText } from './drawio/index.ts';
import { mermaidText } from './mermaid/index.ts';
import { diagramPaths, mediaTypes } from './paths.ts';
import { svgText } from './svg/index.ts';
import { type Placement, tidyGraph } from './tidy/index.ts';

export interface DiagramOptions {
  /** Stem of the files. */
  readonly name: string;
  readonly target: DiagramTarget;
  readonly layout: 'keep' | 'auto';
  /** Whether a picture of it is made as well, which its text then names. */
  readonly preview: boolean;
}

export interface DiagramFile {
  readonly path: string;
  readonly mediaType: string;
  readonly role: 'data' | 'asset';
  readonly content: string;
}

export interface ComposedDiagram {
  /** As it is written. */
  readonly graph: DiagramGraph;
  readonly placement: Placement;
  /** The diagram first, then its preview as SVG where one was asked for. */
  readonly files: readonly DiagramFile[];
}

/** @param graph in the pixels of its picture; it is repaired where it is not sound. @throws what `signal` fires with. */
export async function composeDiagram(
  graph: DiagramGraph,
  { name, target, layout, preview: isShown }: DiagramOptions,
  signal: AbortSignal,
): Promise<ComposedDiagram> {
  const { graph: tidy, placement } = await tidyGraph(graph, { layout, signal });
  const [main, path] = diagramPaths(name, target);
  const preview = isShown ? path : undefined;
  const content = target === 'drawio' ? drawioText(tidy, { name, preview }) : mermaidText(tidy, preview);
  const drawing = { path, mediaType: 'image/svg+xml', role: 'asset' } as const;
  return {
    graph: tidy,
    placement,
    files: [
      { path: main, mediaType: mediaTypes[target], role: 'data', content },
      ...(isShown ? [{ ...drawing, content: svgText(tidy, name) }] : []),
    ],
  };
}
