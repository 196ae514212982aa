/** Graph → draw.io file: plain XML, one page. */
import type { DiagramGraph } from '../../../diagram-graph.ts';
import { toHex } from '../../../geometry.ts';
import { element, xmlText } from '../xml.ts';
import { cellsOf } from './cells.ts';

export interface DrawioOptions {
  /** Name of the page. */
  readonly name: string;
  /** File beside it that shows the diagram: named so that a later run knows it as ours. */
  readonly preview?: string | undefined;
}

/** @param graph sound, as `repairGraph` gives it. */
export function drawioText(graph: DiagramGraph, { name, preview }: DrawioOptions): string {
  const { width, height, background, title } = graph;
  const white = background === undefined || background.every((channel) => channel >= 250);
  const model = {
    dx: 800,
    dy: 600,
    grid: 1,
    gridSize: 10,
    guides: 1,
    tooltips: 1,
    connect: 1,
    arrows: 1,
    fold: 1,
    page: 1,
    pageScale: 1,
    pageWidth: Math.ceil(width),
    pageHeight: Math.ceil(height),
    background: white ? undefined : toHex(background),
    math: 0,
    shadow: 0,
  };
  return xmlText(
    element('mxfile', { host: 'pixelwright', preview }, [
      element('diagram', { id: 'page-1', name: title ?? name }, [
        element('mxGraphModel', model, [element('root', {}, cellsOf(graph))]),
      ]),
    ]),
  );
}
