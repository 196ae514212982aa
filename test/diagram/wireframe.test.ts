/** Wireframes: the parts of a screen are draw.io's mockup shapes, and every one of them is read back. */
import { describe, expect, it } from 'vitest';
import { drawioText } from '../../shared/compose/diagram/drawio/index.ts';
import { nodeStyle } from '../../shared/compose/diagram/drawio/style.ts';
import { svgText } from '../../shared/compose/diagram/svg/index.ts';
import { wireframeGraph } from '../../shared/compose/diagram/wireframe.ts';
import { repairGraph } from '../../shared/diagram-check.ts';
import type { GraphNode, MockupPart } from '../../shared/diagram-graph.ts';
import type { UiKind, UiNode } from '../../shared/ui-tree.ts';
import { fixturePages, randomPages } from '../compose/sample-pages.ts';
import { createOracle } from '../oracle/oracle-facts.ts';
import { withViewers } from './viewers.ts';

function nodesOf(part: UiNode): readonly GraphNode[] {
  const root = { kind: 'page', box: { x: 0, y: 0, width: 400, height: 300 } } as const;
  return wireframeGraph({
    width: 400,
    height: 300,
    language: 'en',
    background: [255, 255, 255],
    root: { ...root, children: [part] },
  }).nodes;
}

/** The only node of a screen that has one. */
function only(kind: UiKind, more: Partial<UiNode> = {}): GraphNode {
  const nodes = nodesOf({ kind, box: { x: 10, y: 10, width: 120, height: 40 }, ...more });
  const [node] = nodes;
  if (node === undefined || nodes.length > 1) throw new Error(`Expected one node, got ${nodes.length}.`);
  return node;
}

const styled = (part: MockupPart, more: Partial<GraphNode> = {}): string =>
  nodeStyle(
    {
      id: 'a',
      label: '',
      shape: 'rectangle',
      box: { x: 0, y: 0, width: 240, height: 120 },
      mockup: { part },
      ...more,
    },
    false,
  );

