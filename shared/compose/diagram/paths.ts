/** The names and types of a diagram's files. */
import type { DiagramTarget } from '../../tasks/image-to-diagram.ts';

const extensions: Readonly<Record<DiagramTarget, string>> = { drawio: 'drawio', mermaid: 'mmd' };

export const mediaTypes: Readonly<Record<DiagramTarget, string>> = {
  drawio: 'application/vnd.jgraph.mxfile',
  mermaid: 'text/vnd.mermaid',
};

/** `flow` for draw.io gives `flow.drawio` and `flow.svg`. */
export const diagramPaths = (
  name: string,
  target: DiagramTarget,
): readonly [main: string, preview: string] => [`${name}.${extensions[target]}`, `${name}.svg`];
