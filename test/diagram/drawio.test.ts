/** draw.io files, read by maxGraph: every cell is there, where it was, with its words. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawioText } from '../../shared/compose/diagram/drawio/index.ts';
import type { DiagramGraph, GraphNode } from '../../shared/diagram-graph.ts';
import { hardLabels, randomGraph } from './random-graph.ts';
import { type ReadCell, withViewers } from './viewers.ts';

/** A label as it is shown: HTML, of which a label holds line breaks only. */
const shown = (value: string): string =>
  value.replaceAll('<br>', '\n').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** What XML cannot hold is left out, and of line breaks there is one kind. */
const written = (label: string): string =>
  label
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is left out.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, '')
    .replaceAll(/\r\n?/g, '\n');

/** Everything that the file should hold and does not. */
function lostIn(graph: DiagramGraph, cells: readonly ReadCell[]): string[] {
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  const nodes = graph.nodes.flatMap((node) => lostOfNode(node, byId.get(node.id)));
  const edges = graph.edges.flatMap(({ id, label, from, to }) => {
    const cell = byId.get(id);
    const ends = [cell?.source ?? undefined, cell?.target ?? undefined];
    const kept = cell?.kind === 'edge' && cell.hasGeometry && ends[0] === from && ends[1] === to;
    return kept && shown(cell.value) === written(label) ? [] : [`edge ${id}: ${JSON.stringify(cell)}`];
  });
  const texts = new Set(cells.map(({ value }) => shown(value)));
  const rows = graph.nodes.flatMap(({ shape, rows = [] }) =>
    rows.flatMap(({ cells: words }) => (shape === 'table' ? words : [words.join(' ')])),
  );
  const loose = cells.filter(({ parent, id }) => id !== '0' && !byId.has(parent ?? ''));
  return [
    ...nodes,
    ...edges,
    ...rows.filter((text) => !texts.has(written(text))).map((text) => `row ${text}`),
    ...loose.map(({ id }) => `${id} has no parent`),
  ];
}

function lostOfNode({ id, label, parent = '1', box }: GraphNode, cell: ReadCell | undefined): string[] {
  const [x = 0, y = 0, width = 0, height = 0] = cell?.box ?? [];
  const moved = Math.hypot(x - box.x, y - box.y, width - box.width, height - box.height);
  const kept = cell?.kind === 'vertex' && cell.parent === parent && moved < 0.1;
  return kept && shown(cell.value) === written(label) ? [] : [`node ${id}: ${JSON.stringify(cell)}`];
}

describe('draw.io files', () => {
  it('keep every cell of 1,000 random graphs', async () => {
    const graphs = fc.sample(randomGraph, { numRuns: 1000, seed: 11 });
    const files = graphs.map((graph) => drawioText(graph, { name: 'random' }));
    const read = await withViewers((viewers) => viewers.readDrawio(files));
    expect(read).toHaveLength(1000);
    const lost = graphs.flatMap((graph, index) => lostIn(graph, read[index] ?? []));
    expect(lost.slice(0, 5), `${lost.length} lost`).toEqual([]);
  });

  it('hold hard labels as they are, and run none of them', async () => {
    const nodes = hardLabels.map(
      (label, index): GraphNode => ({
        id: `n${index}`,
        label,
        shape: 'rectangle',
        box: { x: 10 * index, y: 10, width: 100, height: 40 },
      }),
    );
    const graph: DiagramGraph = { kind: 'other', width: 800, height: 600, nodes, edges: [] };
    const file = drawioText(graph, { name: '<page> & "name"', preview: 'a.svg' });
    const [cells = []] = await withViewers((viewers) => viewers.readDrawio([file]));
    expect(nodes.map(({ id }) => shown(cells.find((cell) => cell.id === id)?.value ?? 'lost'))).toEqual(
      hardLabels,
    );
    expect(file).not.toMatch(/<script|<!--/);
  });

  it('are plain XML: siblings under one root, no cell in another', () => {
    const [graph] = fc.sample(randomGraph, { numRuns: 1, seed: 3 });
    const file = drawioText(graph ?? { kind: 'other', width: 1, height: 1, nodes: [], edges: [] }, {
      name: 'a',
    });
    expect(file).toMatch(/^<mxfile host="pixelwright">/);
    expect(file.match(/^ {8}<mxCell /gm)?.length).toBe(file.match(/<mxCell /g)?.length);
  });
});