describe('a part of a screen', () => {
  it.each<[UiKind, Partial<UiNode>, string]>([
    ['button', { style: { radius: 8 } }, 'shape=mxgraph.mockup.buttons.button;mainText=;'],
    ['button', { style: { radius: 2 } }, 'shape=mxgraph.mockup.forms.rrect;rSize=2;'],
    ['input', { text: 'Name' }, 'shape=mxgraph.mockup.forms.rrect;rSize=0;'],
    ['input', { text: 'Search the shop' }, 'shape=mxgraph.mockup.forms.searchBox;mainText=;'],
    ['input', { text: 'Research' }, 'shape=mxgraph.mockup.forms.rrect;'],
    ['textarea', {}, 'shape=mxgraph.mockup.forms.rrect;'],
    ['select', { text: 'Any' }, 'shape=mxgraph.mockup.forms.comboBox;mainText=;'],
    ['select', { style: { fill: [20, 20, 20] } }, 'rounded=0;'],
    ['checkbox', { state: 'checked' }, 'shape=mxgraph.mockup.forms.checkbox;'],
    ['checkbox', {}, 'shape=mxgraph.mockup.forms.rrect;'],
    ['radio', { state: 'checked' }, 'ellipse;shape=endState;'],
    ['switch', { state: 'checked' }, 'shape=mxgraph.mockup.buttons.onOffButton;mainText=,;buttonState=on;'],
    ['switch', {}, 'shape=mxgraph.mockup.buttons.onOffButton;mainText=,;buttonState=off;'],
    ['avatar', {}, 'shape=mxgraph.mockup.containers.userMale;'],
    ['map', {}, 'shape=mxgraph.mockup.graphics.simpleIcon;'],
    ['image', {}, 'shape=mxgraph.mockup.graphics.simpleIcon;'],
  ])('%s %j begins its style with %s', (kind, more, style) => {
    expect(nodeStyle(only(kind, more), false).slice(0, style.length)).toBe(style);
  });

  it('of one line does not wrap, a card keeps its corners', () => {
    const face = { kind: 'sans', family: 'Inter', size: 16, weight: 400 } as const;
    const font = { ...face, italic: false, letterSpacing: 0, lineHeight: 24 };
    const words = { text: 'Choose what we tell you', style: { font } };
    const line = { ...words, box: { x: 10, y: 10, width: 160, height: 24 } };
    expect(nodeStyle(only('text', line), false)).toContain('whiteSpace=nowrap;');
    const lines = { ...words, box: { x: 10, y: 10, width: 90, height: 48 } };
    expect(nodeStyle(only('text', lines), false)).toContain('whiteSpace=wrap;');
    const card = only('card', { style: { radius: 8, fill: [255, 255, 255] } });
    expect(nodeStyle(card, true)).toMatch(/^shape=mxgraph\.mockup\.containers\.rrect;rSize=8;/);
  });

  it('with lines on some sides has no others, a password has its dots', () => {
    const line = { width: 1, color: [1, 2, 3] as [number, number, number] };
    const item = only('item', { style: { border: { top: line, bottom: line } } });
    expect(nodeStyle(item, true)).toMatch(/^shape=partialRectangle;top=1;right=0;bottom=1;left=0;/);
    expect(svgText({ kind: 'wireframe', width: 400, height: 300, nodes: [item], edges: [] }, 'a')).toContain(
      'd="M 10 10 h 120 M 10 50 h 120"',
    );
    expect(only('input', { state: 'secret' }).label).toBe('••••••••');
    expect(only('input', { state: 'secret', text: '..... .' }).label).toBe('••••••');
  });

  it('that is a bar in a bar is a progress bar, a table one of cells with the words in them', () => {
    const bar: UiNode = {
      kind: 'card',
      box: { x: 10, y: 10, width: 200, height: 8 },
      style: { fill: [230, 230, 230] },
      children: [
        {
          kind: 'shape',
          box: { x: 10, y: 10, width: 50, height: 8 },
          style: { fill: [9, 9, 255] },
        },
      ],
    };
    expect(nodesOf(bar).map((node) => nodeStyle(node, false))).toEqual([
      expect.stringMatching(/^shape=mxgraph\.mockup\.misc\.progressBar;fillColor2=#0909ff;barPos=25;/),
    ]);
    const text = (words: string, x: number, y: number): UiNode => ({
      kind: 'text',
      box: { x, y, width: 30, height: 16 },
      text: words,
    });
    const cell = (x: number, y: number, ...children: UiNode[]): UiNode => ({
      kind: 'cell',
      box: { x, y, width: 99, height: 28 },
      children,
    });
    const row = (y: number, ...children: UiNode[]): UiNode => ({
      kind: 'table-row',
      box: { x: 0, y, width: 200, height: 28 },
      children,
    });
    const badge: UiNode = { kind: 'badge', box: { x: 110, y: 36, width: 40, height: 16 }, text: 'new' };
    const nodes = nodesOf({
      kind: 'table',
      box: { x: 0, y: 0, width: 200, height: 58 },
      tracks: [0, 100, 200],
      children: [
        row(0, cell(0, 0, text('Town', 8, 7)), cell(101, 0, text('4', 162, 7))),
        row(30, cell(0, 30, text('Leeds', 35, 36)), cell(101, 30, badge)),
      ],
    });
    expect(
      nodes.map(({ label, mockup, box, align }) => [mockup?.part, label, align, box.x, box.height]),
    ).toEqual([
      ['table', '', undefined, 0, 58],
      ['row', '', undefined, 0, 30],
      ['cell', 'Town', 'left', 0, 30],
      ['cell', '4', 'right', 100, 30],
      ['row', '', undefined, 0, 28],
      ['cell', 'Leeds', 'center', 0, 28],
      ['cell', '', 'left', 100, 28],
      ['panel', 'new', 'center', 110, 16],
    ]);
    expect(nodes.slice(0, 3).map((node) => nodeStyle(node, true).split(';')[0])).toEqual([
      'shape=table',
      'shape=tableRow',
      'shape=partialRectangle',
    ]);
  });

  it('keeps its measured colours and its words', () => {
    const node = only('button', {
      text: 'Buy <now>',
      style: { radius: 9, fill: [10, 102, 194], border: { top: { width: 1, color: [1, 2, 3] } } },
    });
    expect(node.label).toBe('Buy <now>');
    expect(nodeStyle(node, false)).toContain('fillColor=#0a66c2;strokeColor=#010203;');
  });

  it('is the picture itself where that was cut out, and a player where there is room', () => {
    expect(styled('video', { shape: 'image', image: 'data:image/png;base64,AAAA' })).toMatch(/^shape=image;/);
    expect(styled('video', { shape: 'image' })).toContain('containers.videoPlayer');
  });
});

describe('the wireframes of the fixture pages and of random ones', () => {
  it('are read by maxGraph with every cell, and their previews are drawings', async () => {
    const oracle = await createOracle();
    const pages = [...(await fixturePages(oracle).finally(() => oracle.close())), ...randomPages(40, 5)];
    const graphs = pages.map(({ tree }) => repairGraph(wireframeGraph(tree)).graph);
    const files = graphs.map((graph) => drawioText(graph, { name: 'page' }));
    const read = await withViewers((viewers) => viewers.readDrawio(files));
    const lost = graphs.flatMap(({ nodes }, index) => {
      const cells = new Map(read[index]?.map((cell) => [cell.id, cell]));
      return nodes.filter(({ id, parent = '1' }) => cells.get(id)?.parent !== parent).map(({ id }) => id);
    });
    expect(lost).toEqual([]);
    expect(graphs.flatMap(({ nodes }) => nodes.flatMap(({ mockup }) => mockup?.part ?? []))).toEqual(
      expect.arrayContaining(['button', 'field', 'checkbox', 'table', 'cell', 'progress']),
    );
    for (const graph of graphs) expect(svgText(graph, 'page')).not.toMatch(/="[^"]*\b(?:NaN|undefined)\b/);
  });
});
