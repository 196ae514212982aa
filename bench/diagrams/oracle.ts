/** A model server whose model knows the diagram: it answers in the task's own form, a little off and misread. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { RunContext } from '../../shared/context.ts';
import type { DiagramGraph, GraphNode } from '../../shared/diagram-graph.ts';
import { shareInside } from '../../shared/facts/diagram/outline.ts';
import type { Rect } from '../../shared/geometry.ts';
import type { Raster } from '../../shared/image/index.ts';
import { sentTiles } from '../../shared/run/ask.ts';
import { answerText } from '../../shared/tasks/diagram/answer.ts';
import { imageToDiagram } from '../../shared/tasks/index.ts';
import { randomOf } from './random.ts';

export interface Oracle {
  readonly url: string;
  close(): Promise<void>;
}

/** Standard deviation of each side of a box, as a share of the picture's longer side. */
const jitter = 0.003;
const misreadWords = 0.05;

/** Starts it on a free port of this machine. */
export async function startOracle(
  truth: DiagramGraph,
  raster: Raster,
  seed: number,
  context: RunContext,
): Promise<Oracle> {
  const blurred = blur(truth, seed);
  const tiles = await sentTiles({ raster }, imageToDiagram.model, context);
  const answers = tiles.map(({ tile, image }) => ({
    picture: Buffer.from(image.bytes).toString('base64'),
    text: answerText(within(blurred, tile.source, tile.fromSource)),
  }));
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (!path.endsWith('/chat/completions')) {
      const known =
        path === '/v1/models' ? { object: 'list', data: [{ id: 'oracle', object: 'model' }] } : undefined;
      response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(known ?? {}));
      return;
    }
    const question = JSON.stringify(await json(request));
    const text = answers.find(({ picture }) => question.includes(picture))?.text ?? '{}';
    const event = (value: unknown): string =>
      `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`;
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    response.write(event({ choices: [{ index: 0, delta: { content: text } }] }));
    response.write(event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }));
    response.write(
      event({ choices: [], usage: { prompt_tokens: 1000, completion_tokens: Math.ceil(text.length / 3) } }),
    );
    response.end(event('[DONE]'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A listening TCP server's address is never a pipe name.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function blur(graph: DiagramGraph, seed: number): DiagramGraph {
  const random = randomOf(seed);
  const bell = (): number => (random.next() + random.next() + random.next() + random.next() - 2) * 1.73;
  const off = (): number => bell() * jitter * Math.max(graph.width, graph.height);
  const misread = (text: string): string =>
    text
      .split(/(\s+)/)
      .map((word) =>
        word.trim() !== '' && random.chance(misreadWords)
          ? misspelt(word, random.whole(0, word.length - 1))
          : word,
      )
      .join('');
  const node = (one: GraphNode): GraphNode => {
    const [left, top] = [one.box.x + off(), one.box.y + off()];
    const [right, bottom] = [one.box.x + one.box.width + off(), one.box.y + one.box.height + off()];
    return {
      ...one,
      label: misread(one.label),
      box: { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) },
      ...(one.rows ? { rows: one.rows.map((row) => ({ ...row, cells: row.cells.map(misread) })) } : {}),
    };
  };
  return {
    ...graph,
    nodes: graph.nodes.map(node),
    edges: graph.edges.map((edge) => ({ ...edge, label: misread(edge.label) })),
  };
}

const misspelt = (word: string, at: number): string =>
  `${word.slice(0, at)}${word[at] === 'o' ? 'a' : 'o'}${word.slice(at + 1)}`;

/** What a tile shows of a graph, in thousandths of the tile. */
function within(
  graph: DiagramGraph,
  source: Rect,
  fromSource: (rect: Rect) => readonly [number, number, number, number],
): DiagramGraph {
  const nodes = graph.nodes.flatMap((node): GraphNode[] => {
    if (shareInside(node.box, source) < 0.5) return [];
    const [x0, y0, x1, y1] = fromSource(node.box);
    return [{ ...node, box: { x: x0, y: y0, width: Math.max(1, x1 - x0), height: Math.max(1, y1 - y0) } }];
  });
  const shown = new Set(nodes.map(({ id }) => id));
  const edges = graph.edges.filter(
    ({ from, to }) => from !== undefined && to !== undefined && shown.has(from) && shown.has(to),
  );
  return { ...graph, width: 1000, height: 1000, nodes, edges };
}
