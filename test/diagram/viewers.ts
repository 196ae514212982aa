/** The readers of diagrams that people use, in a real browser: draw.io's model of maxGraph, and Mermaid. */
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { createContext } from '../../shared/index.ts';
import { withBrowser } from '../../shared/score/browser.ts';

/** What maxGraph keeps of a cell. */
export interface ReadCell {
  readonly id: string;
  readonly value: string;
  readonly parent: string | null;
  readonly source: string | null;
  readonly target: string | null;
  readonly kind: 'vertex' | 'edge' | 'neither';
  readonly hasGeometry: boolean;
  /** In the pixels of the page. */
  readonly box: readonly [x: number, y: number, width: number, height: number];
}

export interface Viewers {
  readDrawio(files: readonly string[]): Promise<ReadCell[][]>;
  /** The error of each text that Mermaid refuses; null for one that it takes. */
  parseMermaid(texts: readonly string[]): Promise<(string | null)[]>;
  /** The words of each text's drawing. */
  drawMermaid(texts: readonly string[]): Promise<string[]>;
}

const script = `
import { Codec, GraphDataModel, xmlUtils, ModelXmlSerializer } from '@maxgraph/core';
import mermaid from 'mermaid/dist/mermaid.core.mjs';
mermaid.initialize({ startOnLoad: false, logLevel: 5 });
globalThis.readDrawio = (files) => files.map((xml) => {
  const document = new DOMParser().parseFromString(xml, 'text/xml');
  if (document.querySelector('parsererror') !== null) throw new Error(document.documentElement.textContent);
  const node = document.querySelector('mxGraphModel');
  const model = new GraphDataModel();
  new ModelXmlSerializer(model).import(new XMLSerializer().serializeToString(node));
  const originOf = (cell) => {
    const parent = cell.getParent();
    if (parent === null || cell.isEdge()) return { x: 0, y: 0 };
    const above = originOf(parent);
    const geometry = cell.getGeometry();
    return geometry === null || geometry.relative ? above : { x: above.x + geometry.x, y: above.y + geometry.y };
  };
  return Object.values(model.cells ?? {}).map((cell) => {
    const geometry = cell.getGeometry();
    const { x, y } = originOf(cell);
    return {
      id: cell.getId(),
      value: cell.getValue() ?? '',
      parent: cell.getParent()?.getId() ?? null,
      source: cell.getTerminal(true)?.getId() ?? null,
      target: cell.getTerminal(false)?.getId() ?? null,
      kind: cell.isVertex() ? 'vertex' : cell.isEdge() ? 'edge' : 'neither',
      hasGeometry: geometry !== null && (!cell.isEdge() || geometry.relative),
      box: [x, y, geometry?.width ?? 0, geometry?.height ?? 0],
    };
  });
});
globalThis.parseMermaid = async (texts) => {
  const answers = [];
  for (const text of texts) {
    try {
      await mermaid.parse(text);
      answers.push(null);
    } catch (error) {
      answers.push(String(error?.message ?? error));
    }
  }
  return answers;
};
globalThis.drawMermaid = async (texts) => {
  const answers = [];
  for (const [index, text] of texts.entries()) {
    const { svg } = await mermaid.render('drawing' + index, text);
    const holder = document.createElement('div');
    holder.innerHTML = svg;
    for (const style of holder.querySelectorAll('style')) style.remove();
    answers.push(holder.textContent);
  }
  return answers;
};
`;

/** Opens a browser with both, hands them to `work`, and closes it. */
export async function withViewers<T>(work: (viewers: Viewers) => Promise<T>): Promise<T> {
  const bundle = await build({
    stdin: { contents: script, resolveDir: import.meta.dirname, loader: 'js' },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    logLevel: 'error',
  });
  const code = bundle.outputFiles[0]?.text ?? '';
  return await withBrowser({}, createContext(new AbortController().signal), async (browser) => {
    const page = await browser.newPage();
    await page.setContent('<!doctype html><body></body>');
    await page.addScriptTag({ type: 'module', content: code });
    // A module runs once it has loaded, which nobody else waits for.
    await page.waitForFunction("typeof globalThis.drawMermaid === 'function'");
    return await work({
      readDrawio: (files) => called(page, 'readDrawio', files),
      parseMermaid: (texts) => called(page, 'parseMermaid', texts),
      drawMermaid: (texts) => called(page, 'drawMermaid', texts),
    });
  });
}

async function called<Answer>(page: Page, name: string, input: readonly string[]): Promise<Answer> {
  // The functions above are the page's own and return what the interface says.
  return await page.evaluate(([key, given]) => Reflect.get(globalThis, key)(given), [name, input] as const);
}
