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

/** The only node of a screen that has one. */
function only(kind: UiKind, more: Partial<UiNode> = {}): GraphNode {
  const box = { x: 10, y: 10, width: 120, height: 40 };
  const root = { kind: 'page', box: { x: 0, y: 0, width: 400, height: 300 } } as const;
  const { nodes } = wireframeGraph({
    width: 400,
    height: 300,
    language: 'en',
    background: [255, 255, 255],
    root: { ...root, children: [{ kind, box, ...more }] },
  });
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
      expect.arrayContaining(['button', 'field', 'checkbox']),
    );
    for (const graph of graphs) expect(svgText(graph, 'page')).not.toMatch(/="[^"]*\b(?:NaN|undefined)\b/);
  });
});
