/** From a picture to a draw.io file or a Mermaid text: measured, with a model that plays along, and cancelled. */
import { describe, expect, it } from 'vitest';
import { convertDiagram, imageToDiagramTask, type ProgressEvent } from '../../shared/index.ts';
import { answerText } from '../../shared/tasks/diagram/answer.ts';
import { withViewers } from '../diagram/viewers.ts';
import { box, drawn, scripted, text, watched } from './support.ts';

const outline = (x: number, y: number): string =>
  `<rect x="${x}" y="${y}" width="160" height="70" fill="#dae8fc" stroke="#333" stroke-width="2"/>`;

const flow = await drawn(
  640,
  300,
  `${outline(40, 100)}${outline(400, 102)}${text('Order', 90, 142)}${text('Ship', 460, 144)}<path d="M200 136 H392" stroke="#333" stroke-width="2"/><path d="M400 136 l-12 -6 v12 z" fill="#333"/>`,
);

const told = answerText({
  kind: 'flowchart',
  width: 640,
  height: 300,
  nodes: [
    { id: 'a', label: 'Take <order>', shape: 'rectangle', box: { x: 42, y: 99, width: 157, height: 72 } },
    { id: 'b', label: 'Ship it', shape: 'rectangle', box: { x: 398, y: 101, width: 163, height: 70 } },
  ],
  edges: [{ id: 'e', from: 'a', to: 'b', label: 'paid', fromHead: 'none', toHead: 'arrow' }],
});

describe('image_to_diagram', () => {
  it('measures without a model: a draw.io file that opens, and a preview', async () => {
    const result = await convertDiagram(
      flow,
      { name: 'flow', target: 'drawio', subject: 'diagram' },
      watched(),
    );
    expect(result.report).toMatchObject({ method: 'measured', madeWithoutModel: true });
    expect(result.files.map(({ path }) => path)).toEqual(['flow.drawio', 'flow.svg']);
    const boxes = result.graph.nodes.filter(({ shape }) => shape === 'rectangle');
    expect(boxes.map((node) => [node.box.width, node.box.height])).toEqual([
      [160, 80],
      [160, 80],
    ]);
    const [cells = []] = await withViewers((viewers) => viewers.readDrawio([result.files[0]?.content ?? '']));
    expect(cells.filter(({ kind }) => kind === 'edge')).toMatchObject([
      { source: boxes[0]?.id, target: boxes[1]?.id },
    ]);
  });

  it('takes words from a model and places from the pixels', async () => {
    const { engine, server } = await scripted(told);
    const result = await convertDiagram(
      flow,
      { name: 'flow', target: 'mermaid', subject: 'diagram', engine },
      watched(),
    );
    expect(server.chats()).toHaveLength(1);
    expect(result.report).toMatchObject({ method: 'model', kind: 'flowchart', nodes: 2, edges: 1 });
    expect(result.files[0]?.path).toBe('flow.mmd');
    expect(result.files[0]?.content).toContain('-->|"paid"|');
    expect(result.files[0]?.content).toContain('"Take #60;order#62;"');
    const { label: _, kind, method, ...report } = result.report;
    expect(() =>
      imageToDiagramTask.output.strict().parse({ files: result.files, kind, method, report }),
    ).not.toThrow();
  });

  it('goes on without a model whose answer is of no use, and says so; not where a model was asked for', async () => {
    const { engine } = await scripted('I see a nice picture.');
    const options = { name: 'flow', target: 'drawio', subject: 'diagram', engine } as const;
    const { report } = await convertDiagram(flow, options, watched());
    expect(report.method).toBe('measured');
    expect(report.warnings.join(' ')).toContain('was of no use');
    await expect(convertDiagram(flow, { ...options, method: 'model' }, watched())).rejects.toMatchObject({
      code: 'output-invalid',
    });
    await expect(
      convertDiagram(flow, { name: 'a', target: 'drawio', method: 'model' }, watched()),
    ).rejects.toMatchObject({ code: 'model-missing' });
  });

  it('makes a wireframe of a screen, with its words in editable shapes', async () => {
    const screen = await drawn(
      640,
      400,
      `${box(0, 0, 640, 60, '#223344')}${text('Shop', 20, 38, 22, '#fff')}${box(40, 120, 160, 48, '#0a66c2')}${text('Sign in', 88, 150, 18, '#fff')}${text('Welcome back to the shop', 40, 100, 18)}`,
    );
    const { graph, report } = await convertDiagram(
      screen,
      { name: 'shop', target: 'drawio', subject: 'screen' },
      watched(),
    );
    expect(report.kind).toBe('wireframe');
    const words = graph.nodes.map(({ label }) => label);
    for (const label of ['Shop', 'Sign in', 'Welcome back to the shop']) expect(words).toContain(label);
    const button = graph.nodes.find(({ label, fill }) => label === 'Sign in' && fill !== undefined);
    expect(button?.box).toMatchObject({ width: 160, height: 48 });
  });

  it('stops when it is cancelled', async () => {
    const context = watched();
    const measuring = {
      ...context,
      progress: ({ stage }: ProgressEvent) => stage === 'measure' && context.cancel(),
    };
    await expect(convertDiagram(flow, { name: 'flow', target: 'drawio' }, measuring)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
