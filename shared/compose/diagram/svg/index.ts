/** Graph → SVG: a picture of the diagram that needs nothing else, for people to look at. */
import { ancestorsOf, nodesById } from '../../../diagram-check.ts';
import type { DiagramGraph } from '../../../diagram-graph.ts';
import { toHex } from '../../../geometry.ts';
import { routeOf } from '../route-points.ts';
import { element, numberText, xmlText } from '../xml.ts';
import { lineOf } from './edges.ts';
import { shapeOf } from './shapes.ts';
import { edgeWords, wordsOf } from './words.ts';

/** @param graph sound, as `repairGraph` gives it. */
export function svgText(graph: DiagramGraph, name: string): string {
  const { width, height, background } = graph;
  const page = background === undefined ? '#ffffff' : toHex(background);
  const nodes = nodesById(graph.nodes);
  const parents = new Set(graph.nodes.flatMap(({ parent }) => parent ?? []));
  const depth = (id: string): number => ancestorsOf(id, nodes).length;
  const ordered = graph.nodes.toSorted((a, b) => depth(a.id) - depth(b.id));
  const edges = graph.edges.map((edge) => ({ edge, route: routeOf(edge, nodes) }));
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    width: Math.ceil(width),
    height: Math.ceil(height),
    viewBox: `0 0 ${numberText(Math.ceil(width))} ${numberText(Math.ceil(height))}`,
    'font-family': 'Helvetica, Arial, sans-serif',
  };
  return xmlText(
    element('svg', attributes, [
      element('title', {}, [graph.title ?? name]),
      element('metadata', {}, ['generator: pixelwright']),
      element('rect', { width: '100%', height: '100%', fill: page }),
      ...ordered.flatMap((node) => [...shapeOf(node), ...wordsOf(node, parents.has(node.id))]),
      ...edges.flatMap(({ edge, route }) => lineOf(edge, route, page)),
      ...edges.flatMap(({ edge, route }) => edgeWords(edge, route, page)),
    ]),
  );
}
