/** A page of a browser in which other programs draw: Mermaid, maxGraph (the library of draw.io), Graphviz's SVG. */
import { build } from 'esbuild';
import { z } from 'zod';
import type { Browser } from '../../../shared/score/browser.ts';
import { decode } from '../draw.ts';
import type { DrawnPicture, MaxGraphDrawing } from './drawing.ts';

/**
 * The boxes are those of what is drawn of a node but its words. maxGraph's line ends for how many there may be are
 * draw.io's own, so plain ones stand in for them.
 */
const script = `
import { Graph, InternalEvent } from '@maxgraph/core';
import mermaid from 'mermaid/dist/mermaid.core.mjs';
const around = (elements) => {
  const rects = elements.map((one) => one.getBoundingClientRect()).filter((one) => one.width > 1 && one.height > 1);
  if (rects.length === 0) return undefined;
  const [x, y] = [Math.min(...rects.map((one) => one.left)), Math.min(...rects.map((one) => one.top))];
  return { x, y, width: Math.max(...rects.map((one) => one.right)) - x, height: Math.max(...rects.map((one) => one.bottom)) - y };
};
const shapesIn = (group) => {
  const all = [...group.querySelectorAll('rect, polygon, path, circle, ellipse, line, polyline')];
  return all.filter((one) => one.closest('.label, .cluster-label') === null);
};
const measured = () => [...document.querySelectorAll('g.node, g.rough-node, g.cluster, g.mindmap-node')].flatMap((group) => {
  const box = around(shapesIn(group));
  const title = group.querySelector('title');
  return box ? [{ key: title ? title.textContent : group.id, words: group.textContent.trim(), box }] : [];
});
const lifelines = () => [...document.querySelectorAll('line.actor-line, line[class^=actor-line]')].map((line) => {
  const axis = line.getBoundingClientRect();
  const head = [...document.querySelectorAll('rect.actor-top')].map((one) => one.getBoundingClientRect())
    .find((one) => Math.abs((one.left + one.right) / 2 - axis.left) < 3);
  const text = [...document.querySelectorAll('text.actor')].find((one) => {
    const box = one.getBoundingClientRect();
    return Math.abs((box.left + box.right) / 2 - axis.left) < 12;
  });
  return { key: '', words: text ? text.textContent.trim() : '', box: { x: head.left, y: head.top, width: head.width, height: axis.bottom - head.top } };
});
globalThis.showSvg = (svg, background) => {
  document.body.innerHTML = svg;
  document.body.style.background = background;
  return measured();
};
globalThis.drawMermaid = async (text, config, background) => {
  document.body.innerHTML = '';
  document.body.style.background = background;
  mermaid.initialize({ startOnLoad: false, logLevel: 5, deterministicIds: true, ...config });
  const { svg } = await mermaid.render('drawing', text);
  document.body.innerHTML = svg;
  const drawn = document.querySelector('svg');
  const [, , width, height] = drawn.getAttribute('viewBox').split(' ').map(Number);
  drawn.setAttribute('width', width);
  drawn.setAttribute('height', height);
  drawn.style.maxWidth = 'none';
  return [...measured(), ...lifelines()];
};
globalThis.drawMaxGraph = ({ background, nodes, edges }) => {
  document.body.innerHTML = '<div id="graph"></div>';
  document.body.style.background = background;
  const graph = new Graph(document.getElementById('graph'));
  graph.setHtmlLabels(true);
  const cells = new Map();
  const root = graph.getDefaultParent();
  graph.batchUpdate(() => {
    for (const { id, value, parent, box, style } of nodes)
      cells.set(id, graph.insertVertex({ parent: cells.get(parent) ?? root, id, value, position: [box.x, box.y], size: [box.width, box.height], style }));
    for (const { from, to, value, points, style } of edges) {
      const edge = graph.insertEdge({ parent: root, source: cells.get(from), target: cells.get(to), value, style });
      const geometry = edge.getGeometry().clone();
      geometry.points = points;
      graph.getDataModel().setGeometry(edge, geometry);
    }
  });
  const bounds = graph.getGraphBounds();
  const drawn = document.querySelector('#graph > svg');
  drawn.style.minWidth = '0';
  drawn.setAttribute('width', bounds.x + bounds.width + 2);
  drawn.setAttribute('height', bounds.y + bounds.height + 2);
  drawn.style.width = bounds.x + bounds.width + 2 + 'px';
  drawn.style.height = bounds.y + bounds.height + 2 + 'px';
  const left = drawn.getBoundingClientRect();
  return [...cells].map(([key, cell]) => {
    const state = graph.getView().getState(cell);
    return { key, words: '', box: { x: state.x + left.x, y: state.y + left.y, width: state.width, height: state.height } };
  });
};
`;

const boxSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
const drawnSchema = z.array(z.object({ key: z.string(), words: z.string(), box: boxSchema }));

export interface ProgramPage {
  showSvg(svg: string, background: string): Promise<DrawnPicture>;
  drawMermaid(text: string, config: object, background: string): Promise<DrawnPicture>;
  drawMaxGraph(drawing: MaxGraphDrawing): Promise<DrawnPicture>;
}

/** Bundled once, because that takes seconds. */
export async function programScript(): Promise<string> {
  const bundle = await build({
    stdin: { contents: script, resolveDir: import.meta.dirname, loader: 'js' },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    logLevel: 'error',
  });
  return bundle.outputFiles[0]?.text ?? '';
}

/**
 * Opens a page, hands it to `work` and closes it.
 * @param ratio device pixels per CSS pixel. @param margin CSS pixels around the drawing; 0 cuts it off at its edge.
 */
export async function withProgramPage<T>(
  browser: Browser,
  code: string,
  { ratio, margin }: { readonly ratio: number; readonly margin: number },
  work: (page: ProgramPage) => Promise<T>,
): Promise<T> {
  const viewport = { width: 2600, height: 3600 };
  const context = await browser.newContext({ viewport, deviceScaleFactor: ratio, offline: true });
  try {
    const page = await context.newPage();
    await page.setContent(
      `<!doctype html><style>body{margin:${margin}px}svg{display:block}</style><body></body>`,
    );
    await page.addScriptTag({ type: 'module', content: code });
    await page.waitForFunction(() => 'drawMaxGraph' in globalThis);
    const draw = async (name: string, input: readonly unknown[]): Promise<DrawnPicture> => {
      const answer = await page.evaluate(([key, given]) => Reflect.get(globalThis, key)(...given), [
        name,
        input,
      ] as const);
      const nodes = drawnSchema.parse(answer);
      const size = boxSchema.parse(
        await page.evaluate('document.querySelector("svg").getBoundingClientRect().toJSON()'),
      );
      const clip = {
        x: 0,
        y: 0,
        width: Math.ceil(size.width) + 2 * margin,
        height: Math.ceil(size.height) + 2 * margin,
      };
      return { nodes, raster: await decode(await page.screenshot({ type: 'png', clip })) };
    };
    return await work({
      showSvg: (...given) => draw('showSvg', given),
      drawMermaid: (...given) => draw('drawMermaid', given),
      drawMaxGraph: (...given) => draw('drawMaxGraph', given),
    });
  } finally {
    await context.close();
  }
}
