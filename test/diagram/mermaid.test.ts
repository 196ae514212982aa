/** Mermaid texts, read by Mermaid itself. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mermaidText } from '../../shared/compose/diagram/mermaid/index.ts';
import {
  type DiagramGraph,
  diagramGraphSchema,
  type GraphEdge,
  type GraphNode,
} from '../../shared/diagram-graph.ts';
import { hardLabels, randomGraph } from './random-graph.ts';
import { withViewers } from './viewers.ts';

describe('Mermaid texts', () => {
  it('are taken by Mermaid, for 1,000 random graphs', async () => {
    const texts = fc
      .sample(randomGraph, { numRuns: 1000, seed: 7 })
      .map((graph) => mermaidText(graph, 'a.svg'));
    const answers = await withViewers((viewers) => viewers.parseMermaid(texts));
    const refused = answers.flatMap((answer, index) =>
      answer === null ? [] : [`${answer}\n${texts[index]}`],
    );
    expect(refused.toSorted((a, b) => a.length - b.length).slice(0, 3), `${refused.length} refused`).toEqual(
      [],
    );
  });

  it('show every label as it is written, in each form', async () => {
    const labels = hardLabels.filter((label) => label.trim() !== '' && !/[\n\t]/.test(label));
    const forms = {
      flowchart: 'rectangle',
      state: 'rounded',
      class: 'class',
      er: 'table',
      sequence: 'lifeline',
      mindmap: 'rounded',
    } as const;
    const graphs = Object.entries(forms).map(([kind, shape]): DiagramGraph => {
      const nodes = labels.map(
        (label, index): GraphNode => ({
          id: `n${index}`,
          label,
          shape,
          box: { x: index * 200, y: 100, width: 100, height: 50 },
        }),
      );
      // A star, whose lines carry the labels too, where the form has such.
      const edges = labels.slice(1).map(
        (label, index): GraphEdge => ({
          id: `e${index}`,
          from: 'n0',
          to: `n${index + 1}`,
          label: kind === 'mindmap' ? '' : `${label} beside`,
          fromHead: 'none',
          toHead: 'arrow',
        }),
      );
      return { kind: diagramGraphSchema.shape.kind.parse(kind), width: 100, height: 4000, nodes, edges };
    });
    const drawn = await withViewers((viewers) =>
      viewers.drawMermaid(graphs.map((graph) => mermaidText(graph))),
    );
    const lost = graphs.flatMap(({ kind, nodes, edges }, index) =>
      [...nodes, ...edges]
        .filter(({ label }) => !(drawn[index] ?? '').replaceAll('\u00a0', ' ').includes(label.trim()))
        .map(({ label }) => `${kind}: ${label}`),
    );
    expect(lost).toEqual([]);
  });

  it('are written in the order of reading, tops before what hangs on them', () => {
    const node = (label: string, x: number, y: number, more: Partial<GraphNode> = {}): GraphNode => ({
      id: label,
      label,
      shape: 'rectangle',
      box: { x, y, width: 100, height: 40 },
      ...more,
    });
    const edge = (from: string, to: string, toHead: GraphEdge['toHead']): GraphEdge => ({
      id: `${from} ${to}`,
      from,
      to,
      label: '',
      fromHead: 'none',
      toHead,
    });
    const page = { kind: 'flowchart', width: 600, height: 400 } as const;
    const flow: DiagramGraph = {
      ...page,
      nodes: [node('Ship', 0, 200), node('Refuse', 200, 204), node('Check', 0, 100), node('Order', 0, 0)],
      edges: [
        edge('Check', 'Refuse', 'arrow'),
        edge('Check', 'Ship', 'arrow'),
        edge('Order', 'Check', 'arrow'),
      ],
    };
    expect(mermaidText(flow).match(/^ {2}\w+(?=\[)|^.* -.*$/gm)).toEqual([
      '  Order',
      '  Check',
      '  Ship',
      '  Refuse',
      '  Order --> Check',
      '  Check --> Ship',
      '  Check --> Refuse',
    ]);
    const org: DiagramGraph = {
      ...page,
      nodes: [node('Team', 0, 100), node('Head', 0, 0)],
      edges: [edge('Team', 'Head', 'none')],
    };
    expect(mermaidText(org)).toContain('  Head --- Team\n');
    const classes: DiagramGraph = {
      ...org,
      kind: 'class',
      nodes: [
        node('Car', 0, 200, { shape: 'class' }),
        node('Vehicle', 0, 0, {
          shape: 'class',
          rows: [{ cells: ['- plate: String'] }, { cells: ['+ start(fast): void'] }],
        }),
      ],
      edges: [edge('Car', 'Vehicle', 'triangle')],
    };
    expect(mermaidText(classes).split('\n').slice(1)).toEqual([
      'classDiagram',
      '  direction TB',
      '  class Vehicle {',
      '    -plate: String',
      '    +start(fast) void',
      '  }',
      '  class Car',
      '  Vehicle <|-- Car',
      '',
    ]);
    const entity = node('Order', 0, 0, {
      shape: 'table',
      rows: [{ cells: ['PK', 'order id'] }, { cells: ['total: Money'] }, { cells: ['int', 'count'] }],
    });
    expect(
      mermaidText({ ...page, kind: 'er', nodes: [entity], edges: [] })
        .split('\n')
        .slice(3, 6),
    ).toEqual(['    attribute order_id PK', '    Money total', '    int count']);
  });
});
